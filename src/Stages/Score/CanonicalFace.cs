using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Stages.Score;

/// <summary>
/// Lays every face onto one frontal face, triangle by triangle between its 68 landmarks, so that a skin pixel keeps its place however the head turns and the mouth moves.
/// What then still changes from frame to frame is the picture, not the pose.
/// </summary>
internal sealed class CanonicalFace : IDisposable
{
    /// <summary>Side of the frontal picture in pixels.</summary>
    public const int Side = 128;

    // Mean of the true landmarks of 84 rendered faces of 38 people who train nothing, heads within 12 degrees of yaw and 10 of pitch, aligned to each other
    // (generalised Procrustes) and made symmetric; x, y in parts of the side.
    private static readonly float[] MeanFace =
    [
        0.022f, 0.207f, 0.026f, 0.349f, 0.043f, 0.476f, 0.067f, 0.602f, 0.120f, 0.745f, 0.209f, 0.870f, 0.289f, 0.933f, 0.391f, 0.976f, 0.500f, 1.000f,
        0.609f, 0.976f, 0.711f, 0.933f, 0.791f, 0.870f, 0.880f, 0.745f, 0.933f, 0.602f, 0.957f, 0.476f, 0.974f, 0.349f, 0.978f, 0.207f,
        0.102f, 0.086f, 0.159f, 0.025f, 0.236f, 0.000f, 0.331f, 0.000f, 0.418f, 0.018f, 0.582f, 0.018f, 0.669f, 0.000f, 0.764f, 0.000f, 0.841f, 0.025f, 0.898f, 0.086f,
        0.500f, 0.175f, 0.500f, 0.252f, 0.500f, 0.323f, 0.500f, 0.411f, 0.406f, 0.524f, 0.455f, 0.525f, 0.500f, 0.529f, 0.545f, 0.525f, 0.594f, 0.524f,
        0.193f, 0.207f, 0.231f, 0.179f, 0.307f, 0.174f, 0.373f, 0.217f, 0.311f, 0.226f, 0.232f, 0.227f,
        0.627f, 0.217f, 0.693f, 0.174f, 0.769f, 0.179f, 0.807f, 0.207f, 0.768f, 0.227f, 0.689f, 0.226f,
        0.316f, 0.697f, 0.371f, 0.640f, 0.444f, 0.612f, 0.500f, 0.616f, 0.556f, 0.612f, 0.629f, 0.640f, 0.684f, 0.697f, 0.634f, 0.756f, 0.579f, 0.785f, 0.500f, 0.797f,
        0.421f, 0.785f, 0.366f, 0.756f, 0.339f, 0.698f, 0.425f, 0.677f, 0.500f, 0.678f, 0.575f, 0.677f, 0.661f, 0.698f, 0.581f, 0.715f, 0.500f, 0.723f, 0.419f, 0.715f,
    ];

    private readonly Place[] places;
    private readonly Mat mapX = new(Side, Side, MatType.CV_32F);
    private readonly Mat mapY = new(Side, Side, MatType.CV_32F);

    public CanonicalFace()
    {
        places = Places(Points);
        Region = [.. places.Select(place => place.Triangle is not null)];
    }

    /// <summary>The landmarks of the frontal face, pixels of its picture.</summary>
    public static Vector2[] Points { get; } = [.. Enumerable.Range(0, IbugLandmarks.Count).Select(i => new Vector2(MeanFace[2 * i], MeanFace[(2 * i) + 1]) * Side)];

    /// <summary>Which pixels of the frontal picture belong to the face, row after row.</summary>
    public IReadOnlyList<bool> Region { get; }

    /// <summary>A face laid onto the frontal one, row after row; 0 outside the region.</summary>
    /// <param name="luma">Picture around the face, 32F.</param>
    /// <param name="landmarks">68 points, frame pixels.</param>
    /// <param name="origin">Where the picture lies in the frame.</param>
    public float[] Unfold(Mat luma, ReadOnlySpan<Vector2> landmarks, Point origin)
    {
        FillMaps(landmarks, origin);
        using Mat smooth = new(), face = new();

        // Shrinking aliases, and an alias flickers: low-pass to the width of the frontal pixels first.
        FaceBox bounds = Polygon.Bounds(landmarks);
        double shrink = Math.Max(bounds.Width, bounds.Height) / Side;
        bool shrinks = shrink > 1;
        if (shrinks)
        {
            Cv2.GaussianBlur(luma, smooth, new Size(0, 0), 0.5 * shrink, 0.5 * shrink, BorderTypes.Replicate);
        }

        Cv2.Remap(shrinks ? smooth : luma, face, mapX, mapY, InterpolationFlags.Linear, BorderTypes.Replicate);
        face.GetArray(out float[] values);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Region[i] ? values[i] : 0;
        }

        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        mapX.Dispose();
        mapY.Dispose();
    }

    private void FillMaps(ReadOnlySpan<Vector2> landmarks, Point origin)
    {
        var x = new float[places.Length];
        var y = new float[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i].Triangle is not var (a, b, c))
            {
                continue;
            }

            Vector3 weights = places[i].Weights;
            Vector2 at = (weights.X * landmarks[a]) + (weights.Y * landmarks[b]) + (weights.Z * landmarks[c]);

            // OpenCV counts from pixel centres.
            x[i] = at.X - origin.X - 0.5f;
            y[i] = at.Y - origin.Y - 0.5f;
        }

        mapX.SetArray(x);
        mapY.SetArray(y);
    }

    /// <summary>To every pixel the triangle it lies in and its barycentric coordinates there.</summary>
    private static Place[] Places(Vector2[] points)
    {
        List<(int A, int B, int C)> triangles = Delaunay(points);
        var places = new Place[Side * Side];
        for (int i = 0; i < places.Length; i++)
        {
            Vector2 pixel = new((i % Side) + 0.5f, (i / Side) + 0.5f);
            foreach ((int a, int b, int c) in triangles)
            {
                double area = Cross(points[a], points[b], points[c]);
                Vector3 weights = new(
                    (float)(Cross(points[b], points[c], pixel) / area),
                    (float)(Cross(points[c], points[a], pixel) / area),
                    (float)(Cross(points[a], points[b], pixel) / area));
                if (weights.X >= 0 && weights.Y >= 0 && weights.Z >= 0)
                {
                    places[i] = new((a, b, c), weights);
                    break;
                }
            }
        }

        return places;
    }

    /// <summary>All triangles whose circumscribed circle holds no other point. Points on one circle give overlapping triangles, which does not hurt: a pixel takes the first.</summary>
    private static List<(int A, int B, int C)> Delaunay(Vector2[] points)
    {
        var triangles = new List<(int A, int B, int C)>();
        for (int a = 0; a < points.Length; a++)
        {
            for (int b = a + 1; b < points.Length; b++)
            {
                for (int c = b + 1; c < points.Length; c++)
                {
                    double area = Cross(points[a], points[b], points[c]);
                    if (Math.Abs(area) > 1e-3 && IsEmpty(points, area > 0 ? (a, b, c) : (a, c, b)))
                    {
                        triangles.Add((a, b, c));
                    }
                }
            }
        }

        return triangles;
    }

    private static bool IsEmpty(Vector2[] points, (int A, int B, int C) triangle)
    {
        for (int i = 0; i < points.Length; i++)
        {
            if (i != triangle.A && i != triangle.B && i != triangle.C && InCircle(points[triangle.A], points[triangle.B], points[triangle.C], points[i]) > 1e-3)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Positive where a point lies inside the circle through three others that run clockwise on a screen.</summary>
    private static double InCircle(Vector2 a, Vector2 b, Vector2 c, Vector2 point)
    {
        double ax = a.X - point.X, ay = a.Y - point.Y, bx = b.X - point.X, by = b.Y - point.Y, cx = c.X - point.X, cy = c.Y - point.Y;
        double a2 = (ax * ax) + (ay * ay), b2 = (bx * bx) + (by * by), c2 = (cx * cx) + (cy * cy);
        return (ax * ((by * c2) - (b2 * cy))) - (ay * ((bx * c2) - (b2 * cx))) + (a2 * ((bx * cy) - (by * cx)));
    }

    private static double Cross(Vector2 origin, Vector2 a, Vector2 b) =>
        ((double)(a.X - origin.X) * (b.Y - origin.Y)) - ((double)(a.Y - origin.Y) * (b.X - origin.X));

    private readonly record struct Place((int A, int B, int C)? Triangle, Vector3 Weights);
}
