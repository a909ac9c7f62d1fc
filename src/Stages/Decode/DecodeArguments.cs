using FFMpegCore;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Decode;

/// <summary>The command line of the decoding ffmpeg, as a pure function of what is to be read.</summary>
internal static class DecodeArguments
{
    // Seeking lands on a key frame at or before the place asked for; asking this much earlier (seconds) leaves room for containers that miss by a few frames.
    private const double SeekMargin = 2;

    /// <summary>Where ffmpeg is asked to begin; null: at the video's own beginning.</summary>
    public static double? StartOf(DecodeOptions options) => options.Seek ?? (options.Range.Start - SeekMargin);

    /// <summary>One ffmpeg with two outputs of the same frames: their times as text, and their samples.</summary>
    public static FFMpegArgumentProcessor Build(MediaInfo media, double? start, SocketOutput times, SocketOutput frames)
    {
        VideoStreamInfo video = media.Video;
        string map = $"-map 0:{video.Index} -fps_mode passthrough -enc_time_base -1";
        string seek = start is > 0 and { } at ? $"-noaccurate_seek -ss {FfmpegArgument.Seconds(at)}" : string.Empty;
        return FFMpegArguments
            // max_error_rate 1: how much damage is too much is decided here, not by ffmpeg.
            .FromInput(new FileInput(media.Path), o => o.WithCustomArgument($"-v error -max_error_rate 1 -copyts -an -sn -dn {seek}"))
            .OutputToMany(o => o
                // Times first and flushed after each, so that a frame's time is there before its samples can block the pipe.
                // wrapped_avframe: the checksum runs over a 472-byte header instead of the picture.
                .AddOutput(times, t => t.WithCustomArgument($"{map} -c:v wrapped_avframe -flush_packets 1 -f framecrc"))
                .AddOutput(frames, f => f.WithCustomArgument($"{map} {Format(video)} -f rawvideo")));
    }

    /// <summary>How coded samples become the samples that travel: untouched wherever they are 4:2:0 in 8 or 10 bits already.</summary>
    internal static string Format(VideoStreamInfo video)
    {
        PixelSpec spec = video.Spec;
        // The size is forced so that a stream that changes it midway still gives frames of one size.
        string size = $"-s {spec.Width}x{spec.Height}";
        if (video.CodedPixelFormat is "yuv420p" or "yuvj420p" or "yuv420p10le")
        {
            return $"{size} -pix_fmt {video.CodedPixelFormat}";
        }

        string format = spec.Format == PixelFormat.Yuv420P10 ? "yuv420p10le" : "yuv420p";
        bool isYuv = CodedPixelFormat.Parse(video.CodedPixelFormat, 0).IsYuv;
        string range = video.Color.FullRange ? "full" : "limited";
        // From RGB: name matrix and range. From another YUV: the same range in and out, so that only chroma resolution and depth change.
        string scale = isYuv ? $"in_range={range}:out_range={range}" : "out_color_matrix=bt601:out_range=limited";
        return $"{size} -vf scale={scale}:flags=bicubic+accurate_rnd+full_chroma_inp,format={format}";
    }
}
