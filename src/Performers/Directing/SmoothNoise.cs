using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Directing;

/// <summary>
/// A random curve over time without corners: a uniform cubic B-spline over normal numbers. It is a function of time, not of frames, so the same seed moves
/// the same way at any frame rate.
/// </summary>
internal sealed class SmoothNoise
{
    // Mean square of a spline's four weights over a knot interval is 151/315; this makes the curve's deviation that of the numbers.
    private const float Normalisation = 1.4443f;

    private readonly float[] knots;
    private readonly float spacing;

    /// <summary>Draws a curve.</summary>
    /// <param name="random">Advanced by a number for each knot.</param>
    /// <param name="seconds">Length; the curve goes on level after it.</param>
    /// <param name="spacing">Seconds between knots: the curve has no period shorter than about twice that.</param>
    /// <param name="deviation">Standard deviation of its values.</param>
    public SmoothNoise(Random random, float seconds, float spacing, float deviation)
    {
        this.spacing = spacing;
        knots = new float[(int)MathF.Ceiling(seconds / spacing) + 4];
        for (int i = 0; i < knots.Length; i++)
        {
            knots[i] = Normalisation * deviation * random.NextGaussian();
        }
    }

    /// <summary>The value at a time, seconds.</summary>
    public float At(float time)
    {
        float place = Math.Max(0, time / spacing);
        int i = (int)place;
        float u = place - i, v = 1 - u;
        return ((v * v * v * Knot(i)) + (((3 * u * u * u) - (6 * u * u) + 4) * Knot(i + 1)) + (((3 * v * v * v) - (6 * v * v) + 4) * Knot(i + 2)) + (u * u * u * Knot(i + 3))) / 6;
    }

    private float Knot(int index) => knots[Math.Min(index, knots.Length - 1)];
}
