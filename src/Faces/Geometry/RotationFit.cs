using System.Numerics;

namespace VideoGaze.Faces.Geometry;

/// <summary>The rotation that carries one cloud of points best onto another (Horn 1987, J. Opt. Soc. Am. A 4(4), unit quaternions).</summary>
public static class RotationFit
{
    /// <summary>Least-squares rotation from <paramref name="from"/> to <paramref name="to"/>, whatever the two clouds' places and sizes.</summary>
    /// <returns>Unit quaternion.</returns>
    /// <exception cref="ArgumentException">Fewer than three points, or unequal counts.</exception>
    public static Quaternion Between(ReadOnlySpan<Vector3> from, ReadOnlySpan<Vector3> to)
    {
        if (from.Length != to.Length || from.Length < 3)
        {
            throw new ArgumentException($"A rotation needs at least three pairs of points, got {from.Length} and {to.Length}.", nameof(to));
        }

        Vector3 fromMean = Mean(from);
        Vector3 toMean = Mean(to);
        Span<double> s = stackalloc double[9];
        for (int i = 0; i < from.Length; i++)
        {
            Vector3 a = from[i] - fromMean;
            Vector3 b = to[i] - toMean;
            for (int row = 0; row < 3; row++)
            {
                for (int column = 0; column < 3; column++)
                {
                    s[(3 * row) + column] += (double)a[row] * b[column];
                }
            }
        }

        double[,] n =
        {
            { s[0] + s[4] + s[8], s[5] - s[7], s[6] - s[2], s[1] - s[3] },
            { s[5] - s[7], s[0] - s[4] - s[8], s[1] + s[3], s[6] + s[2] },
            { s[6] - s[2], s[1] + s[3], s[4] - s[0] - s[8], s[5] + s[7] },
            { s[1] - s[3], s[6] + s[2], s[5] + s[7], s[8] - s[0] - s[4] },
        };
        double[] q = LargestEigenvector(n);
        return new Quaternion((float)q[1], (float)q[2], (float)q[3], (float)q[0]);
    }

    private static Vector3 Mean(ReadOnlySpan<Vector3> points)
    {
        Vector3 sum = Vector3.Zero;
        foreach (Vector3 point in points)
        {
            sum += point;
        }

        return sum / points.Length;
    }

    /// <summary>Jacobi's method: a 4 x 4 symmetric matrix is diagonal to rounding after a few sweeps.</summary>
    private static double[] LargestEigenvector(double[,] matrix)
    {
        double[,] vectors = { { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 } };
        const int sweeps = 12;
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            for (int p = 0; p < 3; p++)
            {
                for (int q = p + 1; q < 4; q++)
                {
                    if (matrix[p, q] != 0)
                    {
                        Rotate(matrix, vectors, p, q);
                    }
                }
            }
        }

        int best = 0;
        for (int i = 1; i < 4; i++)
        {
            best = matrix[i, i] > matrix[best, best] ? i : best;
        }

        return [vectors[0, best], vectors[1, best], vectors[2, best], vectors[3, best]];
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        for (int k = 0; k < 4; k++)
        {
            (matrix[k, p], matrix[k, q]) = ((c * matrix[k, p]) - (s * matrix[k, q]), (s * matrix[k, p]) + (c * matrix[k, q]));
        }

        for (int k = 0; k < 4; k++)
        {
            (matrix[p, k], matrix[q, k]) = ((c * matrix[p, k]) - (s * matrix[q, k]), (s * matrix[p, k]) + (c * matrix[q, k]));
            (vectors[k, p], vectors[k, q]) = ((c * vectors[k, p]) - (s * vectors[k, q]), (s * vectors[k, p]) + (c * vectors[k, q]));
        }
    }
}
