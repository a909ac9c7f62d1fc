using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Media;

/// <summary>What a stream carries.</summary>
public enum StreamKind
{
    /// <summary>Pictures, also a cover picture.</summary>
    Video,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Text or pictures to lay over.</summary>
    Subtitle,

    /// <summary>Time codes, sensor records and the like.</summary>
    Data,

    /// <summary>Files such as fonts.</summary>
    Attachment,
}

/// <summary>A stream beside the video that is worked on.</summary>
/// <param name="Index">Position in the file.</param>
/// <param name="Kind">What it carries.</param>
/// <param name="Codec">ffmpeg's codec name; <c>unknown</c> where it has none.</param>
/// <param name="CodecTag">The container's four-character code.</param>
/// <param name="IsCoverPicture">A still picture that stands for the file.</param>
/// <param name="Tags">Language, title and so on.</param>
public sealed record StreamInfo(int Index, StreamKind Kind, string Codec, string CodecTag, bool IsCoverPicture, IReadOnlyDictionary<string, string> Tags);

/// <summary>The video stream that is worked on: the first that is no cover picture. Sizes are those of the upright picture.</summary>
/// <param name="Index">Position in the file.</param>
/// <param name="Codec">ffmpeg's codec name.</param>
/// <param name="CodedPixelFormat">ffmpeg's name of the pixel format in the file.</param>
/// <param name="Spec">Size after rotation and the layout in which frames travel here.</param>
/// <param name="BitDepth">Significant bits a sample in the file.</param>
/// <param name="SampleAspect">Width to height of a pixel after rotation; null where the file says nothing (square).</param>
/// <param name="Rotation">Degrees that the file asks players to turn its pictures, as ffprobe states them; decoding does it.</param>
/// <param name="TimeBase">Seconds a tick of <see cref="StartPts"/> and of every frame.</param>
/// <param name="FrameRate">Mean frames a second; null where unknown.</param>
/// <param name="StartPts">First presentation time in ticks; 0 where unknown.</param>
/// <param name="DurationSeconds">Length of this stream; null where the container does not say.</param>
/// <param name="StatedFrames">Frames that the container says it has; null where it does not.</param>
/// <param name="FrameEstimate">Frames to expect, for progress: stated, or length times rate; null where neither is known.</param>
/// <param name="ColorTags">Tags as found.</param>
/// <param name="Color">How the frames that travel here are to be read.</param>
/// <param name="Interlaced">Whether two fields are woven into each frame.</param>
/// <param name="Tags">Language, title and so on.</param>
public sealed record VideoStreamInfo(
    int Index,
    string Codec,
    string CodedPixelFormat,
    PixelSpec Spec,
    int BitDepth,
    Rational? SampleAspect,
    int Rotation,
    Rational TimeBase,
    Rational? FrameRate,
    long StartPts,
    double? DurationSeconds,
    long? StatedFrames,
    long? FrameEstimate,
    ColorTags ColorTags,
    ColorSpec Color,
    bool Interlaced,
    IReadOnlyDictionary<string, string> Tags);

/// <summary>What is in a media file, as far as this program cares.</summary>
/// <param name="Path">The file, as the user named it.</param>
/// <param name="Container">ffmpeg's demuxer names, for instance <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</param>
/// <param name="StartSeconds">Where the container's time line begins; <c>--start</c> and <c>--end</c> count from here.</param>
/// <param name="DurationSeconds">Length of the whole file; null where unknown.</param>
/// <param name="Video">The video stream that is worked on.</param>
/// <param name="OtherStreams">Every other stream, in file order.</param>
/// <param name="ChapterCount">Chapter marks.</param>
/// <param name="Tags">The file's own tags (title, artist, date).</param>
/// <param name="Notes">What cannot be carried exactly, a sentence each (chroma reduced to 4:2:0, transparency dropped).</param>
public sealed record MediaInfo(
    string Path,
    string Container,
    double StartSeconds,
    double? DurationSeconds,
    VideoStreamInfo Video,
    IReadOnlyList<StreamInfo> OtherStreams,
    int ChapterCount,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> Notes)
{
    /// <summary>Frames to expect in a range, for progress: an estimate that takes frames as evenly spread; null where the container does not say enough.</summary>
    public long? FramesIn(TimeRange range)
    {
        if (range.IsAll || Video.FrameEstimate is not { } all)
        {
            return Video.FrameEstimate;
        }

        if ((Video.DurationSeconds ?? DurationSeconds) is not { } length || !(length > 0))
        {
            return null;
        }

        double seconds = Math.Min(range.End ?? length, length) - Math.Min(range.Start ?? 0, length);
        return (long)Math.Round(all * Math.Max(0, seconds) / length);
    }
}
