using System.Text.RegularExpressions;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Media;

/// <summary>Turns what ffmpeg and ffprobe print when they give up into one sentence with the right exit code. Text in, exception out.</summary>
internal static partial class FfmpegFailures
{
    /// <summary>Why an input could not be opened.</summary>
    /// <param name="path">The input.</param>
    /// <param name="errors">What ffprobe or ffmpeg printed.</param>
    public static UserFacingException CannotRead(string path, IReadOnlyList<string> errors)
    {
        string all = string.Join('\n', errors);
        // ffprobe says so of anything named .mp4; only what begins like one has lost its index.
        if (Has(all, "moov atom not found") && BeginsLikeMp4(path))
        {
            return new(FailureKind.InputDamaged, $"{path} is cut short: its index (moov) is missing; copy or download it again.");
        }

        if (Has(all, "Permission denied"))
        {
            return new(FailureKind.InputUnreadable, $"{path} may not be read: give yourself permission to read it.");
        }

        return new(FailureKind.InputUnreadable, $"{path} is no video that ffmpeg can read ({LastWords(errors, path)}): check the file.");
    }

    /// <summary>Why a running ffmpeg stopped.</summary>
    /// <param name="exit">How it ended.</param>
    /// <param name="doing">For the sentence, for instance <c>decoding in.mp4</c>.</param>
    /// <param name="output">The file being written, if any.</param>
    public static UserFacingException Stopped(FfmpegExit exit, string doing, string? output)
    {
        string all = string.Join('\n', exit.Errors);
        if (output is not null)
        {
            if (Has(all, "No space left on device"))
            {
                return DiskFull(output);
            }

            if (Has(all, "Permission denied") || Has(all, "Read-only file system"))
            {
                return new(FailureKind.OutputUnwritable, $"{output} cannot be written: choose another folder with -o.");
            }

            Match encoder = UnknownEncoder().Match(all);
            if (encoder.Success)
            {
                return new(FailureKind.Usage, $"This ffmpeg has no encoder '{encoder.Groups[1].Value}': choose another --codec ('ffmpeg -encoders' lists them).");
            }
        }

        string how = exit.ExitCode is > 128 and < 160 ? $"was killed (signal {exit.ExitCode - 128})" : $"failed (exit code {exit.ExitCode})";
        return new(FailureKind.FfmpegFailed, $"ffmpeg {how} while {doing}; its last words: {LastWords(exit.Errors)}.");
    }

    /// <summary>The disk is full.</summary>
    public static UserFacingException DiskFull(string output, Exception? inner = null) =>
        new(FailureKind.DiskFull, $"The disk is full while writing {output}: free some space or choose another folder with -o.", inner);

    /// <summary>The last lines that say something, in one line, without addresses, at most 300 characters.</summary>
    public static string LastWords(IReadOnlyList<string> errors, string? path = null)
    {
        IEnumerable<string> told = errors
            .Select(Clean)
            .Select(line => path is null ? line : line.Replace("file:" + path + ": ", string.Empty, StringComparison.Ordinal).Replace(path + ": ", string.Empty, StringComparison.Ordinal))
            .Where(static line => line.Length > 0)
            .Distinct()
            .TakeLast(3);
        string words = string.Join("; ", told);
        return words.Length == 0 ? "none" : words.Length <= 300 ? words.TrimEnd('.') : words[..300];
    }

    /// <summary>An error line without the addresses that make equal complaints look different.</summary>
    public static string Clean(string line) => Address().Replace(line, string.Empty).Trim();

    // Every MP4 and QuickTime file begins with the length and the name of one of these boxes.
    private static bool BeginsLikeMp4(string path)
    {
        Span<byte> head = stackalloc byte[8];
        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(head, 8, throwOnEndOfStream: false) == 8
            && System.Text.Encoding.ASCII.GetString(head[4..]) is "ftyp" or "mdat" or "moov" or "wide" or "free" or "skip" or "pnot";
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@" @ 0x[0-9a-f]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"Unknown encoder '([^']*)'")]
    private static partial Regex UnknownEncoder();
}
