using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Decode;

/// <summary>Some neighbouring frames of a video.</summary>
/// <param name="Place">Seconds: they begin at the key frame at or before this place, as what lies between a key frame and the place would have to be decoded for nothing.</param>
/// <param name="Within">But not outside of this: runs stay apart where key frames are rare.</param>
/// <param name="Frames">How many.</param>
internal readonly record struct SampledRun(double Place, TimeRange Within, int Frames)
{
    // A key frame is looked for this far back, seconds; most encoders set one every 2 to 10.
    private const double MostBack = 2;

    // The part of the way to the run before, so that runs stay spread over a short video.
    private const double PartBack = 0.25;

    /// <summary>Runs of equal length, spread over a range.</summary>
    /// <param name="start">Seconds.</param>
    /// <param name="end">Seconds.</param>
    /// <param name="count">How many runs.</param>
    /// <param name="frames">Frames of each.</param>
    /// <param name="frameSeconds">Seconds from frame to frame.</param>
    public static IReadOnlyList<SampledRun> Spread(double start, double end, int count, int frames, double frameSeconds)
    {
        double part = (end - start) / count;
        double back = Math.Min(MostBack, PartBack * part);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double place = Math.Max(start, start + (part * (i + 0.5)) - (frames * frameSeconds / 2));
            return new SampledRun(place, new(Math.Max(start, place - back), end), frames);
        })];
    }
}
