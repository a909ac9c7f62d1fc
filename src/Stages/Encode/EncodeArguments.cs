using FFMpegCore;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Encode;

/// <summary>The command line of the encoding ffmpeg, as a pure function of what is to be written.</summary>
internal static class EncodeArguments
{
    /// <summary>Input 0 is the live stream of frames, input 1 the original, for its sound, subtitles, chapters and tags.</summary>
    /// <param name="media">The original; one without a path adds nothing.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="container">Chosen by the output's name.</param>
    /// <param name="encoder">ffmpeg's name.</param>
    /// <param name="timeBase">Of the frames.</param>
    /// <param name="shift">Seconds to add to the original's times: what the frames' own times were moved by.</param>
    /// <param name="copied">The streams that go along.</param>
    /// <param name="frames">The live stream.</param>
    /// <param name="output">The file to write.</param>
    public static FFMpegArgumentProcessor Build(
        MediaInfo media,
        EncodeOptions options,
        OutputContainer container,
        string encoder,
        Rational timeBase,
        double shift,
        CopiedStreams copied,
        SocketInput frames,
        string output)
    {
        // copyts: ffmpeg otherwise moves every input so that it starts at 0.
        const string live = "-v error -copyts -probesize 32 -analyzeduration 0";
        string seek = options.Range.Start is { } start ? $"-ss {FfmpegArgument.Seconds(start)}" : string.Empty;
        string original = $"{seek} -itsoffset {FfmpegArgument.Seconds(shift)}";
        string described = copied.KeepsDescription ? "-map_metadata 1 -map_chapters 1" : "-map_metadata -1 -map_chapters -1";
        List<string> arguments = ["-map 0:v:0", .. copied.Arguments, $"{described} -max_muxing_queue_size 4096"];
        arguments.Add($"-c:0 {FfmpegArgument.Quote(encoder)} {VideoCodec.Options(encoder, options.Crf, options.Preset, container.IsMov)}");
        arguments.Add($"-pix_fmt:0 {(media.Video.Spec.Format == PixelFormat.Yuv420P10 ? "yuv420p10le" : "yuv420p")}");
        arguments.Add($"-fps_mode:0 passthrough -enc_time_base:0 {timeBase.Numerator}:{timeBase.Denominator}");
        arguments.AddRange(ColorArguments(media.Video));
        arguments.AddRange(TagArguments(media, options, container));
        if (container.IsMov)
        {
            // Edit lists place each track's start in ticks of the film, a thousand a second unless told: too coarse for most starts. A multiple of the video's
            // ticks holds its start exactly; at 90000 or more the sound's start is off by at most 6 microseconds.
            long film = timeBase.Denominator * ((90_000 + timeBase.Denominator - 1) / timeBase.Denominator);
            arguments.Add($"-video_track_timescale {timeBase.Denominator} -movie_timescale {film}");
        }

        else
        {
            // Copied sound often begins a packet before 0 (the encoder's run-up). Matroska's writer would move the whole file up by that much;
            // a block can lie below its cluster's time, and players drop the run-up either way.
            arguments.Add("-avoid_negative_ts disabled");
        }

        if (options.Range.End is { } end)
        {
            arguments.Add($"-t {FfmpegArgument.Seconds(end + media.StartSeconds + shift)}");
        }

        if (options.Range.Start is not null)
        {
            arguments.Add("-copypriorss 0");
        }

        FFMpegArguments inputs = FFMpegArguments.FromInput(frames, o => o.WithCustomArgument(live));
        return (media.Path.Length == 0 ? inputs : inputs.AddInput(new FileInput(media.Path), o => o.WithCustomArgument(original)))
            .OutputTo(new FileOutput(output), o => o.WithCustomArgument(string.Join(' ', arguments)));
    }

    private static IEnumerable<string> ColorArguments(VideoStreamInfo video)
    {
        ColorTags tags = video.ColorTags;
        bool fromRgb = !CodedPixelFormat.Parse(video.CodedPixelFormat, 0).IsYuv;
        // What the file does not say stays unsaid, except where decoding itself chose (RGB sources) or the format's name said it (yuvj).
        string? range = fromRgb ? "tv" : tags.Range ?? (video.Color.FullRange ? "pc" : null);
        string? matrix = fromRgb ? "smpte170m" : tags.Matrix;
        (string Option, string? Value)[] options =
            [("color_range", range), ("colorspace", matrix), ("color_trc", tags.Transfer), ("color_primaries", tags.Primaries), ("chroma_sample_location", tags.ChromaLocation)];
        return options.Where(static o => o.Value is not null).Select(static o => $"-{o.Option}:0 {o.Value}");
    }

    private static IEnumerable<string> TagArguments(MediaInfo media, EncodeOptions options, OutputContainer container)
    {
        // ffmpeg copies the tags of mapped streams by itself, but this video comes from the live stream. Only tags that stay true are taken:
        // writers put sizes and rates into tags as well.
        foreach (string key in new[] { "language", "title", "handler_name", "timecode" })
        {
            if (media.Video.Tags.TryGetValue(key, out string? value))
            {
                yield return $"-metadata:s:0 {FfmpegArgument.Quote($"{key}={value}")}";
            }
        }

        if (container.IsMov)
        {
            // Without the flag MP4 drops every tag outside its standard set. The brands describe the original's file, not this one.
            yield return "-movflags +use_metadata_tags -metadata major_brand= -metadata minor_version= -metadata compatible_brands=";
        }

        foreach ((string key, string value) in options.ExtraMetadata ?? new Dictionary<string, string>())
        {
            yield return $"-metadata {FfmpegArgument.Quote($"{key}={value}")}";
        }
    }
}
