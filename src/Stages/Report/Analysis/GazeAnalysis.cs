namespace VideoGaze.Stages.Report.Analysis;

/// <summary>What the movement of one person's eyes says: each video alone, both together, and what is wrong.</summary>
/// <param name="FrameSeconds">Seconds between frames.</param>
/// <param name="Source">Movement in the source; null where it was measured in no frame.</param>
/// <param name="Output">Movement in the output; null where it was measured in no frame.</param>
/// <param name="Pair">The output beside the source.</param>
/// <param name="Findings">Faults by name; empty for a faithful output.</param>
public sealed record GazeAnalysis(double FrameSeconds, StreamStatistics? Source, StreamStatistics? Output, PairStatistics? Pair, IReadOnlyList<GazeFinding> Findings)
{
    /// <summary>Analyses one person; null where there are not two frames.</summary>
    internal static GazeAnalysis? Of(GazeSeries series)
    {
        if (series.FrameSeconds() is not { } frameSeconds || frameSeconds <= 0)
        {
            return null;
        }

        var sourceMoves = EyeMovements.Of(series.Source, frameSeconds);
        var outputMoves = EyeMovements.Of(series.Output, frameSeconds);
        List<(int First, int Last)> sourceBlinks = Runs(series.Source.Shut);
        List<(int First, int Last)> outputBlinks = Runs(series.Output.Shut);
        var source = StreamStatistics.Of(series, series.Source, sourceMoves, sourceBlinks, frameSeconds);
        var output = StreamStatistics.Of(series, series.Output, outputMoves, outputBlinks, frameSeconds);

        LagStatistics? lag = LagEstimate.Of(series.Source, series.Output, frameSeconds);
        double lagFrames = lag is { IsCertain: true } ? lag.Frames : 0;
        int late = (int)Math.Round(lagFrames);
        double slack = EventAgreement.Slack(frameSeconds, lagFrames);
        List<(int First, int Last)> comparedBlinks = Runs(series.ComparedShut(output: false));
        var pair = new PairStatistics(
            AxisAgreement.Of(series.Source.Yaws, series.Output.Yaws, series.HeadYaws, late),
            AxisAgreement.Of(series.Source.Pitches, series.Output.Pitches, series.HeadPitches, late),
            lag,
            EventAgreement.Of(comparedBlinks, Runs(series.ComparedShut(output: true)), slack, frameSeconds),
            EventAgreement.Of(Places(sourceMoves), Places(outputMoves), slack, frameSeconds),
            Spread.Round(Spread.Median(series.Changes)))
        {
            BlinksLeftOpen = OpenLids.Count(comparedBlinks, series.Output, late),
        };
        return new(Math.Round(frameSeconds, 6), source, output, pair, FindingRules.Of(source, output, pair));
    }

    private static List<(int First, int Last)> Places(EyeMovements movements) => [.. movements.Saccades.Select(saccade => (saccade.First, saccade.Last))];

    /// <summary>First and last place of every unbroken run of shut eyes.</summary>
    internal static List<(int First, int Last)> Runs(IReadOnlyList<bool> shut)
    {
        var runs = new List<(int First, int Last)>();
        for (int i = 0; i < shut.Count; i++)
        {
            if (!shut[i])
            {
                continue;
            }

            if (runs.Count > 0 && runs[^1].Last == i - 1)
            {
                runs[^1] = (runs[^1].First, i);
            }
            else
            {
                runs.Add((i, i));
            }
        }

        return runs;
    }
}
