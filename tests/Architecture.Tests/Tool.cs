using System.Diagnostics;
using System.Runtime.InteropServices;
using VideoGaze.TestSupport;

namespace VideoGaze.Architecture.Tests;

/// <summary>Runs a developer's tool in the repository's root.</summary>
internal static class Tool
{
    /// <summary>The dotnet command that runs this test: three folders above the runtime, wherever it was installed.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>What the tool prints. Fails the test if the tool fails.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = SharedAssets.RepositoryRoot, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}{output}");
        return output;
    }
}
