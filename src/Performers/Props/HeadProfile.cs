using System.Numerics;

namespace VideoGaze.Performers.Props;

/// <summary>How far a head reaches in each direction from the middle of the skull, smooth: what cloth lies on. Head frame, cm.</summary>
internal sealed class HeadProfile
{
    private const int Columns = 72;
    private const int Rows = 36;

    // Ears stand out from what cloth lies on; farther out than this at their height is ear.
    private const float HalfWidthWithoutEars = 7.9f;

    private readonly float[] radii = new float[Columns * (Rows + 1)];

    /// <summary>Measures points.</summary>
    /// <param name="points">Skin or hair.</param>
    /// <param name="withoutEars">Leaves out how far ears stand off.</param>
    /// <param name="smoothings">How often it is smoothed, by 5 degrees each.</param>
    public HeadProfile(ReadOnlySpan<Vector3> points, bool withoutEars = true, int smoothings = 3)
    {
        foreach (Vector3 vertex in points)
        {
            Vector3 from = vertex - Middle;
            float length = from.Length();
            if (withoutEars && MathF.Abs(vertex.X) > HalfWidthWithoutEars && vertex.Y > -6)
            {
                length *= HalfWidthWithoutEars / MathF.Abs(vertex.X);
            }

            (float row, float column) = Place(from / from.Length());
            ref float radius = ref radii[((int)MathF.Round(row) * Columns) + ((int)MathF.Round(column) % Columns)];
            radius = Math.Max(radius, length);
        }

        Fill();
        for (int pass = 0; pass < smoothings; pass++)
        {
            Smooth();
        }
    }

    /// <summary>Middle of the skull.</summary>
    public static Vector3 Middle { get; } = new(0, 3.5f, 0);

    /// <summary>How far the head reaches.</summary>
    /// <param name="direction">Unit vector from <see cref="Middle"/>.</param>
    public float RadiusAt(Vector3 direction)
    {
        (float row, float column) = Place(direction);
        int upper = Math.Min((int)row, Rows - 1), left = (int)column % Columns, right = (left + 1) % Columns;
        float down = row - upper, across = column - MathF.Floor(column);
        return float.Lerp(
            float.Lerp(radii[(upper * Columns) + left], radii[(upper * Columns) + right], across),
            float.Lerp(radii[((upper + 1) * Columns) + left], radii[((upper + 1) * Columns) + right], across),
            down);
    }

    // Row from the crown down, column about the head.
    private static (float Row, float Column) Place(Vector3 direction)
    {
        float polar = MathF.Acos(Math.Clamp(direction.Y, -1, 1)), around = MathF.Atan2(direction.X, direction.Z);
        return (polar / MathF.PI * Rows, ((around / (2 * MathF.PI)) + 0.5f) * Columns);
    }

    // Directions without a vertex take the mean of those beside them that have one; what lies below the bust takes its border's.
    private void Fill()
    {
        for (bool isWhole = false; !isWhole;)
        {
            isWhole = true;
            var before = (float[])radii.Clone();
            for (int i = 0; i < radii.Length; i++)
            {
                if (before[i] > 0)
                {
                    continue;
                }

                (float sum, int count) = Neighbours(before, i);
                radii[i] = count > 0 ? sum / count : 0;
                isWhole &= count > 0;
            }
        }
    }

    private void Smooth()
    {
        var before = (float[])radii.Clone();
        for (int i = 0; i < radii.Length; i++)
        {
            (float sum, int count) = Neighbours(before, i);

            // Cloth bridges hollows: it sinks less than it rises.
            float mean = (before[i] + sum) / (1 + count);
            radii[i] = Math.Max(mean, float.Lerp(mean, before[i], 0.6f));
        }

        // The poles are one place each.
        foreach (int row in (ReadOnlySpan<int>)[0, Rows])
        {
            Span<float> pole = radii.AsSpan(row * Columns, Columns);
            float mean = 0;
            foreach (float radius in pole)
            {
                mean += radius / Columns;
            }

            pole.Fill(mean);
        }
    }

    private static (float Sum, int Count) Neighbours(float[] from, int index)
    {
        int row = index / Columns, column = index % Columns, count = 0;
        float sum = 0;
        for (int down = -1; down <= 1; down++)
        {
            for (int across = -1; across <= 1; across++)
            {
                int other = row + down;
                float radius = other is >= 0 and <= Rows ? from[(other * Columns) + ((column + across + Columns) % Columns)] : 0;
                if ((down, across) != (0, 0) && radius > 0)
                {
                    sum += radius;
                    count++;
                }
            }
        }

        return (sum, count);
    }
}
