using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Graph;

namespace VideoGaze.Stages.Report;

/// <summary>
/// Writes the gaze report as NDJSON while the run goes on: header, one line a frame flushed as it is done, summary at commit.
/// A report in a file is <c>NAME.partial</c> until it is whole. A reader of the stream that goes away ends the report, not the run.
/// </summary>
public sealed class GazeReportSink : IFrameSink<FrameGazeRecord>
{
    // Frames that may wait for the first line, some hundred bytes each: the run need not stand still for a header that is a few seconds late.
    private const int MostWaiting = 1000;

    private readonly Func<GazeReportHeader, Task<GazeReportHeader>>? complete;
    private readonly NdjsonWriter writer;
    private readonly Action<FrameGazeRecord>? onRecord;
    private readonly GazeReportHeader header;
    private readonly Queue<FrameGazeRecord> waiting = [];
    private Task<GazeReportHeader>? beginning;
    private GazeTally? tally;

    private GazeReportSink(GazeReportHeader header, NdjsonWriter writer, Action<FrameGazeRecord>? onRecord, Func<GazeReportHeader, Task<GazeReportHeader>>? complete)
    {
        this.header = header;
        this.writer = writer;
        this.onRecord = onRecord;
        this.complete = complete;
    }

    /// <inheritdoc/>
    public string Name => "report";

    /// <summary>The summary; there after the commit.</summary>
    public GazeSummary? Summary { get; private set; }

    /// <summary>A report in a file.</summary>
    /// <param name="path">Final name; an existing file is replaced at commit.</param>
    /// <param name="header">First line.</param>
    /// <param name="onRecord">Called with every record, for progress displays.</param>
    /// <param name="complete">Called once before the first line is written: makes it of <paramref name="header"/>. It may take a few seconds; lines of frames wait for it.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.OutputUnwritable"/>.</exception>
    public static GazeReportSink ToFile(string path, GazeReportHeader header, Action<FrameGazeRecord>? onRecord = null, Func<GazeReportHeader, Task<GazeReportHeader>>? complete = null) =>
        new(header, NdjsonWriter.ToFile(path, "gaze report", "--report"), onRecord, complete);

    /// <summary>A report into a stream, for instance standard output. The stream stays open.</summary>
    public static GazeReportSink ToStream(Stream stream, GazeReportHeader header, Action<FrameGazeRecord>? onRecord = null, Func<GazeReportHeader, Task<GazeReportHeader>>? complete = null) =>
        new(header, NdjsonWriter.ToStream(stream), onRecord, complete);

    /// <summary>No report, only the summary.</summary>
    public static GazeReportSink ToNowhere(GazeReportHeader header, Action<FrameGazeRecord>? onRecord = null, Func<GazeReportHeader, Task<GazeReportHeader>>? complete = null) =>
        new(header, NdjsonWriter.ToNowhere(), onRecord, complete);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(FrameGazeRecord item, CancellationToken cancellationToken)
    {
        beginning ??= complete?.Invoke(header) ?? Task.FromResult(header);
        waiting.Enqueue(item);
        if (beginning.IsCompleted || waiting.Count > MostWaiting)
        {
            await WriteWaitingAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        beginning ??= complete?.Invoke(header) ?? Task.FromResult(header);
        GazeTally whole = await WriteWaitingAsync(cancellationToken).ConfigureAwait(false);
        Summary = whole.Summarise();
        await writer.WriteLineAsync(Summary, GazeReportJson.Default.GazeSummary).ConfigureAwait(false);
        await writer.CommitAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask AbandonAsync() => writer.AbandonAsync();

    private async ValueTask<GazeTally> WriteWaitingAsync(CancellationToken cancellationToken)
    {
        if (tally is null)
        {
            GazeReportHeader whole = await beginning!.WaitAsync(cancellationToken).ConfigureAwait(false);
            await writer.WriteLineAsync(whole, GazeReportJson.Default.GazeReportHeader).ConfigureAwait(false);
            tally = new(whole);
        }

        while (waiting.TryDequeue(out FrameGazeRecord? record))
        {
            tally.Add(record);
            await writer.WriteLineAsync(record, GazeReportJson.Default.FrameGazeRecord).ConfigureAwait(false);
            onRecord?.Invoke(record);
        }

        return tally;
    }
}
