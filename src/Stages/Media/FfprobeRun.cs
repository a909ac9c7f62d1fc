using System.ComponentModel;
using System.Diagnostics;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Media;

/// <summary>
/// Runs ffprobe and gives back what it prints. A process of our own with an argument list, because FFMpegCore's FFProbe joins the arguments into a string
/// without escaping the file name, and rounds time bases and rates to floating point.
/// </summary>
internal static class FfprobeRun
{
    /// <summary>Runs to the end.</summary>
    /// <returns>Exit code, standard output, and standard error by lines.</returns>
    public static Task<(int ExitCode, string Output, IReadOnlyList<string> Errors)> RunAsync(
        FfmpegTools tools, IEnumerable<string> arguments, CancellationToken cancellationToken) => RunAsync(Path.Combine(tools.LaunchFolder, Path.GetFileName(tools.Ffprobe)), arguments, cancellationToken);

    /// <summary>Runs either of the two programs to the end, for questions that only ffmpeg answers.</summary>
    /// <returns>As above.</returns>
    public static async Task<(int ExitCode, string Output, IReadOnlyList<string> Errors)> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using Process process = Launch(start);
        process.StandardInput.Close();
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(cancellationToken)).ConfigureAwait(false);
            string[] lines = (await errors.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return (process.ExitCode, await output.ConfigureAwait(false), lines);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new UserFacingException(FailureKind.FfmpegFailed, $"{start.FileName} cannot be started: {e.Message}.", e);
        }
    }
}
