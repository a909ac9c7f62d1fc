using System.Text.Json;
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
        try
        {
            using var reader = new StreamReader(path);
            return Read(reader, path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserFacingException(FailureKind.InputMissing, $"The gaze report {path} does not exist; write one with videogaze measure --report.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"The gaze report {path} cannot be read: {failure.Message.TrimEnd('.')}.", failure);
        }
    }

    /// <summary>Reads a report from text.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="name">Named in failures.</param>
    public static GazeReport Read(TextReader reader, string name)
    {
        GazeReportHeader? header = null;
        GazeSummary? summary = null;
        var frames = new List<FrameGazeRecord>();
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            try
            {
                if (header is null)
                {
                    header = JsonSerializer.Deserialize(line, GazeReportJson.Default.GazeReportHeader);
                    if (header is not { Schema: GazeReportHeader.SchemaName })
                    {
                        throw new JsonException("the first line names no gaze report");
                    }

                    if (header.Version > GazeReportHeader.CurrentVersion)
                    {
                        throw new UserFacingException(FailureKind.InputUnreadable, $"{name} is a gaze report of version {header.Version}, this program reads up to {GazeReportHeader.CurrentVersion}; update the program.");
                    }
                }
                else
                {
                    using JsonDocument document = JsonDocument.Parse(line);
                    switch (document.RootElement.TryGetProperty("type", out JsonElement type) ? type.GetString() : null)
                    {
                        case "frame":
                            frames.Add(document.Deserialize(GazeReportJson.Default.FrameGazeRecord)!);
                            break;
                        case "summary":
                            summary = document.Deserialize(GazeReportJson.Default.GazeSummary);
                            break;
                        default:
                            throw new JsonException("the line has no known type");
                    }
                }
            }
            catch (JsonException failure)
            {
                throw new UserFacingException(FailureKind.InputUnreadable, $"{name} is no gaze report: line {number} cannot be read; write one with videogaze measure --report.", failure);
            }
        }

        return header is null
            ? throw new UserFacingException(FailureKind.InputUnreadable, $"{name} is empty, not a gaze report; write one with videogaze measure --report.")
            : new(header, frames, summary);
    }
}
