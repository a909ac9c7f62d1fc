using System.Reflection;

namespace VideoGaze.Cli.Help;

/// <summary>Which videogaze this is.</summary>
internal static class ToolVersion
{
    /// <summary>Version and the commit it was built from, for instance <c>0.1.0+324a32c...</c>; the commit is absent outside a repository.</summary>
    public static string Full { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The version alone.</summary>
    public static string Short => Full.Split('+')[0];
}
