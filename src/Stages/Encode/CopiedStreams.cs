using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Encode;

/// <summary>Which streams of the original go along with the new video, how, and what stays behind.</summary>
/// <param name="Arguments">ffmpeg's map and codec options; output stream 0 is the video, the original is input 1.</param>
/// <param name="Notes">What is changed or left out, a sentence each.</param>
internal sealed record CopiedStreams(IReadOnlyList<string> Arguments, IReadOnlyList<string> Notes)
{
    private static readonly string[] TextSubtitles = ["subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text", "microdvd", "sami", "subviewer", "realtext"];

    /// <summary>Whether the original's tags and chapters go along.</summary>
    public bool KeepsDescription { get; init; } = true;

    /// <summary>What a new video takes: the sound that was made for it, if any, padded with silence and cut to its length.</summary>
    public static CopiedStreams ForNew(NewVideo video, OutputContainer container) => new(
        video.Sound is null ? [] : ["-map 1:a:0 -c:1 " + container.AudioFallback.Replace("-b:a", "-b:1", StringComparison.Ordinal), "-af apad -shortest"], [])
    { KeepsDescription = false };

    /// <summary>Decides for every stream of the original.</summary>
    public static CopiedStreams Plan(MediaInfo media, OutputContainer container)
    {
        List<string> arguments = [];
        List<string> notes = [];
        int next = 1;
        // Pictures and files last: players expect video, sound, subtitles in this order.
        foreach (StreamInfo stream in media.OtherStreams.OrderBy(static s => s.IsCoverPicture ? 1 : s.Kind == StreamKind.Attachment ? 2 : 0))
        {
            string? codec = CodecFor(stream, container, notes);
            if (codec is not null)
            {
                arguments.Add($"-map 1:{stream.Index} -c:{next} {codec.Replace("-b:a", $"-b:{next}", StringComparison.Ordinal)}");
                if (stream.IsCoverPicture)
                {
                    arguments.Add($"-disposition:{next} attached_pic");
                }

                next++;
            }
        }

        return new CopiedStreams(arguments, notes);
    }

    /// <summary>The codec to use, "copy" for most; null where the stream stays behind.</summary>
    private static string? CodecFor(StreamInfo stream, OutputContainer container, List<string> notes)
    {
        string format = container.Extension[1..];
        switch (stream.Kind)
        {
            case StreamKind.Audio:
                string audio = container.AudioCodec(stream.Codec);
                if (audio != "copy")
                {
                    string loss = audio == container.LosslessAudio ? ", without loss" : string.Empty;
                    notes.Add($"sound stream {stream.Index} ({stream.Codec}) does not fit into {format} and was encoded anew as {audio.Split(' ')[0]}{loss}; an .mkv output keeps it as it is");
                }

                return audio;
            case StreamKind.Subtitle when container.SubtitleCopies.Contains(stream.Codec):
                return "copy";
            case StreamKind.Subtitle when TextSubtitles.Contains(stream.Codec):
                notes.Add($"subtitle stream {stream.Index} was converted from {stream.Codec} to {container.TextSubtitles}");
                return container.TextSubtitles;
            case StreamKind.Video when stream.IsCoverPicture && container.HoldsCover:
                return "copy";
            case StreamKind.Attachment when container.HoldsAttachments:
                return "copy";
            // MP4 keeps chapter titles in a text track; they are written anew with the chapters.
            case StreamKind.Data when stream.CodecTag == "text":
            // A time code track is written anew from the video stream's tag of that name.
            case StreamKind.Data when stream.CodecTag == "tmcd" && container.IsMov:
                return null;
            default:
                string what = stream.IsCoverPicture ? "cover picture" : stream.Kind.ToString().ToLowerInvariant() + " stream";
                notes.Add($"{what} {stream.Index} ({stream.Codec}) cannot be carried into {format} and was left out");
                return null;
        }
    }
}
