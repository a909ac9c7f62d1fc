using System.Buffers.Binary;
using System.Text;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Encode;

/// <summary>
/// Writes uncompressed frames with their times as a Matroska stream that has no end and needs no seeking: the one container that ffmpeg reads from a pipe,
/// keeps times to the nanosecond in, and that takes a page to write. (Raw video has no times, yuv4mpeg a fixed rate.) Element numbers: RFC 9559.
/// </summary>
internal static class LiveMatroska
{
    /// <summary>Nanoseconds a tick of the stream.</summary>
    private const ulong TimestampScale = 1;

    /// <summary>The bytes before the first frame.</summary>
    /// <param name="spec">Of every frame.</param>
    /// <param name="sampleAspect">Width to height of a pixel.</param>
    /// <param name="frameRate">Mean frames a second, for the encoder's rate control and the last frame's length; null where unknown.</param>
    public static byte[] Header(PixelSpec spec, Rational? sampleAspect, Rational? frameRate)
    {
        // The display size states the pixel's shape only: 4:3 pixels of 720 x 576 become 2880 x 1728.
        Rational aspect = sampleAspect ?? new Rational(1, 1);
        byte[] fourCc = spec.Format == PixelFormat.Yuv420P10 ? [(byte)'Y', (byte)'3', 11, 10] : "I420"u8.ToArray();
        byte[] video = Element(
            0xE0,
            [
                .. Number(0xB0, (ulong)spec.Width), .. Number(0xBA, (ulong)spec.Height), .. Number(0x54B0, (ulong)(spec.Width * aspect.Numerator)),
                .. Number(0x54BA, (ulong)(spec.Height * aspect.Denominator)), .. Element(0x2EB524, fourCc),
            ]);
        byte[] duration = frameRate is { } rate ? Number(0x23E383, (ulong)Math.Round(1e9 / rate.ToDouble())) : [];
        byte[] track = Element(
            0xAE,
            [.. Number(0xD7, 1), .. Number(0x73C5, 1), .. Number(0x83, 1), .. Number(0x9C, 0), .. Element(0x86, "V_UNCOMPRESSED"u8), .. duration, .. video]);
        byte[] info = Element(0x1549A966, [.. Number(0x2AD7B1, TimestampScale), .. Element(0x4D80, "videogaze"u8), .. Element(0x5741, "videogaze"u8)]);
        byte[] ebml = Element(
            0x1A45DFA3,
            [
                .. Number(0x4286, 1), .. Number(0x42F7, 1), .. Number(0x42F2, 4), .. Number(0x42F3, 8),
                .. Element(0x4282, Encoding.ASCII.GetBytes("matroska")), .. Number(0x4287, 4), .. Number(0x4285, 2),
            ]);
        // A segment of unknown length holds everything that follows.
        return [.. ebml, .. Id(0x18538067), 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. info, .. Element(0x1654AE6B, track)];
    }

    /// <summary>The bytes before a frame's samples: a cluster of one block, at its own time.</summary>
    /// <param name="nanoseconds">Presentation time, not negative.</param>
    /// <param name="sampleBytes">Length of the samples that follow.</param>
    public static byte[] FrameHeader(ulong nanoseconds, int sampleBytes)
    {
        byte[] time = Number(0xE7, nanoseconds);
        // Track 1, 0 ticks after the cluster's time, a key frame without lacing.
        byte[] block = [.. Id(0xA3), .. Size((ulong)sampleBytes + 4), 0x81, 0, 0, 0x80];
        return [.. Id(0x1F43B675), .. Size((ulong)(time.Length + block.Length) + (ulong)sampleBytes), .. time, .. block];
    }

    private static byte[] Number(uint id, ulong value)
    {
        byte[] eight = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(eight, value);
        return Element(id, eight);
    }

    private static byte[] Element(uint id, ReadOnlySpan<byte> content) => [.. Id(id), .. Size((ulong)content.Length), .. content];

    // Identifiers carry their own length in their leading bits and are written as they are.
    private static byte[] Id(uint id)
    {
        byte[] four = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, id);
        return four[(id > 0xFFFFFF ? 0 : id > 0xFFFF ? 1 : id > 0xFF ? 2 : 3)..];
    }

    // Lengths in the 8-byte form: a leading 1 marks seven bytes of number.
    private static byte[] Size(ulong length)
    {
        byte[] eight = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(eight, length | (1UL << 56));
        return eight;
    }
}
