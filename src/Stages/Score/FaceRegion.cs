using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Stages.Score;

/// <summary>
/// Where a face is compared: the hull of its 68 landmarks (brows to chin, without the forehead, which a swapper may leave to the hair), and inside it both eyes with their lids.
/// Owns its masks, which cover <see cref="Bounds"/> only.
/// </summary>
internal sealed class FaceRegion : IDisposable
{
    // Lids beyond the rim of the eye, in eye widths: the crease and the lashes belong to what a look is read from.
    private const double LidMargin = 0.25;

    private FaceRegion(Rect bounds, Mat face, Mat eyes)
    {
        Bounds = bounds;
        Face = face;
        Eyes = eyes;
    }

    /// <summary>Frame pixels; even width and height; reaches beyond the hull as far as the measures look.</summary>
    public Rect Bounds { get; }

    /// <summary>255 inside the hull of all landmarks, 8UC1 of the bounds' size.</summary>
    public Mat Face { get; }

    /// <summary>255 around both eyes, 8UC1 of the bounds' size.</summary>
    public Mat Eyes { get; }

    /// <summary>The region of a face; null where it lies outside the frame.</summary>
    /// <param name="landmarks">68 points, frame pixels.</param>
    /// <param name="frame">Size of the frame.</param>
    public static FaceRegion? Of(ReadOnlySpan<Vector2> landmarks, Size frame)
    {
        Point[] hull = Pixels(Polygon.ConvexHull(landmarks));
        Rect bounds = Cv2.BoundingRect(hull);
        bounds.Inflate(PictureDifference.Reach, PictureDifference.Reach);
        bounds &= new Rect(0, 0, frame.Width, frame.Height);
        bounds.Width &= ~1;
        bounds.Height &= ~1;
        if (bounds.Width < 2 * PictureDifference.Reach || bounds.Height < 2 * PictureDifference.Reach)
        {
            return null;
        }

        Mat face = Mat.Zeros(bounds.Size, MatType.CV_8UC1);
        Cv2.FillConvexPoly(face, Shifted(hull, bounds), Scalar.All(255));
        Mat eyes = Mat.Zeros(bounds.Size, MatType.CV_8UC1);
        FillEye(eyes, landmarks[IbugLandmarks.ImageLeftEye], bounds);
        FillEye(eyes, landmarks[IbugLandmarks.ImageRightEye], bounds);
        return new(bounds, face, eyes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Face.Dispose();
        Eyes.Dispose();
    }

    private static void FillEye(Mat mask, ReadOnlySpan<Vector2> rim, Rect bounds)
    {
        Point[] hull = Shifted(Pixels(Polygon.ConvexHull(rim)), bounds);
        double width = Vector2.Distance(rim[0], rim[3]);
        Cv2.FillConvexPoly(mask, hull, Scalar.All(255));
        Cv2.Polylines(mask, [hull], isClosed: true, Scalar.All(255), Math.Max(1, (int)Math.Round(2 * LidMargin * width)));
    }

    private static Point[] Pixels(Vector2[] points) => Array.ConvertAll(points, point => new Point((int)point.X, (int)point.Y));

    private static Point[] Shifted(Point[] points, Rect bounds) => Array.ConvertAll(points, point => point - bounds.Location);
}
