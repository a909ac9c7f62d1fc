namespace VideoGaze.Stages.Report.Analysis;

/// <summary>Which blinks or saccades of the source the output has too. What is late by the lag that was found is not missed for it.</summary>
/// <param name="Source">Of the source.</param>
/// <param name="Output">Of the output.</param>
/// <param name="Kept">Of the source, in the output too.</param>
/// <param name="Missed">Of the source, not in the output.</param>
/// <param name="Invented">Of the output, not in the source.</param>
/// <param name="ShiftSeconds">Mean of how much later the kept ones begin in the output; null where none were kept.</param>
public sealed record EventAgreement(int Source, int Output, int Kept, int Missed, int Invented, double? ShiftSeconds)
{
    // A tenth of a second: two estimates of one event begin within three frames of each other at 30 a second.
    private const double SlackSeconds = 0.1;

    /// <summary>Pairs events that begin close to each other; each is used once.</summary>
    internal static EventAgreement Of(IReadOnlyList<(int First, int Last)> source, IReadOnlyList<(int First, int Last)> output, double lagFrames, double frameSeconds)
    {
        double slack = Math.Max(2, SlackSeconds / frameSeconds) + Math.Abs(lagFrames);
        var taken = new HashSet<int>();
        double shift = 0;
        int kept = 0;
        foreach ((int First, int Last) one in source)
        {
            int best = -1;
            for (int i = 0; i < output.Count; i++)
            {
                bool meet = one.First - slack <= output[i].Last && output[i].First - slack <= one.Last;
                if (meet && !taken.Contains(i) && (best < 0 || Math.Abs(output[i].First - one.First) < Math.Abs(output[best].First - one.First)))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                taken.Add(best);
                kept++;
                shift += output[best].First - one.First;
            }
        }

        return new(source.Count, output.Count, kept, source.Count - kept, output.Count - kept, kept == 0 ? null : Spread.Round(shift / kept * frameSeconds, 4));
    }
}
