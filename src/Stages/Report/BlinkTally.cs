using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report;

/// <summary>Collects one person's blinks in two streams of frames whose rate is not known and compares them at the end, by the rule of <see cref="EventAgreement"/>.</summary>
internal sealed class BlinkTally
{
    private readonly Intervals source = new();
    private readonly Intervals output = new();

    /// <summary>Takes the next frame of the person.</summary>
    public void Add(long frame, bool sourceShut, bool outputShut)
    {
        source.Add((int)frame, sourceShut);
        output.Add((int)frame, outputShut);
    }

    /// <summary>Compares what was seen so far.</summary>
    public BlinkStatistics Compare() => BlinkStatistics.Of(EventAgreement.Of(source.Closed, output.Closed, EventAgreement.LeastSlack, frameSeconds: 1));

    private sealed class Intervals
    {
        private bool shut;

        public List<(int First, int Last)> Closed { get; } = [];

        public void Add(int frame, bool shutNow)
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
