using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Report;

/// <summary>A gaze report read back.</summary>
/// <param name="Header">First line.</param>
/// <param name="Frames">One record a frame.</param>
/// <param name="Summary">Last line; null in a report that was cut off.</param>
public sealed record GazeReport(GazeReportHeader Header, IReadOnlyList<FrameGazeRecord> Frames, GazeSummary? Summary)
{
    /// <summary>Reads a report, whole or cut off.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.InputMissing"/>; <see cref="FailureKind.InputUnreadable"/>: no report, or of a later version.</exception>
    public static GazeReport Read(string path)
    {
        using GazeReportReader reader = GazeReportReader.Open(path);
        return Read(reader);
    }

    /// <summary>Reads a report from text.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="name">Named in failures.</param>
    public static GazeReport Read(TextReader reader, string name)
    {
        using var lines = new GazeReportReader(reader, name);
        return Read(lines);
    }

    private static GazeReport Read(GazeReportReader reader)
    {
        var frames = new List<FrameGazeRecord>();
        while (reader.ReadFrame() is { } frame)
        {
            frames.Add(frame);
        }

        return new(reader.Header, frames, reader.Summary);
    }
}
