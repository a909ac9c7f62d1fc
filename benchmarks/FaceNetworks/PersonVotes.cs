using System.Numerics.Tensors;

namespace VideoGaze.Benchmarks.FaceNetworks;

/// <summary>How often people are taken for whom they are, or for somebody else, as tracking does it: one picture of the person sought against the mean likeness of a few pictures of a candidate.</summary>
/// <param name="Missed">Share of one person's pictures that do not find that person; all people weigh alike.</param>
/// <param name="Taken">Share of one person's pictures that find another; all pairs of people weigh alike.</param>
internal sealed record PersonVotes(double Missed, double Taken)
{
    // As many as a track is looked at (ReferenceVote.Enough).
    private const int Pictures = 5;

    /// <summary>Of all pictures against all people.</summary>
    /// <param name="faces">Unit vectors by person.</param>
    /// <param name="border">Mean cosine from which it is the person.</param>
    public static PersonVotes Of(ILookup<int, float[]> faces, double border)
    {
        List<double> missed = [], taken = [];
        foreach (IGrouping<int, float[]> sought in faces)
        {
            foreach (IGrouping<int, float[]> candidate in faces)
            {
                double found = sought.Average(reference => Likeness(reference, candidate) >= border ? 1.0 : 0);
                (sought.Key == candidate.Key ? missed : taken).Add(sought.Key == candidate.Key ? 1 - found : found);
            }
        }

        return new(missed.Average(), taken.Average());
    }

    /// <summary>Mean over pictures spread evenly over those of the candidate, the reference left out.</summary>
    private static double Likeness(float[] reference, IEnumerable<float[]> candidate)
    {
        float[][] others = [.. candidate.Where(other => other != reference)];
        int count = Math.Min(Pictures, others.Length);
        return Enumerable.Range(0, count).Average(i => TensorPrimitives.Dot<float>(reference, others[i * others.Length / count]));
    }
}
