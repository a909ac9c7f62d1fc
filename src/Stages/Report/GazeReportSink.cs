using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
    private readonly string? finalPath;
    private readonly Action<FrameGazeRecord>? onRecord;
    private readonly GazeTally tally = new();
    private Stream? stream;
    private bool headerWritten;

    private GazeReportSink(GazeReportHeader header, Stream? stream, string? finalPath, Action<FrameGazeRecord>? onRecord)
    {
        this.header = header;
        this.stream = stream;
        this.finalPath = finalPath;
        this.onRecord = onRecord;
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
    public static GazeReportSink ToFile(string path, GazeReportHeader header, Action<FrameGazeRecord>? onRecord = null)
    {
        try
        {
            return new(header, new FileStream(PartialPath(path), FileMode.Create, FileAccess.Write, FileShare.Read), path, onRecord);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"The gaze report {path} cannot be written: {failure.Message.TrimEnd('.')}; name another file with --report.", failure);
        }
    }

    /// <summary>A report into a stream, for instance standard output. The stream stays open.</summary>
    public static GazeReportSink ToStream(Stream stream, GazeReportHeader header, Action<FrameGazeRecord>? onRecord = null) => new(header, stream, null, onRecord);

    /// <summary>No report, only the summary.</summary>
    public static GazeReportSink ToNowhere(GazeReportHeader header, Action<FrameGazeRecord>? onRecord = null) => new(header, null, null, onRecord);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(FrameGazeRecord item, CancellationToken cancellationToken)
    {
        tally.Add(item);
        await WriteHeaderAsync().ConfigureAwait(false);
        await WriteLineAsync(item, GazeReportJson.Default.FrameGazeRecord).ConfigureAwait(false);
        onRecord?.Invoke(item);
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        Summary = tally.Summarise();
        await WriteHeaderAsync().ConfigureAwait(false);
        await WriteLineAsync(Summary, GazeReportJson.Default.GazeSummary).ConfigureAwait(false);
        if (finalPath is not null)
        {
            await CloseFileAsync().ConfigureAwait(false);
            File.Move(PartialPath(finalPath), finalPath, overwrite: true);
        }
    }

    /// <inheritdoc/>
    public async ValueTask AbandonAsync()
    {
        if (finalPath is null)
        {
            return;
        }

        try
        {
            await CloseFileAsync().ConfigureAwait(false);
            File.Delete(PartialPath(finalPath));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The run has failed already and this call must not throw; a left-over .partial file is never taken for a report.
        }
    }

    private static string PartialPath(string path) => path + ".partial";

    private async ValueTask WriteHeaderAsync()
    {
        if (!headerWritten)
        {
            headerWritten = true;
            await WriteLineAsync(header, GazeReportJson.Default.GazeReportHeader).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteLineAsync<T>(T value, JsonTypeInfo<T> type)
    {
        if (stream is null)
        {
            return;
        }

        byte[] line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, type) + "\n");
        try
        {
            // Without the run's token: half a line would spoil the file for its reader.
            await stream.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
            await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            if (finalPath is not null)
            {
                bool full = failure.HResult is 28 or unchecked((int)0x80070070);
                throw new UserFacingException(
                    full ? FailureKind.DiskFull : FailureKind.OutputUnwritable,
                    $"The gaze report {finalPath} cannot be written on: {failure.Message.TrimEnd('.')}; free space or name another file with --report.",
                    failure);
            }

            // A closed pipe: whoever read the report has seen enough.
            stream = null;
        }
    }

    private async ValueTask CloseFileAsync()
    {
        Stream? file = stream;
        stream = null;
        if (file is not null)
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
