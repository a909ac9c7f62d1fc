using System.Numerics;

namespace VideoGaze.Faces.Geometry;

/// <summary>Plane geometry of closed rings of points. Screen coordinates: y down.</summary>
public static class Polygon
{
    /// <summary>Area by the shoelace formula; positive where the ring runs clockwise on a screen.</summary>
    public static double SignedArea(ReadOnlySpan<Vector2> ring)
    {
        double twice = 0;
        for (int i = 0; i < ring.Length; i++)
        {
            Vector2 a = ring[i];
            Vector2 b = ring[(i + 1) % ring.Length];
            twice += ((double)a.X * b.Y) - ((double)b.X * a.Y);
        }

        return twice / 2;
    }

    /// <summary>Whether a point lies inside a ring (even-odd rule).</summary>
    public static bool Contains(ReadOnlySpan<Vector2> ring, Vector2 point)
    {
        bool inside = false;
        for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
        {
            Vector2 a = ring[i];
            Vector2 b = ring[j];
            if ((a.Y > point.Y) != (b.Y > point.Y) && point.X < ((b.X - a.X) * (point.Y - a.Y) / (b.Y - a.Y)) + a.X)
            {
                inside = !inside;
            }
        }

        return inside;
    }

    /// <summary>The convex hull, clockwise on a screen from the left-most point, without points on its edges (Andrew's monotone chain).</summary>
    public static Vector2[] ConvexHull(ReadOnlySpan<Vector2> points)
    {
        Vector2[] sorted = points.ToArray();
        Array.Sort(sorted, static (a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        if (sorted.Length < 3)
        {
            return sorted;
        }

        var hull = new List<Vector2>(sorted.Length);
        Chain(sorted);
        Array.Reverse(sorted);
        Chain(sorted.AsSpan(1));
        hull.RemoveAt(hull.Count - 1);
        return [.. hull];

        void Chain(ReadOnlySpan<Vector2> ordered)
        {
            int start = Math.Max(0, hull.Count - 1);
            foreach (Vector2 point in ordered)
            {
                while (hull.Count - start >= 2 && Cross(hull[^2], hull[^1], point) <= 0)
                {
                    hull.RemoveAt(hull.Count - 1);
                }

                hull.Add(point);
            }
        }
    }

    /// <summary>The smallest axis-parallel box around points.</summary>
    public static FaceBox Bounds(ReadOnlySpan<Vector2> points)
    {
        if (points.IsEmpty)
        {
            throw new ArgumentException("No points have no bounds.", nameof(points));
        }

        Vector2 low = points[0];
        Vector2 high = points[0];
        foreach (Vector2 point in points)
        {
            low = Vector2.Min(low, point);
            high = Vector2.Max(high, point);
        }

        return new(low.X, low.Y, high.X - low.X, high.Y - low.Y);
    }

    private static double Cross(Vector2 origin, Vector2 a, Vector2 b) =>
        ((double)(a.X - origin.X) * (b.Y - origin.Y)) - ((double)(a.Y - origin.Y) * (b.X - origin.X));
}
