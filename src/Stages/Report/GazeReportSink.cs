using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Graph;

namespace VideoGaze.Stages.Report;

/// <summary>
/// Writes the gaze report as NDJSON while the run goes on: header, one line a frame flushed as it is done, summary at commit.
/// A report in a file is <c>NAME.partial</c> until it is whole. A reader of the stream that goes away ends the report, not the run.
/// </summary>
public sealed class GazeReportSink : IFrameSink<FrameGazeRecord>
{
    private readonly GazeReportHeader header;
    private readonly NdjsonWriter writer;
    private readonly Action<FrameGazeRecord>? onRecord;
    private readonly GazeTally tally;
    private bool headerWritten;

    private GazeReportSink(GazeReportHeader header, NdjsonWriter writer, Action<FrameGazeRecord>? onRecord)
    {
        this.header = header;
        this.writer = writer;
        this.onRecord = onRecord;
        tally = new(header);
    }

    /// <inheritdoc/>
    public string Name => "report";

    /// <summary>The summary; there after the commit.</summary>
    public GazeSummary? Summary { get; private set; }

    /// <summary>A report in a file.</summary>
    /// <param name="path">Final name; an existing file is replaced at commit.</param>
    /// <param name="header">First line.</param>
    /// <param name="onRecord">Called with every record, for progress displays.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.OutputUnwritable"/>.</exception>
    public static GazeReportSink ToFile(string path, GazeReportHeader header, Action<FrameGazeRecord>? onRecord = null) =>
        new(header, NdjsonWriter.ToFile(path, "gaze report", "--report"), onRecord);

    /// <summary>A report into a stream, for instance standard output. The stream stays open.</summary>
    public static GazeReportSink ToStream(Stream stream, GazeReportHeader header, Action<FrameGazeRecord>? onRecord = null) => new(header, NdjsonWriter.ToStream(stream), onRecord);

    /// <summary>No report, only the summary.</summary>
    public static GazeReportSink ToNowhere(GazeReportHeader header, Action<FrameGazeRecord>? onRecord = null) => new(header, NdjsonWriter.ToNowhere(), onRecord);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(FrameGazeRecord item, CancellationToken cancellationToken)
    {
        tally.Add(item);
        await WriteHeaderAsync().ConfigureAwait(false);
        await writer.WriteLineAsync(item, GazeReportJson.Default.FrameGazeRecord).ConfigureAwait(false);
        onRecord?.Invoke(item);
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        Summary = tally.Summarise();
        await WriteHeaderAsync().ConfigureAwait(false);
        await writer.WriteLineAsync(Summary, GazeReportJson.Default.GazeSummary).ConfigureAwait(false);
        await writer.CommitAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask AbandonAsync() => writer.AbandonAsync();

    private async ValueTask WriteHeaderAsync()
    {
        if (!headerWritten)
        {
            headerWritten = true;
            await writer.WriteLineAsync(header, GazeReportJson.Default.GazeReportHeader).ConfigureAwait(false);
        }
    }
}
