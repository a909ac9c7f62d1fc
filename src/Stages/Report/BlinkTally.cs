namespace VideoGaze.Stages.Report;

/// <summary>Collects one person's blinks in source and output and compares them at the end.</summary>
internal sealed class BlinkTally
{
    // Lids close within 2 to 4 frames at 30 fps; two estimates of the same blink may begin this far apart.
    private const long Slack = 2;

    private readonly Intervals source = new();
    private readonly Intervals output = new();

    /// <summary>Takes the next frame of the person.</summary>
    public void Add(long frame, bool sourceShut, bool outputShut)
    {
        source.Add(frame, sourceShut);
        output.Add(frame, outputShut);
    }

    /// <summary>Compares what was seen so far.</summary>
    public BlinkStatistics Compare()
    {
        long kept = source.Closed.Count(blink => output.Closed.Any(other => Meet(blink, other)));
        long answered = output.Closed.Count(blink => source.Closed.Any(other => Meet(blink, other)));
        return new(source.Closed.Count, output.Closed.Count, kept, source.Closed.Count - kept, output.Closed.Count - answered);
    }

    private static bool Meet((long First, long Last) a, (long First, long Last) b) => a.First - Slack <= b.Last && b.First - Slack <= a.Last;

    private sealed class Intervals
    {
        private bool shut;

        public List<(long First, long Last)> Closed { get; } = [];

        public void Add(long frame, bool shutNow)
        {
            if (shutNow && shut && Closed.Count > 0)
            {
                Closed[^1] = (Closed[^1].First, frame);
            }
            else if (shutNow)
            {
                Closed.Add((frame, frame));
            }

            shut = shutNow;
        }
    }
}
