namespace VideoGaze.Faces.Identity;

/// <summary>How well likenesses tell pairs of pictures of one person from pairs of two.</summary>
/// <param name="Pairs">Pairs compared.</param>
/// <param name="Auc">Chance that a pair of one person looks more alike than a pair of two (area under the ROC curve).</param>
/// <param name="Tar">Share of pairs of one person above <paramref name="Bound"/>.</param>
/// <param name="Bound">The likeness that 1 % of the pairs of two people reach.</param>
public sealed record Verification(int Pairs, double Auc, double Tar, double Bound)
{
    /// <summary>The figures of these likenesses.</summary>
    /// <param name="same">Of pairs that show one person.</param>
    /// <param name="different">Of pairs that show two.</param>
    public static Verification Of(IReadOnlyList<double> same, IReadOnlyList<double> different)
    {
        if (same.Count == 0 || different.Count == 0)
        {
            return new(same.Count + different.Count, double.NaN, double.NaN, double.NaN);
        }

        double[] others = [.. different.Order()];
        double below = 0;
        foreach (double likeness in same)
        {
            // Pairs of two people that are less alike; one that is equally alike counts half.
            int first = Array.BinarySearch(others, likeness), last = first;
            if (first < 0)
            {
                below += ~first;
                continue;
            }

            while (first > 0 && others[first - 1] == likeness)
            {
                first--;
            }

            while (last + 1 < others.Length && others[last + 1] == likeness)
            {
                last++;
            }

            below += first + ((last - first + 1) / 2.0);
        }

        double bound = others[Math.Min(others.Length - 1, (int)Math.Ceiling(others.Length * 0.99))];
        return new(same.Count + different.Count, below / ((double)same.Count * others.Length), (double)same.Count(likeness => likeness > bound) / same.Count, bound);
    }

    /// <summary>Pearson's correlation.</summary>
    public static double Correlation(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double shared = 0, spreadA = 0, spreadB = 0;
        for (int i = 0; i < a.Count; i++)
        {
            double x = a[i] - meanA, y = b[i] - meanB;
            (shared, spreadA, spreadB) = (shared + (x * y), spreadA + (x * x), spreadB + (y * y));
        }

        return shared / Math.Sqrt(spreadA * spreadB);
    }
}
