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
    /// <summary>Frames that two estimates of one event may lie apart: lids close within two to four frames at 30 a second.</summary>
    internal const double LeastSlack = 2;

    // A tenth of a second: two estimates of one event begin within three frames of each other at 30 a second.
    private const double SlackSeconds = 0.1;

    /// <summary>Frames that two estimates of one event may lie apart in a video.</summary>
    internal static double Slack(double frameSeconds, double lagFrames) => Math.Max(LeastSlack, SlackSeconds / frameSeconds) + Math.Abs(lagFrames);

    /// <summary>
    /// Pairs each event of the source with the one of the output that begins nearest to it. An event of the output serves one of the source, or all that it overlaps: two blinks
    /// that run together are both kept. What overlaps an event of the source is not invented, in however many pieces it comes.
    /// </summary>
    /// <param name="source">First and last frame of each.</param>
    /// <param name="output">First and last frame of each.</param>
    /// <param name="slack">Frames that two estimates of one event may lie apart.</param>
    /// <param name="frameSeconds">Seconds between frames.</param>
    internal static EventAgreement Of(IReadOnlyList<(int First, int Last)> source, IReadOnlyList<(int First, int Last)> output, double slack, double frameSeconds)
    {
        var served = new HashSet<int>();
        double shift = 0;
        int kept = 0;
        foreach ((int First, int Last) one in source)
        {
            int best = -1;
            for (int i = 0; i < output.Count; i++)
            {
                bool free = !served.Contains(i) || Meet(one, output[i], 0);
                if (free && Meet(one, output[i], slack) && (best < 0 || Math.Abs(output[i].First - one.First) < Math.Abs(output[best].First - one.First)))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                served.Add(best);
                kept++;
                shift += output[best].First - one.First;
            }
        }

        int invented = output.Where((other, i) => !served.Contains(i) && !source.Any(one => Meet(one, other, 0))).Count();
        return new(source.Count, output.Count, kept, source.Count - kept, invented, kept == 0 ? null : Spread.Round(shift / kept * frameSeconds, 4));
    }

    private static bool Meet((int First, int Last) a, (int First, int Last) b, double slack) => a.First - slack <= b.Last && b.First - slack <= a.Last;
}
