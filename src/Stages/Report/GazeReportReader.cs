using System.Text.Json;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Report;

/// <summary>Reads a gaze report line by line, whole or cut off.</summary>
public sealed class GazeReportReader : IDisposable
{
    private readonly TextReader reader;
    private readonly string name;
    private int number;

    /// <summary>Reads the first line.</summary>
    /// <param name="reader">The lines; disposed with this.</param>
    /// <param name="name">Named in failures.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.InputUnreadable"/>: no report, or of a later version.</exception>
    public GazeReportReader(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (this.reader, this.name) = (reader, name);
        string first = reader.ReadLine() ?? throw new UserFacingException(FailureKind.InputUnreadable, $"{name} is empty, not a gaze report; write one with videogaze measure --report.");
        number++;
        Header = Parse(() => JsonSerializer.Deserialize(first, GazeReportJson.Default.GazeReportHeader) is { Schema: GazeReportHeader.SchemaName } header
            ? header
            : throw new JsonException("the first line names no gaze report"));
        if (Header.Version > GazeReportHeader.CurrentVersion)
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"{name} is a gaze report of version {Header.Version}, this program reads up to {GazeReportHeader.CurrentVersion}; update the program.");
        }
    }

    /// <summary>First line.</summary>
    public GazeReportHeader Header { get; }

    /// <summary>Last line; null until it was read, and in a report that was cut off.</summary>
    public GazeSummary? Summary { get; private set; }

    /// <summary>Opens a report.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.InputMissing"/>; <see cref="FailureKind.InputUnreadable"/>.</exception>
    public static GazeReportReader Open(string path)
    {
        StreamReader? reader = null;
        try
        {
            reader = new StreamReader(path);
            return new(reader, path);
        }
        catch (Exception failure)
        {
            reader?.Dispose();
            throw failure switch
            {
                FileNotFoundException or DirectoryNotFoundException =>
                    new UserFacingException(FailureKind.InputMissing, $"The gaze report {path} does not exist; write one with videogaze measure --report.", failure),
                IOException or UnauthorizedAccessException =>
                    new UserFacingException(FailureKind.InputUnreadable, $"The gaze report {path} cannot be read: {failure.Message.TrimEnd('.')}.", failure),
                _ => failure,
            };
        }
    }

    /// <summary>The next frame; null after the last.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.InputUnreadable"/>.</exception>
    public FrameGazeRecord? ReadFrame()
    {
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (Parse(() => ParseLine(line)) is { } frame)
            {
                return frame;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    /// <summary>A frame, or null for the summary.</summary>
    private FrameGazeRecord? ParseLine(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        switch (document.RootElement.TryGetProperty("type", out JsonElement type) ? type.GetString() : null)
        {
            case "frame":
                return document.Deserialize(GazeReportJson.Default.FrameGazeRecord)!;
            case "summary":
                Summary = document.Deserialize(GazeReportJson.Default.GazeSummary);
                return null;
            default:
                throw new JsonException("the line has no known type");
        }
    }

    private T Parse<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (JsonException failure)
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"{name} is no gaze report: line {number} cannot be read; write one with videogaze measure --report.", failure);
        }
    }
}
