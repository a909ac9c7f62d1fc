using VideoGaze.Stages.Report.Analysis;
using VideoGaze.Stages.Report.Page;

namespace VideoGaze.Stages.Report.Live;

/// <summary>One person while a run goes on: what the page's marks are made of. 48 bytes a frame.</summary>
/// <param name="firstFrame">Number of the frame at place 0.</param>
internal sealed class LivePerson(long firstFrame)
{
    private readonly GazeSeries series = new();
    private readonly List<(int Place, double Error)> errors = [];

    /// <summary>Takes the person's next frame.</summary>
    public void Add(FrameGazeRecord frame, FaceGazeRecord face)
    {
        series.Add(frame.Frame, frame.Time, face);
        if (face.Error is { } error)
        {
            errors.Add(((int)(frame.Frame - firstFrame), error));
        }
    }

    /// <summary>The marks so far.</summary>
    public PageMoments Moments(int track)
    {
        double? seconds = series.FrameSeconds();
        return new(track, WorstMoments.Of(errors, seconds ?? 0), Of(series.Source, seconds), Of(series.Output, seconds));
    }

    private PageMarks Of(GazeStream stream, double? seconds)
    {
        int start = (int)(series.FirstFrame - firstFrame);
        EyeMovements? moves = seconds > 0 ? EyeMovements.Of(stream, seconds.Value) : null;
        return PageMarks.Of(stream, moves, start);
    }
}
