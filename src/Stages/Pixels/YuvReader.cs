using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Pixels;

/// <summary>
/// YUV 4:2:0 to BGR for a rectangle. Chroma samples sit on the left luma column of their pair and midway between the two rows
/// (H.264/HEVC default siting, MPEG-2's), and are interpolated linearly from there.
/// </summary>
internal static class YuvReader
{
    /// <summary>Converts <paramref name="region"/> of the frame into <paramref name="bgr"/> (8UC3, the region's size).</summary>
    public static void Read<T>(PixelBuffer frame, in YuvCoefficients yuv, Rect region, Mat bgr)
        where T : unmanaged, IBinaryInteger<T>
    {
        int lastChromaRow = frame.Spec.Plane(1).Height - 1;
        for (int row = 0; row < region.Height; row++)
        {
            int y = region.Y + row;
            int near = y >> 1;

            // The upper row of a pair leans on the chroma row above, the lower on the one below, a quarter each.
            int far = Math.Clamp((y & 1) == 0 ? near - 1 : near + 1, 0, lastChromaRow);
            ReadRow(
                Samples<T>(frame, y, 0).Slice(region.X, region.Width),
                Samples<T>(frame, near, 1),
                Samples<T>(frame, far, 1),
                Samples<T>(frame, near, 2),
                Samples<T>(frame, far, 2),
                region.X,
                yuv,
                MemoryMarshal.AsBytes(bgr.RowSpan<Vec3b>(row))[..(region.Width * 3)]);
        }
    }

    /// <summary>Converts planes that already share one size, for pictures scaled plane by plane.</summary>
    public static void ReadPlanes<T>(Mat luma, Mat u, Mat v, in YuvCoefficients yuv, Mat bgr)
        where T : unmanaged, IBinaryInteger<T>
    {
        int rows = bgr.Rows;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> ys = luma.RowSpan<T>(row);
            ReadOnlySpan<T> us = u.RowSpan<T>(row);
            ReadOnlySpan<T> vs = v.RowSpan<T>(row);
            Span<byte> target = MemoryMarshal.AsBytes(bgr.RowSpan<Vec3b>(row));
            for (int x = 0; x < ys.Length; x++)
            {
                Put(int.CreateTruncating(ys[x]), 8 * int.CreateTruncating(us[x]), 8 * int.CreateTruncating(vs[x]), yuv, target, 3 * x);
            }
        }
    }

    /// <summary>A row of a plane as samples.</summary>
    public static Span<T> Samples<T>(PixelBuffer frame, int row, int plane)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(frame.Row(row, plane));

    private static void ReadRow<T>(
        ReadOnlySpan<T> luma,
        ReadOnlySpan<T> uNear,
        ReadOnlySpan<T> uFar,
        ReadOnlySpan<T> vNear,
        ReadOnlySpan<T> vFar,
        int firstX,
        in YuvCoefficients coefficients,
        Span<byte> bgr)
        where T : unmanaged, IBinaryInteger<T>
    {
        // A local copy keeps the factors in registers: through the reference they would be loaded again after every store.
        YuvCoefficients yuv = coefficients;
        int last = uNear.Length - 1;
        int i = firstX >> 1;
        int u = Blend(uNear[i], uFar[i]);
        int v = Blend(vNear[i], vFar[i]);
        int x = -(firstX & 1);
        for (; x < luma.Length; x += 2)
        {
            int next = Math.Min(i + 1, last);
            int uNext = Blend(uNear[next], uFar[next]);
            int vNext = Blend(vNear[next], vFar[next]);
            if (x >= 0)
            {
                Put(int.CreateTruncating(luma[x]), 2 * u, 2 * v, yuv, bgr, 3 * x);
            }

            if (x + 1 < luma.Length)
            {
                Put(int.CreateTruncating(luma[x + 1]), u + uNext, v + vNext, yuv, bgr, (3 * x) + 3);
            }

            i = next;
            u = uNext;
            v = vNext;
        }
    }

    /// <summary>Vertical interpolation, times four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Blend<T>(T near, T far)
        where T : unmanaged, IBinaryInteger<T> => (3 * int.CreateTruncating(near)) + int.CreateTruncating(far);

    /// <summary>One pixel; <paramref name="u8"/> and <paramref name="v8"/> are eight times the chroma codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(int y, int u8, int v8, in YuvCoefficients yuv, Span<byte> bgr, int at)
    {
        int luma = ((y - yuv.LumaZero) * yuv.ToLuma) + YuvCoefficients.Half;
        int u = u8 - yuv.ChromaZero8;
        int v = v8 - yuv.ChromaZero8;
        bgr[at + 2] = ToByte(luma + (yuv.RedFromV * v));
        bgr[at + 1] = ToByte(luma + (yuv.GreenFromU * u) + (yuv.GreenFromV * v));
        bgr[at] = ToByte(luma + (yuv.BlueFromU * u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte ToByte(int value) => (byte)Math.Clamp(value >> YuvCoefficients.Bits, 0, 255);
}
