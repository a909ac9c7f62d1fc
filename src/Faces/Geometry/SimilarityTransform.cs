using System.Numerics;

namespace VideoGaze.Faces.Geometry;

/// <summary>
/// Rotation, uniform scale and shift of the plane: u = A x - B y + Tx, v = B x + A y + Ty. Coordinates are continuous pixels
/// with the left edge of the left-most pixel at 0 (pixel centres at half-integers).
/// </summary>
/// <param name="A">Scale times cosine of the rotation.</param>
/// <param name="B">Scale times sine of the rotation (positive turns x toward y, which is clockwise on a screen).</param>
/// <param name="Tx">Shift in x.</param>
/// <param name="Ty">Shift in y.</param>
public readonly record struct SimilarityTransform(double A, double B, double Tx, double Ty)
{
    /// <summary>Changes nothing.</summary>
    public static SimilarityTransform Identity => new(1, 0, 0, 0);

    /// <summary>Uniform scale factor.</summary>
    public double Scale => Math.Sqrt((A * A) + (B * B));

    /// <summary>Rotation in radians, clockwise on a screen.</summary>
    public double Rotation => Math.Atan2(B, A);

    /// <summary>Where a point goes.</summary>
    public Vector2 Apply(Vector2 point) => new((float)((A * point.X) - (B * point.Y) + Tx), (float)((B * point.X) + (A * point.Y) + Ty));

    /// <summary>The transform that undoes this one.</summary>
    /// <exception cref="InvalidOperationException">The scale is 0.</exception>
    public SimilarityTransform Inverse()
    {
        double square = (A * A) + (B * B);
        if (square == 0)
        {
            throw new InvalidOperationException("A transform of scale 0 has no inverse.");
        }

        double a = A / square;
        double b = -B / square;
        return new(a, b, -((a * Tx) - (b * Ty)), -((b * Tx) + (a * Ty)));
    }

    /// <summary>This transform first, then <paramref name="next"/>.</summary>
    public SimilarityTransform Then(SimilarityTransform next) => new(
        (next.A * A) - (next.B * B),
        (next.B * A) + (next.A * B),
        (next.A * Tx) - (next.B * Ty) + next.Tx,
        (next.B * Tx) + (next.A * Ty) + next.Ty);

    /// <summary>
    /// The least-squares similarity that carries <paramref name="from"/> onto <paramref name="to"/>
    /// (Umeyama 1991, IEEE TPAMI 13(4), without reflection).
    /// </summary>
    /// <exception cref="ArgumentException">Fewer than two points, unequal counts, or all source points in one place.</exception>
    public static SimilarityTransform Fit(ReadOnlySpan<Vector2> from, ReadOnlySpan<Vector2> to)
    {
        if (from.Length != to.Length || from.Length < 2)
        {
            throw new ArgumentException($"A similarity needs at least two pairs of points, got {from.Length} and {to.Length}.", nameof(to));
        }

        double fromX = 0, fromY = 0, toX = 0, toY = 0;
        for (int i = 0; i < from.Length; i++)
        {
            fromX += from[i].X;
            fromY += from[i].Y;
            toX += to[i].X;
            toY += to[i].Y;
        }

        fromX /= from.Length;
        fromY /= from.Length;
        toX /= from.Length;
        toY /= from.Length;

        double dot = 0, cross = 0, spread = 0;
        for (int i = 0; i < from.Length; i++)
        {
            double x = from[i].X - fromX, y = from[i].Y - fromY, u = to[i].X - toX, v = to[i].Y - toY;
            dot += (x * u) + (y * v);
            cross += (x * v) - (y * u);
            spread += (x * x) + (y * y);
        }

        if (spread <= 0)
        {
            throw new ArgumentException("All source points lie in one place.", nameof(from));
        }

        double a = dot / spread;
        double b = cross / spread;
        return new(a, b, toX - ((a * fromX) - (b * fromY)), toY - ((b * fromX) + (a * fromY)));
    }
}
