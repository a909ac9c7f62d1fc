using System.Globalization;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Media;

/// <summary>Finds out what a media file holds, or says in one sentence why it cannot be used.</summary>
/// <param name="tools">Where ffprobe is.</param>
public sealed class MediaProbe(FfmpegTools tools)
{
    /// <summary>Reads the headers (and a few pictures) of a video.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends ffprobe.</param>
    /// <exception cref="UserFacingException">
    /// <see cref="FailureKind.InputMissing"/>, <see cref="FailureKind.InputUnreadable"/> (empty, text, unknown codec), <see cref="FailureKind.InputDamaged"/> (index cut off),
    /// <see cref="FailureKind.NoVideo"/> or <see cref="FailureKind.Unsupported"/> (HDR, a colour matrix this program does not know).
    /// </exception>
    public async Task<MediaInfo> ReadAsync(string path, CancellationToken cancellationToken)
    {
        CheckFile(path);
        string[] arguments = ["-v", "error", "-print_format", "json", "-show_format", "-show_streams", "-show_chapters", FfmpegArgument.FileUrl(path)];
        (int exitCode, string json, IReadOnlyList<string> errors) = await FfprobeRun.RunAsync(tools, arguments, cancellationToken).ConfigureAwait(false);
        return exitCode == 0 ? ProbeParser.Parse(path, json, errors) : throw FfmpegFailures.CannotRead(path, errors);
    }

    /// <summary>Counts the packets of a file's first video stream by reading it through, without decoding: one packet is one frame in every container written here.</summary>
    internal async Task<long> CountVideoPacketsAsync(string path, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-v", "error", "-select_streams", "v:0", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "default=nokey=1:noprint_wrappers=1",
            FfmpegArgument.FileUrl(path),
        ];
        (int exitCode, string output, IReadOnlyList<string> errors) = await FfprobeRun.RunAsync(tools, arguments, cancellationToken).ConfigureAwait(false);
        return exitCode == 0 && long.TryParse(output.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? count
            : throw FfmpegFailures.CannotRead(path, errors);
    }

    private static void CheckFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"{path} is a folder: name the video file in it.");
        }

        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{path} does not exist: check the name.");
        }

        // Devices and pipes have no length either, but cannot be read twice (once for the picture, once for the sound).
        if (file.Length == 0)
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"{path} is empty: copy or download it again.");
        }
    }
}
