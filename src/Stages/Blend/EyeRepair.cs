using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Blend;

/// <summary>
/// Lays the target's own eyes back over a swapped face. Their lids take on the new face's colours: the difference between both skins, measured on a ring around each eye and carried smoothly across it, is
/// added to what is laid on, so that no edge shows. What is between the lids stays as it was to the pixel: the difference of two skins made whites green and irises black.
/// </summary>
internal static class EyeRepair
{
    // Reach of the smooth difference, in eye widths: from the ring to the middle of the eye.
    private const double Smoothing = 0.4;

    // Softness of the lids' edge in eye widths (a lid's margin is a twentieth wide), and at least in pixels.
    private const double EdgeShare = 0.04, LeastSoftness = 0.5;

    /// <summary>Changes the frame in place.</summary>
    /// <param name="frame">Swapped.</param>
    /// <param name="color">How its samples are to be read.</param>
    /// <param name="original">What it showed before.</param>
    /// <param name="mesh">The target's face, frame pixels.</param>
    /// <param name="extent">How much of them.</param>
    public static void Lay(PixelBuffer frame, ColorSpec color, OriginalEyes original, FaceMesh mesh, EyeExtent extent)
    {
        Rect place = original.Place;
        var eyes = EyePair.FromMesh(mesh);
        using var alpha = new Mat(place.Height, place.Width, MatType.CV_8UC1);
        using var ring = new Mat(place.Height, place.Width, MatType.CV_32FC1);
        EyeRegion.Draw(eyes, mesh, place, extent, alpha, ring);

        using var swapped = new Mat(place.Height, place.Width, MatType.CV_8UC3);
        FramePixels.ReadBgr(frame, color, place, swapped);
        using Mat own = PlaneView.Of(original.Pixels);
        using Mat offset = SkinDifference(own, swapped, ring, Smoothing * Math.Max(eyes.Left.Width, eyes.Right.Width));
        TakeFromOpenings(offset, mesh, place, Math.Max(LeastSoftness, EdgeShare * Math.Max(eyes.Left.Width, eyes.Right.Width)));
        using var matched = new Mat();
        Cv2.Add(own, offset, matched, null, MatType.CV_8U);
        FramePixels.WriteBgr(frame, color, place, matched, alpha);
    }

    /// <summary>Lowers the difference to 0 between the lids.</summary>
    private static void TakeFromOpenings(Mat difference, FaceMesh mesh, Rect place, double softness)
    {
        using var lids = new Mat(difference.Size(), MatType.CV_8UC1, Scalar.All(255));
        foreach (IReadOnlyList<int> opening in (ReadOnlySpan<IReadOnlyList<int>>)[MeshTopology.ImageLeftEye, MeshTopology.ImageRightEye])
        {
            BlendMask.Fill(lids, Polygon.ConvexHull(MeshTopology.Select(mesh, opening)), 0, place.TopLeft);
        }

        using var share = new Mat();
        lids.ConvertTo(share, MatType.CV_32F, 1 / 255.0);
        Cv2.GaussianBlur(share, share, default, softness, softness, BorderTypes.Replicate);
        using var shares = new Mat();
        Cv2.Merge([share, share, share], shares);
        Cv2.Multiply(difference, shares, difference);
    }

    /// <summary>New skin minus own skin, known on the ring only and spread from there: a weighted mean of the ring's pixels around each pixel.</summary>
    private static Mat SkinDifference(Mat own, Mat swapped, Mat ring, double sigma)
    {
        var difference = new Mat();
        Cv2.Subtract(swapped, own, difference, null, MatType.CV_32F);
        using var weight = new Mat();
        int rows = ring.Rows;
        Cv2.GaussianBlur(ring, weight, default, sigma, sigma, BorderTypes.Constant);
        for (int y = 0; y < rows; y++)
        {
            Span<Vector3> row = MemoryMarshal.Cast<Vec3f, Vector3>(difference.RowSpan<Vec3f>(y));
            ReadOnlySpan<float> weights = ring.RowSpan<float>(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] *= weights[x];
            }
        }

        Cv2.GaussianBlur(difference, difference, default, sigma, sigma, BorderTypes.Constant);
        for (int y = 0; y < rows; y++)
        {
            Span<Vector3> row = MemoryMarshal.Cast<Vec3f, Vector3>(difference.RowSpan<Vec3f>(y));
            ReadOnlySpan<float> weights = weight.RowSpan<float>(y);
            for (int x = 0; x < row.Length; x++)
            {
                // Far from any ring there is nothing to compare, and nothing is laid on either.
                row[x] = weights[x] > 1e-3f ? row[x] / weights[x] : Vector3.Zero;
            }
        }

        return difference;
    }
}
