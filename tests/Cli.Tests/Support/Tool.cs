using System.Diagnostics;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>How a run of the program ended.</summary>
internal sealed record ToolResult(int ExitCode, string Out, string Error)
{
    /// <summary>What it said in one piece, for assertion messages.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}";
}

/// <summary>Runs the built program, or any other, as a user would: as a process of its own.</summary>
internal static class Tool
{
    /// <summary>A run that takes longer than this hangs. The slowest test here takes a few seconds on an idle machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>The program as built beside the tests.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "videogaze.dll");

    /// <summary>Runs videogaze.</summary>
    public static Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(arguments, null);

    /// <summary>Runs videogaze in another environment.</summary>
    /// <param name="arguments">What a user types.</param>
    /// <param name="whileRunning">Called once with the running process, for instance to send it a signal.</param>
    /// <param name="environment">Variables to set on top of the inherited ones.</param>
    public static Task<ToolResult> RunAsync(
        IReadOnlyList<string> arguments,
        Func<Process, Task>? whileRunning,
        params (string Name, string Value)[] environment) =>
        RunProgramAsync("dotnet", [Assembly, .. arguments], whileRunning, environment);

    /// <summary>Runs any program and reads both of its streams to the end.</summary>
    public static async Task<ToolResult> RunProgramAsync(
        string program,
        IReadOnlyList<string> arguments,
        Func<Process, Task>? whileRunning = null,
        params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["ORT_DISABLE_TELEMETRY"] = "1";
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        if (SharedAssets.Root is { } shared)
        {
            start.Environment["VIDEOGAZE_MODELS"] = Path.Combine(shared, "models");
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            if (whileRunning is not null)
            {
                await whileRunning(process);
            }

            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Runs ffmpeg to make a file that a test needs; fails the test when ffmpeg fails.</summary>
    public static async Task FfmpegAsync(params string[] arguments)
    {
        ToolResult result = await RunProgramAsync("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);
        Assert.True(result.ExitCode == 0, "ffmpeg " + string.Join(' ', arguments) + "\n" + result);
    }
}
