using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Pixels;

/// <summary>
/// BGR into a rectangle of a YUV 4:2:0 frame, weighted by an 8-bit alpha, in the frame's own integers.
/// What has alpha 0 keeps every bit: a chroma sample moves only if all the pixels it colours may.
/// </summary>
internal static class YuvWriter
{
    /// <summary>Blends <paramref name="bgr"/> (8UC3) over <paramref name="region"/>; <paramref name="alpha"/> (8UC1) is 255 for the new picture, null for everywhere.</summary>
    public static void Write<T>(PixelBuffer frame, in YuvCoefficients yuv, Rect region, Mat bgr, Mat? alpha)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int row = 0; row < region.Height; row++)
        {
            WriteLuma(
                YuvReader.Samples<T>(frame, region.Y + row, 0).Slice(region.X, region.Width),
                yuv,
                Bytes(bgr, row),
                alpha is null ? default : alpha.RowSpan<byte>(row));
        }

        // Blocks cut by the region's edge would colour pixels outside it; those cut by the picture's own edge would not.
        int firstRow = (region.Y + 1) / 2;
        int endRow = region.Bottom == frame.Spec.Height ? (region.Bottom + 1) / 2 : region.Bottom / 2;
        int firstColumn = (region.X + 1) / 2;
        int endColumn = region.Right == frame.Spec.Width ? (region.Right + 1) / 2 : region.Right / 2;
        for (int row = firstRow; row < endRow; row++)
        {
            int top = (2 * row) - region.Y;
            int bottom = Math.Min(top + 1, region.Height - 1);
            WriteChroma(
                YuvReader.Samples<T>(frame, row, 1),
                YuvReader.Samples<T>(frame, row, 2),
                (firstColumn, endColumn),
                region.X,
                yuv,
                Bytes(bgr, top),
                Bytes(bgr, bottom),
                alpha is null ? default : alpha.RowSpan<byte>(top),
                alpha is null ? default : alpha.RowSpan<byte>(bottom));
        }
    }

    private static ReadOnlySpan<byte> Bytes(Mat bgr, int row) => MemoryMarshal.AsBytes(bgr.RowSpan<Vec3b>(row));

    private static void WriteLuma<T>(Span<T> luma, in YuvCoefficients yuv, ReadOnlySpan<byte> bgr, ReadOnlySpan<byte> alpha)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int x = 0; x < luma.Length; x++)
        {
            int weight = alpha.IsEmpty ? 255 : alpha[x];
            if (weight == 0)
            {
                continue;
            }

            ReadOnlySpan<byte> pixel = bgr.Slice(3 * x, 3);
            int fresh = ((yuv.LumaFromBlue * pixel[0]) + (yuv.LumaFromGreen * pixel[1]) + (yuv.LumaFromRed * pixel[2]) + yuv.LumaOffset) >> YuvCoefficients.Bits;
            luma[x] = T.CreateTruncating(Mix(int.CreateTruncating(luma[x]), fresh, weight));
        }
    }

    private static void WriteChroma<T>(
        Span<T> u,
        Span<T> v,
        (int First, int End) columns,
        int regionX,
        in YuvCoefficients yuv,
        ReadOnlySpan<byte> bgrTop,
        ReadOnlySpan<byte> bgrBottom,
        ReadOnlySpan<byte> alphaTop,
        ReadOnlySpan<byte> alphaBottom)
        where T : unmanaged, IBinaryInteger<T>
    {
        int lastX = (bgrTop.Length / 3) - 1;
        for (int column = columns.First; column < columns.End; column++)
        {
            int x = (2 * column) - regionX;
            int right = Math.Min(x + 1, lastX);
            int weight = 255;
            if (!alphaTop.IsEmpty)
            {
                int a = alphaTop[x], b = alphaTop[right], c = alphaBottom[x], d = alphaBottom[right];
                if (a == 0 || b == 0 || c == 0 || d == 0)
                {
                    continue;
                }

                weight = (a + b + c + d + 2) >> 2;
            }

            // Horizontally 1-2-1 around the left column, where the sample sits; vertically the mean of the two rows: eighths in all.
            int left = 3 * Math.Max(x - 1, 0);
            int mid = 3 * x;
            int far = 3 * right;
            int blue = Sum(bgrTop, bgrBottom, left, mid, far);
            int green = Sum(bgrTop, bgrBottom, left + 1, mid + 1, far + 1);
            int red = Sum(bgrTop, bgrBottom, left + 2, mid + 2, far + 2);
            int freshU = ((yuv.UFromBlue * blue) + (yuv.UFromGreen * green) + (yuv.UFromRed * red) + yuv.ChromaOffset) >> YuvCoefficients.Bits;
            int freshV = ((yuv.VFromBlue * blue) + (yuv.VFromGreen * green) + (yuv.VFromRed * red) + yuv.ChromaOffset) >> YuvCoefficients.Bits;
            u[column] = T.CreateTruncating(Mix(int.CreateTruncating(u[column]), Math.Clamp(freshU, 0, yuv.Max), weight));
            v[column] = T.CreateTruncating(Mix(int.CreateTruncating(v[column]), Math.Clamp(freshV, 0, yuv.Max), weight));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Sum(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, int left, int mid, int right) =>
        top[left] + bottom[left] + (2 * (top[mid] + bottom[mid])) + top[right] + bottom[right];

    /// <summary>old + (fresh - old) x weight / 255, rounded to nearest for either sign of the difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Mix(int old, int fresh, int weight)
    {
        int change = (fresh - old) * weight;
        return old + ((change + (change >= 0 ? 127 : -127)) / 255);
    }
}
