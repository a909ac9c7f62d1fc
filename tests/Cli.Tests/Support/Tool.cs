using System.Diagnostics;
using System.Text;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>How a run of a program ended.</summary>
internal sealed record ToolResult(int ExitCode, string Out, string Error)
{
    /// <summary>What it said in one piece, for assertion messages.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}";
}

/// <summary>A program that runs, for tests that meddle with it.</summary>
internal sealed class RunningTool(Process process, StringBuilder error)
{
    /// <summary>The process's number.</summary>
    public int Id => process.Id;

    /// <summary>Waits until a condition holds, a hundred times a second. A program that ends first fails the test.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        while (!condition())
        {
            Assert.False(process.HasExited, $"The program ended (exit code {(process.HasExited ? process.ExitCode : 0)}) before {what}:\n{ErrorSoFar()}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What it said on standard error until now.</summary>
    public string ErrorSoFar()
    {
        lock (error)
        {
            return error.ToString();
        }
    }
}

/// <summary>Runs the built program, or any other, as a user would: as a process of its own.</summary>
internal static class Tool
{
    /// <summary>
    /// The collection of all tests that start the program: tests of one collection run one after another. Each run uses the whole machine; side by side they
    /// would only be slower, and time out on a small one.
    /// </summary>
    public const string OneAtATime = "starts the program";

    /// <summary>A run that takes longer than this hangs. The slowest test here takes a few seconds on an idle machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>The program as built beside the tests.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "videogaze.dll");

    /// <summary>Runs videogaze.</summary>
    public static Task<ToolResult> RunAsync(params string[] arguments) => RunProgramAsync("dotnet", [Assembly, .. arguments]);

    /// <summary>Runs videogaze as the leader of a process group, as a shell does, so that a signal can be sent to it and to all it started.</summary>
    /// <param name="arguments">What a user types.</param>
    /// <param name="whileRunning">Called once with the running program.</param>
    public static Task<ToolResult> RunInGroupAsync(IReadOnlyList<string> arguments, Func<RunningTool, Task> whileRunning) =>
        RunProgramAsync("setsid", ["dotnet", Assembly, .. arguments], whileRunning);

    /// <summary>Runs any program and reads both of its streams to the end.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments, unquoted.</param>
    /// <param name="whileRunning">Called once with the running program.</param>
    /// <param name="environment">Variables to set on top of the inherited ones.</param>
    public static async Task<ToolResult> RunProgramAsync(
        string program,
        IReadOnlyList<string> arguments,
        Func<RunningTool, Task>? whileRunning = null,
        params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["ORT_DISABLE_TELEMETRY"] = "1";
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";

        // What the developer has pulled must not change a test.
        start.Environment["XDG_DATA_HOME"] = Path.Combine(AppContext.BaseDirectory, "no-data-home");
        if (SharedAssets.Root is { } shared)
        {
            start.Environment["VIDEOGAZE_MODELS"] = Path.Combine(shared, "models");
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        StringBuilder error = new();
        using Process process = new() { StartInfo = start };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (error)
            {
                error.Append(line.Data is null ? string.Empty : line.Data + "\n");
            }
        };
        process.Start();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        RunningTool running = new(process, error);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            if (whileRunning is not null)
            {
                await whileRunning(running);
            }

            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, running.ErrorSoFar());
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

    /// <summary>What ffprobe prints of a file for <c>-show_entries</c>, a value a line.</summary>
    public static async Task<string> ProbeAsync(string file, string entries, params string[] more)
    {
        ToolResult result = await RunProgramAsync("ffprobe", ["-v", "error", .. more, "-show_entries", entries, "-of", "default=noprint_wrappers=1:nokey=1", file]);
        Assert.True(result.ExitCode == 0, file + "\n" + result);
        return result.Out.Trim();
    }

    /// <summary>Frames in a video file, counted by packets.</summary>
    public static async Task<int> CountFramesAsync(string file) =>
        int.Parse(await ProbeAsync(file, "stream=nb_read_packets", "-select_streams", "v:0", "-count_packets"), System.Globalization.CultureInfo.InvariantCulture);
}
