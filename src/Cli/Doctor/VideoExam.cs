using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Media;

namespace VideoGaze.Cli.Doctor;

/// <summary>Looks at ffmpeg: whether it answers, and which encoders a user may name with --codec.</summary>
internal static class VideoExam
{
    /// <summary>Encoders worth telling about: software first, then those of graphics cards.</summary>
    private static readonly string[] NotableEncoders =
        ["libx264", "libx265", "libsvtav1", "libaom-av1", "libvpx-vp9", "ffv1", "prores_ks", "h264_nvenc", "hevc_nvenc", "av1_nvenc", "h264_vaapi", "hevc_vaapi", "h264_qsv", "hevc_qsv"];

    /// <summary>The findings.</summary>
    public static async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        try
        {
            FfmpegInventory inventory = await FfmpegInventory.TakeAsync(FfmpegTools.Locate(), cancellationToken).ConfigureAwait(false);
            string encoders = string.Join(' ', NotableEncoders.Where(inventory.VideoEncoders.Contains));

            // libx264 is the default: without it an ordinary run needs --codec.
            FindingState state = inventory.VideoEncoders.Contains("libx264") ? FindingState.Ok : FindingState.Broken;
            return
            [
                new("video", "ffmpeg", FindingState.Ok, $"{inventory.Version}, {inventory.Path}"),
                new("video", "encoders", state, state == FindingState.Ok ? encoders : $"libx264 is missing; install an ffmpeg that has it, or name one of these with --codec: {encoders}"),
            ];
        }
        catch (UserFacingException failure)
        {
            return [new("video", "ffmpeg", FindingState.Broken, failure.Message)];
        }
    }
}
