using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Encode;

/// <summary>A video that is made, not changed: frames of a steady rate in BT.709 of limited range, and perhaps a sound.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Rate">Frames a second.</param>
/// <param name="Sound">File whose first audio stream goes along; null: silent.</param>
public sealed record NewVideo(int Width, int Height, Rational Rate, string? Sound = null)
{
    /// <summary>How its frames' samples are to be written.</summary>
    public static ColorSpec Color { get; } = new(YuvMatrix.Bt709, FullRange: false);

    /// <summary>Layout of its frames.</summary>
    public PixelSpec Spec => new(Width, Height, PixelFormat.Yuv420P8);

    /// <summary>Seconds a tick: fine enough that players which add up durations in ticks do not drift.</summary>
    public Rational TimeBase => new(1, Rate.Numerator * TicksPerUnit);

    // 512 as ffmpeg itself takes for 30 frames a second (1/15360 s); rates such as 30000/1001 are fine already.
    private long TicksPerUnit => Rate.Numerator < 1000 ? 512 : 1;

    /// <summary>Place in time of a frame.</summary>
    /// <param name="index">From 0.</param>
    public FrameStamp Stamp(long index) => new(index, index * Rate.Denominator * TicksPerUnit, TimeBase);

    /// <summary>The same as if it had been read from a file that holds nothing else.</summary>
    internal MediaInfo ToMediaInfo() => new(
        Sound ?? string.Empty,
        "none",
        0,
        null,
        new VideoStreamInfo(0, "rawvideo", "yuv420p", Spec, 8, null, 0, TimeBase, Rate, 0, null, null, null, new ColorTags("tv", "bt709", "bt709", "bt709", "left"), Color, false, new Dictionary<string, string>()),
        [],
        0,
        new Dictionary<string, string>(),
        []);
}
