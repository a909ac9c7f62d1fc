using System.Globalization;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Decode;

/// <summary>When a decoded frame is shown.</summary>
/// <param name="Pts">Ticks; null where the container gives no time.</param>
/// <param name="Duration">Ticks; 0 where unknown.</param>
internal readonly record struct FrameTime(long? Pts, long Duration);

/// <summary>Reads ffmpeg's framecrc text: a header with the time base, then "stream, dts, pts, duration, size, checksum" for each frame.</summary>
/// <param name="text">The stream.</param>
internal sealed class FrameTimes(Stream text) : IDisposable
{
    private readonly StreamReader reader = new(text);

    /// <summary>Seconds a tick; known once the first frame's time was read.</summary>
    public Rational? TimeBase { get; private set; }

    /// <summary>The next frame's time; null at the end.</summary>
    public async ValueTask<FrameTime?> NextAsync(CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("#tb 0:", StringComparison.Ordinal))
            {
                string[] ratio = line[6..].Split('/');
                TimeBase = new Rational(Parse(ratio[0]), Parse(ratio[1]));
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                string[] fields = line.Split(',');
                // ffmpeg prints a missing time as the smallest 64-bit number.
                long pts = Parse(fields[2]);
                return new FrameTime(pts == long.MinValue ? null : pts, Parse(fields[3]));
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private static long Parse(string field) => long.Parse(field.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
