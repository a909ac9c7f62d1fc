using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Pixels;

/// <summary>
/// The only way between a frame's planar YUV and BGR pictures. Converts just the region asked for. Chroma is taken as left-sited
/// (MPEG-2 and H.264 default: horizontally on the even luma column, vertically midway between two rows). Stateless and thread-safe.
/// </summary>
public static class FramePixels
{
    /// <summary>Cuts a transformed square or rectangle out of a frame. Beyond the frame's edge the border is repeated.</summary>
    /// <param name="frame">Planar YUV.</param>
    /// <param name="color">How to read it.</param>
    /// <param name="toCrop">Frame pixels to crop pixels, both continuous (see <see cref="SimilarityTransform"/>).</param>
    /// <param name="bgrCrop">Receives the crop; <see cref="PixelFormat.Bgr24"/> of any size.</param>
    public static void WarpToBgr(PixelBuffer frame, ColorSpec color, SimilarityTransform toCrop, PixelBuffer bgrCrop)
    {
        using Mat crop = PlaneView.Of(bgrCrop);
        Rect region = SourceRegion(toCrop.Inverse(), crop.Width, crop.Height, frame.Spec.Width, frame.Spec.Height);
        using Mat source = new(region.Height, region.Width, MatType.CV_8UC3);
        ReadBgr(frame, color, region, source);

        // Shrinking by more than two would alias: shrink by the whole factor with an area filter first.
        int factor = Math.Max(1, (int)Math.Floor(1 / toCrop.Scale));
        SimilarityTransform regionToCrop = new SimilarityTransform(1, 0, region.X, region.Y).Then(toCrop);
        if (factor == 1)
        {
            Warp(source, crop, regionToCrop);
            return;
        }

        int width = Math.Max(1, region.Width / factor), height = Math.Max(1, region.Height / factor);
        using Mat shrunk = new();
        using Mat whole = source[new Rect(0, 0, Math.Min(region.Width, width * factor), Math.Min(region.Height, height * factor))];
        Cv2.Resize(whole, shrunk, new Size(width, height), 0, 0, InterpolationFlags.Area);
        Warp(shrunk, crop, new SimilarityTransform(factor, 0, 0, 0).Then(regionToCrop));
    }

    /// <summary>Converts one region of a frame to BGR.</summary>
    /// <param name="frame">Planar YUV.</param>
    /// <param name="color">How to read it.</param>
    /// <param name="region">Inside the frame, any alignment.</param>
    /// <param name="bgr">8-bit, three channels, of the region's size.</param>
    /// <exception cref="ArgumentException">The region leaves the frame, or the sizes differ.</exception>
    public static void ReadBgr(PixelBuffer frame, ColorSpec color, Rect region, Mat bgr)
    {
        CheckRegion(frame.Spec, region, bgr);
        if (frame.Spec.Format == PixelFormat.Yuv420P10)
        {
            Read<ushort>(frame, color, region, bgr, depthShift: 2);
        }
        else
        {
            Read<byte>(frame, color, region, bgr, depthShift: 0);
        }
    }

    /// <summary>Writes BGR into one region of a frame, weighted by alpha. Luma whose alpha is 0, and chroma none of whose pixels has alpha, stay bit-exact.</summary>
    /// <param name="frame">Planar YUV, changed in place.</param>
    /// <param name="color">How it is to be read later.</param>
    /// <param name="region">Inside the frame, any alignment.</param>
    /// <param name="bgr">8-bit, three channels, of the region's size.</param>
    /// <param name="alpha8">8-bit, one channel, of the region's size; 255 replaces. Null means 255 everywhere.</param>
    /// <exception cref="ArgumentException">The region leaves the frame, or the sizes differ.</exception>
    public static void WriteBgr(PixelBuffer frame, ColorSpec color, Rect region, Mat bgr, Mat? alpha8)
    {
        CheckRegion(frame.Spec, region, bgr);
        if (alpha8 is not null && (alpha8.Size() != bgr.Size() || alpha8.Type() != MatType.CV_8UC1))
        {
            throw new ArgumentException("Alpha must be 8-bit, one channel, of the region's size.", nameof(alpha8));
        }

        if (frame.Spec.Format == PixelFormat.Yuv420P10)
        {
            Write<ushort>(frame, color, region, bgr, alpha8, depthShift: 2);
        }
        else
        {
            Write<byte>(frame, color, region, bgr, alpha8, depthShift: 0);
        }
    }

    /// <summary>The whole frame scaled into a BGR picture, for detectors. Planes are scaled apart, so the cost is that of the small picture.</summary>
    /// <param name="frame">Planar YUV.</param>
    /// <param name="color">How to read it.</param>
    /// <param name="bgrOut">8-bit, three channels; its size is the size wanted.</param>
    public static void ScaleToBgr(PixelBuffer frame, ColorSpec color, Mat bgrOut)
    {
        YuvCoefficients k = YuvCoefficients.Of(color);
        double depth = frame.Spec.Format == PixelFormat.Yuv420P10 ? 0.25 : 1;
        Mat[] planes = new Mat[3];
        try
        {
            for (int plane = 0; plane < 3; plane++)
            {
                using Mat full = PlaneView.Of(frame, plane);
                planes[plane] = new Mat();
                Cv2.Resize(full, planes[plane], bgrOut.Size(), 0, 0, full.Width > bgrOut.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
            }

            using Mat yuv = new();
            Cv2.Merge(planes, yuv);
            float y = 1 / k.LumaScale, c = 1 / k.ChromaScale;
            float redV = 2 * (1 - k.Kr) * c, blueU = 2 * (1 - k.Kb) * c;
            float greenU = -k.Kb / k.Kg * blueU, greenV = -k.Kr / k.Kg * redV;
            using Mat matrix = new(3, 4, MatType.CV_32FC1);
            Fill(matrix, 0, (float)(y * depth), (float)(blueU * depth), 0, (-y * k.LumaOffset) - (128 * blueU));
            Fill(matrix, 1, (float)(y * depth), (float)(greenU * depth), (float)(greenV * depth), (-y * k.LumaOffset) - (128 * (greenU + greenV)));
            Fill(matrix, 2, (float)(y * depth), 0, (float)(redV * depth), (-y * k.LumaOffset) - (128 * redV));
            if (yuv.Depth() == MatType.CV_8U)
            {
                Cv2.Transform(yuv, bgrOut, matrix);
                return;
            }

            using Mat deep = new();
            Cv2.Transform(yuv, deep, matrix);
            deep.ConvertTo(bgrOut, MatType.CV_8U);
        }
        finally
        {
            foreach (Mat? plane in planes)
            {
                plane?.Dispose();
            }
        }
    }

    /// <summary>The even-aligned part of a picture that a crop of the given size is interpolated from; at least 2 x 2 pixels, also for a crop wholly outside.</summary>
    internal static Rect SourceRegion(SimilarityTransform fromCrop, int cropWidth, int cropHeight, int frameWidth, int frameHeight)
    {
        const int InterpolationMargin = 4; // taps of the cubic kernel
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        foreach ((int x, int y) in (ReadOnlySpan<(int, int)>)[(0, 0), (cropWidth, 0), (0, cropHeight), (cropWidth, cropHeight)])
        {
            System.Numerics.Vector2 corner = fromCrop.Apply(new(x, y));
            left = Math.Min(left, corner.X);
            right = Math.Max(right, corner.X);
            top = Math.Min(top, corner.Y);
            bottom = Math.Max(bottom, corner.Y);
        }

        (int x0, int x1) = Clip(left, right, frameWidth);
        (int y0, int y1) = Clip(top, bottom, frameHeight);
        return new Rect(x0, y0, x1 - x0, y1 - y0);

        static (int From, int To) Clip(float from, float to, int size)
        {
            int first = Math.Clamp((int)MathF.Floor(Math.Clamp(from, -1e6f, 1e6f)) - InterpolationMargin, 0, Math.Max(0, size - 2)) & ~1;
            int last = Math.Clamp((int)MathF.Ceiling(Math.Clamp(to, -1e6f, 1e6f)) + InterpolationMargin, Math.Min(size, first + 2), size);
            return (first, last);
        }
    }

    private static void Fill(Mat matrix, int row, float y, float u, float v, float offset)
    {
        matrix.Set(row, 0, y);
        matrix.Set(row, 1, u);
        matrix.Set(row, 2, v);
        matrix.Set(row, 3, offset);
    }

    private static void Warp(Mat source, Mat crop, SimilarityTransform toCrop)
    {
        // OpenCV puts pixel centres at integers: u + .5 = T(x + .5).
        double tx = toCrop.Tx + (0.5 * (toCrop.A - toCrop.B)) - 0.5;
        double ty = toCrop.Ty + (0.5 * (toCrop.A + toCrop.B)) - 0.5;
        using Mat matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, new[] { toCrop.A, -toCrop.B, tx, toCrop.B, toCrop.A, ty });
        InterpolationFlags kernel = toCrop.Scale > 1 ? InterpolationFlags.Cubic : InterpolationFlags.Linear;
        Cv2.WarpAffine(source, crop, matrix, crop.Size(), kernel, BorderTypes.Replicate);
    }

    private static void CheckRegion(PixelSpec spec, Rect region, Mat bgr)
    {
        if (!spec.IsYuv)
        {
            throw new ArgumentException($"Expected planar YUV, got {spec.Format}.", nameof(spec));
        }

        if (region.X < 0 || region.Y < 0 || region.Width < 1 || region.Height < 1 || region.Right > spec.Width || region.Bottom > spec.Height)
        {
            throw new ArgumentException($"Region {region} leaves the frame of {spec.Width} x {spec.Height}.", nameof(region));
        }

        if (bgr.Type() != MatType.CV_8UC3 || bgr.Width != region.Width || bgr.Height != region.Height)
        {
            throw new ArgumentException($"Expected an 8-bit BGR picture of {region.Width} x {region.Height}, got {bgr}.", nameof(bgr));
        }
    }

    private static Span<T> Samples<T>(PixelBuffer frame, int y, int plane)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(frame.Row(y, plane));

    private static void Read<T>(PixelBuffer frame, ColorSpec color, Rect region, Mat bgr, int depthShift)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        YuvCoefficients k = YuvCoefficients.Of(color);
        float c = 1 / k.ChromaScale;

        // Chroma sums below carry a weight of 8 (4 down times 2 across).
        int lumaGain = YuvCoefficients.Fixed(1 / k.LumaScale / (1 << depthShift));
        float redV = 2 * (1 - k.Kr) * c, blueU = 2 * (1 - k.Kb) * c;
        float chromaUnit = 1f / 8 / (1 << depthShift);
        int rv = YuvCoefficients.Fixed(redV * chromaUnit), bu = YuvCoefficients.Fixed(blueU * chromaUnit);
        int gu = YuvCoefficients.Fixed(-k.Kb / k.Kg * blueU * chromaUnit), gv = YuvCoefficients.Fixed(-k.Kr / k.Kg * redV * chromaUnit);
        int lumaOffset = ((int)k.LumaOffset << depthShift) * lumaGain;
        int half = 1 << (YuvCoefficients.Bits - 1);
        int chromaZero = 128 * 8 << depthShift;

        int firstChroma = region.X / 2;
        int chromaWidth = frame.Spec.Plane(1).Width, chromaHeight = frame.Spec.Plane(1).Height;
        int chromaCount = Math.Min(chromaWidth, ((region.Right - 1) / 2) + 2) - firstChroma;
        int[] uRow = new int[chromaCount + 1], vRow = new int[chromaCount + 1];

        for (int row = 0; row < region.Height; row++)
        {
            int y = region.Y + row;
            int near = Math.Min(y / 2, chromaHeight - 1);
            int far = Math.Clamp(near + ((y & 1) == 0 ? -1 : 1), 0, chromaHeight - 1);
            Interpolate(Samples<T>(frame, near, 1), Samples<T>(frame, far, 1), uRow);
            Interpolate(Samples<T>(frame, near, 2), Samples<T>(frame, far, 2), vRow);
            ReadOnlySpan<T> luma = Samples<T>(frame, y, 0).Slice(region.X, region.Width);
            Span<byte> target = RowOf(bgr, row);
            for (int x = 0, at = 0; x < luma.Length; x++, at += 3)
            {
                int i = ((region.X + x) >> 1) - firstChroma;
                bool odd = ((region.X + x) & 1) != 0;
                int u = (odd ? uRow[i] + uRow[i + 1] : 2 * uRow[i]) - chromaZero;
                int v = (odd ? vRow[i] + vRow[i + 1] : 2 * vRow[i]) - chromaZero;
                int l = (int.CreateTruncating(luma[x]) * lumaGain) - lumaOffset + half;
                target[at] = Clamp8((l + (bu * u)) >> YuvCoefficients.Bits);
                target[at + 1] = Clamp8((l + (gu * u) + (gv * v)) >> YuvCoefficients.Bits);
                target[at + 2] = Clamp8((l + (rv * v)) >> YuvCoefficients.Bits);
            }
        }

        void Interpolate(ReadOnlySpan<T> near, ReadOnlySpan<T> far, int[] to)
        {
            for (int i = 0; i < chromaCount; i++)
            {
                to[i] = (3 * int.CreateTruncating(near[firstChroma + i])) + int.CreateTruncating(far[firstChroma + i]);
            }

            to[chromaCount] = to[chromaCount - 1];
        }
    }

    private static void Write<T>(PixelBuffer frame, ColorSpec color, Rect region, Mat bgr, Mat? alpha8, int depthShift)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        YuvCoefficients k = YuvCoefficients.Of(color);
        int top = (1 << (8 + depthShift)) - 1;
        float unit = k.LumaScale * (1 << depthShift);
        int yr = YuvCoefficients.Fixed(k.Kr * unit), yg = YuvCoefficients.Fixed(k.Kg * unit), yb = YuvCoefficients.Fixed(k.Kb * unit);
        int lumaOffset = ((int)k.LumaOffset << (depthShift + YuvCoefficients.Bits)) + (1 << (YuvCoefficients.Bits - 1));
        float u = k.ChromaScale * (1 << depthShift) / (2 * (1 - k.Kb)), v = k.ChromaScale * (1 << depthShift) / (2 * (1 - k.Kr));

        int chromaWidth = frame.Spec.Plane(1).Width;
        int firstChroma = region.X / 2, lastChroma = (region.Right - 1) / 2;
        long[] sumB = new long[region.Width], sumG = new long[region.Width], sumR = new long[region.Width];
        int[] weight = new int[region.Width];
        for (int chromaY = region.Y / 2; chromaY <= (region.Bottom - 1) / 2; chromaY++)
        {
            int rowsOfChroma = Math.Min(2, frame.Spec.Height - (chromaY * 2));
            Array.Clear(sumB);
            Array.Clear(sumG);
            Array.Clear(sumR);
            Array.Clear(weight);
            for (int y = Math.Max(region.Y, chromaY * 2); y < Math.Min(region.Bottom, (chromaY * 2) + 2); y++)
            {
                ReadOnlySpan<byte> source = RowOf(bgr, y - region.Y);
                ReadOnlySpan<byte> alpha = alpha8 is null ? default : RowOf(alpha8, y - region.Y);
                Span<T> luma = Samples<T>(frame, y, 0).Slice(region.X, region.Width);
                for (int x = 0, at = 0; x < luma.Length; x++, at += 3)
                {
                    int a = alpha8 is null ? 255 : alpha[x];
                    if (a == 0)
                    {
                        continue;
                    }

                    int b = source[at], g = source[at + 1], r = source[at + 2];
                    int old = int.CreateTruncating(luma[x]);
                    int fresh = ((yr * r) + (yg * g) + (yb * b) + lumaOffset) >> YuvCoefficients.Bits;
                    luma[x] = T.CreateTruncating(Math.Clamp(old + RoundedShare(fresh - old, a), 0, top));
                    sumB[x] += a * b;
                    sumG[x] += a * g;
                    sumR[x] += a * r;
                    weight[x] += a;
                }
            }

            Span<T> uRow = Samples<T>(frame, chromaY, 1), vRow = Samples<T>(frame, chromaY, 2);
            for (int i = firstChroma; i <= Math.Min(lastChroma, chromaWidth - 1); i++)
            {
                // [1 2 1] across, centred on the even column; weighted by alpha, so that colours outside the mask do not leak in.
                long b = 0, g = 0, r = 0, w = 0;
                int full = 0;
                for (int tap = -1; tap <= 1; tap++)
                {
                    int gain = tap == 0 ? 2 : 1;
                    int column = (2 * i) + tap;
                    full += column >= 0 && column < frame.Spec.Width ? gain : 0;
                    int x = column - region.X;
                    if (x < 0 || x >= weight.Length)
                    {
                        continue;
                    }

                    b += gain * sumB[x];
                    g += gain * sumG[x];
                    r += gain * sumR[x];
                    w += gain * weight[x];
                }

                if (w == 0)
                {
                    continue;
                }

                float blue = (float)b / w, green = (float)g / w, red = (float)r / w;
                float y = (k.Kr * red) + (k.Kg * green) + (k.Kb * blue);
                float share = Math.Min(1f, w / (255f * rowsOfChroma * full));
                uRow[i] = Blend(uRow[i], ((blue - y) * u) + (128 << depthShift), share);
                vRow[i] = Blend(vRow[i], ((red - y) * v) + (128 << depthShift), share);
            }
        }

        T Blend(T old, float fresh, float share)
        {
            float before = int.CreateTruncating(old);
            return T.CreateTruncating(Math.Clamp((int)MathF.Round(before + (share * (fresh - before))), 0, top));
        }
    }

    private static int RoundedShare(int difference, int alpha)
    {
        int product = difference * alpha;
        return (product + (product >= 0 ? 127 : -127)) / 255;
    }

    private static byte Clamp8(int value) => (byte)Math.Clamp(value, 0, 255);

    private static unsafe Span<byte> RowOf(Mat mat, int row) => new((void*)mat.Ptr(row), mat.Width * (int)mat.ElemSize());
}
