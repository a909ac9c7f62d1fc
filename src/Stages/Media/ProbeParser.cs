using System.Globalization;
using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Media;

/// <summary>Reads ffprobe's JSON. Exact numbers (ticks, ratios) are taken where ffprobe gives them beside rounded ones.</summary>
internal static class ProbeParser
{
    private static readonly IReadOnlyDictionary<string, string> NoTags = new Dictionary<string, string>();

    /// <summary>Makes the record, or throws the sentence that says why the file cannot be used.</summary>
    public static MediaInfo Parse(string path, string json, IReadOnlyList<string> errors)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        JsonElement format = root.GetProperty("format");
        string container = Text(format, "format_name") ?? "unknown";
        List<JsonElement> streams = [.. root.GetProperty("streams").EnumerateArray()];
        int chosen = streams.FindIndex(static s => KindOf(s) == StreamKind.Video && !IsCover(s));
        // ffmpeg draws text files as ANSI terminals ("tty"): no video in anyone's sense.
        if (chosen < 0 || container == "tty")
        {
            throw container == "tty"
                ? FfmpegFailures.CannotRead(path, ["it is a text file"])
                : streams.Exists(static s => KindOf(s) == StreamKind.Audio)
                    ? new UserFacingException(FailureKind.NoVideo, $"{path} has sound but no video stream: give a video.")
                    : new UserFacingException(FailureKind.NoVideo, $"{path} has no video stream: give a video.");
        }

        double? duration = Seconds(format, "duration");
        List<string> notes = [];
        VideoStreamInfo video = ReadVideo(path, streams[chosen], streams.Count == 1 ? duration : null, duration, errors, notes);
        List<StreamInfo> others = [.. streams.Where((_, i) => i != chosen).Select(ReadOther)];
        return new MediaInfo(
            path,
            container,
            Seconds(format, "start_time") ?? 0,
            duration,
            video,
            others,
            root.TryGetProperty("chapters", out JsonElement chapters) ? chapters.GetArrayLength() : 0,
            Tags(format),
            notes);
    }

    private static VideoStreamInfo ReadVideo(
        string path, JsonElement s, double? loneDuration, double? fileDuration, IReadOnlyList<string> errors, List<string> notes)
    {
        string? pixelFormat = Text(s, "pix_fmt");
        string codec = Text(s, "codec_name") ?? "unknown";
        int width = Int(s, "width"), height = Int(s, "height");
        if (codec == "unknown")
        {
            throw new UserFacingException(
                FailureKind.InputUnreadable, $"{path} is coded in a way that this ffmpeg does not know (tag {Text(s, "codec_tag_string") ?? "none"}): convert it first.");
        }

        if (pixelFormat is null || width < 1 || height < 1)
        {
            throw new UserFacingException(
                FailureKind.InputDamaged, $"{path} holds no picture that can be decoded ({codec}; {FfmpegFailures.LastWords(errors, path)}): copy or download it again.");
        }

        ColorTags tags = new(Tag(s, "color_range"), Tag(s, "color_space"), Tag(s, "color_transfer"), Tag(s, "color_primaries"), Tag(s, "chroma_location"));
        if (tags.IsHdr)
        {
            throw new UserFacingException(
                FailureKind.Unsupported, $"{path} is HDR ({(tags.Transfer == "smpte2084" ? "PQ" : "HLG")}), which is not handled yet: convert it to SDR first.");
        }

        CodedPixelFormat coded = CodedPixelFormat.Parse(pixelFormat, Int(s, "bits_per_raw_sample"));
        // RGB, palette and grey pictures become YUV at decode, always by the same matrix: limited-range BT.601.
        ColorSpec color = !coded.IsYuv
            ? new ColorSpec(YuvMatrix.Bt601, FullRange: false)
            : tags.Resolve(pixelFormat, width, height)
                ?? throw new UserFacingException(FailureKind.Unsupported, $"{path} uses the colour matrix {tags.Matrix}, which is not handled: convert it to bt709 first.");
        Describe(codec, coded, pixelFormat, notes);

        int rotation = ReadRotation(s);
        bool onSide = Math.Abs(rotation) % 180 == 90;
        Rational? aspect = Ratio(s, "sample_aspect_ratio", ':');
        if (aspect is { } ratio && onSide)
        {
            aspect = new Rational(ratio.Denominator, ratio.Numerator);
        }

        Rational timeBase = Ratio(s, "time_base", '/') ?? new Rational(1, 1000);
        Rational? rate = Ratio(s, "avg_frame_rate", '/') ?? Ratio(s, "r_frame_rate", '/');
        IReadOnlyDictionary<string, string> streamTags = Tags(s);
        double? length = Long(s, "duration_ts") is { } ticks ? ticks * timeBase.ToDouble() : TaggedDuration(streamTags) ?? loneDuration;
        long? stated = Long(s, "nb_frames") is > 0 and { } frames ? frames : null;
        long? estimate = stated ?? ((length ?? fileDuration) is { } seconds && rate is { } r ? (long)Math.Round(seconds * r.ToDouble()) : null);
        return new VideoStreamInfo(
            Int(s, "index"),
            codec,
            pixelFormat,
            new PixelSpec(onSide ? height : width, onSide ? width : height, coded.BitDepth > 8 ? PixelFormat.Yuv420P10 : PixelFormat.Yuv420P8),
            coded.BitDepth,
            aspect,
            rotation,
            timeBase,
            rate,
            Long(s, "start_pts") ?? 0,
            length,
            stated,
            estimate,
            tags,
            color,
            Text(s, "field_order") is "tt" or "bb" or "tb" or "bt",
            streamTags);
    }

    private static void Describe(string codec, CodedPixelFormat coded, string pixelFormat, List<string> notes)
    {
        if (!coded.IsYuv)
        {
            notes.Add($"colours were {pixelFormat} and are now YUV 4:2:0, BT.601, limited range");
        }
        else if (!coded.Is420)
        {
            notes.Add($"chroma was {pixelFormat} and is now at 4:2:0");
        }

        if (coded.BitDepth > 10)
        {
            notes.Add($"samples had {coded.BitDepth} bits and now have 10");
        }

        // Every gif decodes with an alpha channel, whether it uses it or not.
        if (coded.HasAlpha && codec != "gif")
        {
            notes.Add("transparency was dropped");
        }
    }

    private static StreamInfo ReadOther(JsonElement s) =>
        new(Int(s, "index"), KindOf(s), Text(s, "codec_name") ?? "unknown", Text(s, "codec_tag_string") ?? string.Empty, IsCover(s), Tags(s));

    private static StreamKind KindOf(JsonElement s) => Text(s, "codec_type") switch
    {
        "video" => StreamKind.Video,
        "audio" => StreamKind.Audio,
        "subtitle" => StreamKind.Subtitle,
        "attachment" => StreamKind.Attachment,
        _ => StreamKind.Data,
    };

    private static bool IsCover(JsonElement s) => s.TryGetProperty("disposition", out JsonElement d) && Int(d, "attached_pic") == 1;

    private static int ReadRotation(JsonElement s)
    {
        if (s.TryGetProperty("side_data_list", out JsonElement list))
        {
            foreach (JsonElement data in list.EnumerateArray())
            {
                if (data.TryGetProperty("rotation", out JsonElement rotation))
                {
                    return (int)Math.Round(rotation.GetDouble());
                }
            }
        }

        return 0;
    }

    // Matroska has no stream length of its own; its writers put one into a tag, "00:00:10.033000000".
    private static double? TaggedDuration(IReadOnlyDictionary<string, string> tags)
    {
        foreach ((string key, string value) in tags)
        {
            if (key.StartsWith("DURATION", StringComparison.OrdinalIgnoreCase)
                && TimeSpan.TryParse(value.Length > 16 ? value[..16] : value, CultureInfo.InvariantCulture, out TimeSpan time))
            {
                return time.TotalSeconds;
            }
        }

        return null;
    }

    private static string? Text(JsonElement e, string name) => e.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;

    private static string? Tag(JsonElement e, string name) => Text(e, name) is { } text and not ("unknown" or "unspecified" or "reserved") ? text : null;

    private static long? Long(JsonElement e, string name) =>
        long.TryParse(Text(e, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static int Int(JsonElement e, string name) => (int)(Long(e, name) ?? 0);

    private static double? Seconds(JsonElement e, string name) =>
        double.TryParse(Text(e, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static Rational? Ratio(JsonElement e, string name, char separator)
    {
        string[] parts = (Text(e, name) ?? string.Empty).Split(separator);
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long numerator)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long denominator)
            && numerator > 0 && denominator > 0
                ? new Rational(numerator, denominator)
                : null;
    }

    private static IReadOnlyDictionary<string, string> Tags(JsonElement e) =>
        e.TryGetProperty("tags", out JsonElement tags) ? tags.EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value.ToString()) : NoTags;
}
