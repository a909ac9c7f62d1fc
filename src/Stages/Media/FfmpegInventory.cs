using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Media;

/// <summary>Which ffmpeg is installed and what it can write.</summary>
/// <param name="Path">The program.</param>
/// <param name="Version">As it states it.</param>
/// <param name="VideoEncoders">Names of all video encoders.</param>
public sealed record FfmpegInventory(string Path, string Version, IReadOnlyList<string> VideoEncoders)
{
    /// <summary>Asks ffmpeg itself.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.FfmpegFailed"/>: it does not answer.</exception>
    public static async Task<FfmpegInventory> TakeAsync(FfmpegTools tools, CancellationToken cancellationToken) => new(
        tools.Ffmpeg,
        ParseVersion(await AskAsync(tools, "-version", cancellationToken).ConfigureAwait(false)),
        ParseVideoEncoders(await AskAsync(tools, "-encoders", cancellationToken).ConfigureAwait(false)));

    /// <summary>The word after <c>ffmpeg version</c> in the first line.</summary>
    internal static string ParseVersion(string output)
    {
        string[] words = output.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
        return words is ["ffmpeg", "version", { } version, ..] ? version : "unknown";
    }

    /// <summary>Lines such as <c> V....D libx264   H.264 ...</c>: six flags of which the first is the kind, then the name. A line of dashes ends the legend above them.</summary>
    internal static IReadOnlyList<string> ParseVideoEncoders(string output) =>
    [
        .. output.Split('\n')
            .SkipWhile(line => !line.Trim().StartsWith("---", StringComparison.Ordinal))
            .Select(line => line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length >= 2 && words[0].Length == 6 && words[0][0] == 'V')
            .Select(words => words[1]),
    ];

    private static async Task<string> AskAsync(FfmpegTools tools, string question, CancellationToken cancellationToken)
    {
        (int exitCode, string output, IReadOnlyList<string> errors) =
            await FfprobeRun.RunAsync(tools.Ffmpeg, ["-hide_banner", question], cancellationToken).ConfigureAwait(false);
        return exitCode == 0
            ? output
            : throw new UserFacingException(FailureKind.FfmpegFailed, $"{tools.Ffmpeg} does not work ({FfmpegFailures.LastWords(errors)}): install ffmpeg again.");
    }
}
