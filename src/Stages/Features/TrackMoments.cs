using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Features;

/// <summary>One person's frames from the first to the last, cut into windows at the end.</summary>
internal sealed class TrackMoments
{
    // A window that shows the person in less than half of its frames says little of the person.
    private const double LeastSeen = 0.5;

    private readonly List<EyeMoment?> moments = [];
    private long first = -1;

    /// <summary>Takes the person's next frame; frames come in order.</summary>
    public void Add(EyeMoment moment)
    {
        first = first < 0 ? moment.Frame : first;
        while (moments.Count < moment.Frame - first)
        {
            moments.Add(null);
        }

        moments.Add(moment);
    }

    /// <summary>Whole windows; a rest at the end that is shorter is left out.</summary>
    public IEnumerable<FeatureWindow> Windows(int track, int length, int step)
    {
        if (FrameSeconds() is not { } frameSeconds)
        {
            yield break;
        }

        int index = 0;
        for (int start = 0; start + length <= moments.Count; start += step)
        {
            EyeMoment?[] part = [.. moments.Skip(start).Take(length)];
            if (part.Count(moment => moment is not null) >= LeastSeen * length)
            {
                yield return new(track, index, first + start, part, frameSeconds);
            }

            index++;
        }
    }

    private double? FrameSeconds()
    {
        List<float> gaps = [];
        for (int i = 1; i < moments.Count; i++)
        {
            if (moments[i] is { } now && moments[i - 1] is { } before && now.Seconds > before.Seconds)
            {
                gaps.Add((float)(now.Seconds - before.Seconds));
            }
        }

        return Spread.Median(gaps);
    }
}
