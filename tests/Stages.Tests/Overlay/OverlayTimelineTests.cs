using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Overlay;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Tests.Overlay;

/// <summary>Which line of a report belongs to which frame.</summary>
public sealed class OverlayTimelineTests
{
    [Fact]
    public void Lines_of_a_swap_go_with_its_frames_one_by_one_whatever_their_times()
    {
        // A range that was cut out begins at 0 again in the output.
        OverlayTimeline timeline = Timeline(OverlayPairing.ByOrder, [5, 5.04, 5.2]);

        Assert.Equal([0L, 1L, 2L, null], Frames(timeline, [0, 0.04, 0.2, 0.24]));
    }

    [Fact]
    public void Lines_against_truth_go_by_their_own_times_and_gaps_stay_gaps() =>
        Assert.Equal([null, 0L, 1L, null, null, 2L], Frames(Timeline(OverlayPairing.ByTime, [0.04, 0.08, 0.2]), [0, 0.04, 0.08, 0.12, 0.16, 0.2]));

    [Fact]
    public void A_slower_source_s_lines_serve_the_frames_nearest_to_them() =>
        Assert.Equal([0L, 0L, 1L, 1L, 2L, 2L], Frames(Timeline(OverlayPairing.SinceFirst, [7, 7.08, 7.16]), [1, 1.035, 1.08, 1.115, 1.16, 1.195]));

    [Fact]
    public void A_faster_source_s_lines_are_passed_over() =>
        Assert.Equal([0L, 2L, 4L], Frames(Timeline(OverlayPairing.SinceFirst, [0, 0.02, 0.04, 0.06, 0.08]), [3, 3.04, 3.08]));

    [Fact]
    public void Frames_behind_the_last_line_have_none_and_neither_have_those_of_an_empty_report()
    {
        Assert.Equal([0L, null, null], Frames(Timeline(OverlayPairing.SinceFirst, [0]), [0, 0.04, 0.08]));
        Assert.Equal([null, null], Frames(Timeline(OverlayPairing.SinceFirst, []), [0, 0.04]));
    }

    private static OverlayTimeline Timeline(OverlayPairing pairing, double[] times)
    {
        Queue<FrameGazeRecord> lines = new(times.Select((time, i) => new FrameGazeRecord(i, i, "1/1", time, [])));
        return new(pairing, () => lines.TryDequeue(out FrameGazeRecord? line) ? line : null, 0.04);
    }

    private static IEnumerable<long?> Frames(OverlayTimeline timeline, double[] times) =>
        [.. times.Select((time, i) => timeline.Next(new FrameStamp(i, (long)Math.Round(time * 1000), new Rational(1, 1000)))?.Frame)];
}
