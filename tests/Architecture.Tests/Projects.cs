using System.Reflection;
using System.Xml.Linq;
using VideoGaze.TestSupport;

namespace VideoGaze.Architecture.Tests;

/// <summary>The projects below <c>src</c>: their files and what they were compiled to.</summary>
internal static class Projects
{
    public static Assembly Pipeline { get; } = Assembly.Load("VideoGaze.Pipeline");

    public static Assembly Faces { get; } = Assembly.Load("VideoGaze.Faces");

    public static Assembly Stages { get; } = Assembly.Load("VideoGaze.Stages");

    public static Assembly Training { get; } = Assembly.Load("VideoGaze.Training");

    public static Assembly Performers { get; } = Assembly.Load("VideoGaze.Performers");

    public static Assembly Live { get; } = Assembly.Load("VideoGaze.Live");

    public static Assembly Cli { get; } = Assembly.Load("videogaze");

    public static IReadOnlyList<Assembly> All { get; } = [Pipeline, Faces, Stages, Training, Performers, Live, Cli];

    /// <summary>The C# files of a project, or of all below <c>src</c> for an empty name.</summary>
    public static IEnumerable<string> Sources(string project)
    {
        string folder = Path.Combine(SharedAssets.RepositoryRoot, "src", project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
    }

    /// <summary>Names of our own projects that a project refers to, without the common prefix.</summary>
    public static IReadOnlyList<string> References(string project) =>
        [.. Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path).Replace("VideoGaze.", string.Empty, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Names of the packages that a project refers to.</summary>
    public static IReadOnlyList<string> Packages(string project) => [.. Items(project, "PackageReference")];

    private static IEnumerable<string> Items(string project, string kind)
    {
        string file = Path.Combine(SharedAssets.RepositoryRoot, "src", project, $"VideoGaze.{project}.csproj");
        return XDocument.Load(file).Descendants(kind).Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));
    }
}
