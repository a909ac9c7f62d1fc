using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Pixels;

/// <summary>Similarity warps of BGR pictures with the low-pass filter that shrinking needs.</summary>
internal static class CropWarp
{
    /// <summary>
    /// The rectangle of the frame that a crop is made from, widened by a margin and clipped; never empty (a crop wholly outside gets the nearest pixels).
    /// </summary>
    public static Rect Bounds(SimilarityTransform toFrame, int cropWidth, int cropHeight, int margin, PixelSpec frame)
    {
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        foreach (Vector2 corner in (ReadOnlySpan<Vector2>)[new(0, 0), new(cropWidth, 0), new(0, cropHeight), new(cropWidth, cropHeight)])
        {
            Vector2 place = toFrame.Apply(corner);
            left = Math.Min(left, place.X);
            top = Math.Min(top, place.Y);
            right = Math.Max(right, place.X);
            bottom = Math.Max(bottom, place.Y);
        }

        (int x0, int x1) = Span(left, right, margin, frame.Width);
        (int y0, int y1) = Span(top, bottom, margin, frame.Height);
        return new Rect(x0, y0, x1 - x0, y1 - y0);
    }

    /// <summary>Warps <paramref name="source"/> into <paramref name="target"/>, repeating border pixels. <paramref name="source"/> may be overwritten.</summary>
    public static void Shrink(Mat source, SimilarityTransform toTarget, Mat target)
    {
        double shrink = 1 / toTarget.Scale;
        if (shrink <= 1)
        {
            Warp(source, toTarget, target, InterpolationFlags.Cubic);
            return;
        }

        // Box-reduce by a power of two first, so that the Gaussian's kernel stays short however large the face is.
        int box = 1;
        while (shrink / box >= 4)
        {
            box *= 2;
        }

        Mat reduced = source;
        try
        {
            if (box > 1)
            {
                // Whole boxes only: pad by repetition, so that one reduced pixel is exactly box x box source pixels.
                using var padded = new Mat();
                int right = (box - (source.Width % box)) % box;
                int bottom = (box - (source.Height % box)) % box;
                Cv2.CopyMakeBorder(source, padded, 0, bottom, 0, right, BorderTypes.Replicate);
                reduced = new Mat();
                Cv2.Resize(padded, reduced, new Size(padded.Width / box, padded.Height / box), 0, 0, InterpolationFlags.Area);
            }

            // Wanted: half a target pixel of standard deviation. Source pixels bring (1/2)^2 of themselves, a box of n pixels (n^2 - 1) / 12.
            double variance = ((shrink * shrink) - 1) / 4;
            double left = (variance - (((box * box) - 1) / 12.0)) / (box * box);
            double sigma = Math.Sqrt(Math.Max(left, 0));

            // Below a fifth of a pixel the kernel is a single tap in 8-bit arithmetic.
            if (sigma > 0.2)
            {
                int reach = Math.Max(1, (int)Math.Ceiling(2.5 * sigma));
                Cv2.GaussianBlur(reduced, reduced, new Size((2 * reach) + 1, (2 * reach) + 1), sigma, sigma, BorderTypes.Replicate);
            }

            Warp(reduced, new SimilarityTransform(box, 0, 0, 0).Then(toTarget), target, InterpolationFlags.Linear);
        }
        finally
        {
            if (reduced != source)
            {
                reduced.Dispose();
            }
        }
    }

    /// <summary>A plain warp between continuous coordinates.</summary>
    public static void Warp(Mat source, SimilarityTransform toTarget, Mat target, InterpolationFlags interpolation, BorderTypes border = BorderTypes.Replicate)
    {
        using Mat matrix = FramePixels.ToOpenCv(toTarget);
        Cv2.WarpAffine(source, target, matrix, target.Size(), interpolation, border, Scalar.All(0));
    }

    private static (int Start, int End) Span(float low, float high, int margin, int length)
    {
        // Clamp as double: a face far outside may lie beyond what an int holds.
        int start = (int)Math.Clamp(Math.Floor((double)low) - margin, 0, length - 1);
        int end = (int)Math.Clamp(Math.Ceiling((double)high) + margin, start + 1, length);
        return (start, end);
    }
}
