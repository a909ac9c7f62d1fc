using System.Globalization;

namespace VideoGaze.Stages.Report.Tables;

/// <summary>Writes a report as CSV (RFC 4180): a line of names, one line a face and frame, empty cells where the report has no value. No cell needs quotes: words are this program's own.</summary>
public static class GazeCsv
{
    /// <summary>Writes the table.</summary>
    public static void Write(GazeReport report, TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(target);
        target.Write(string.Join(',', GazeTable.Columns.Select(column => column.Name)) + "\r\n");
        foreach ((FrameGazeRecord frame, FaceGazeRecord face) in GazeTable.Rows(report))
        {
            target.Write(string.Join(',', GazeTable.Columns.Select(column => Cell(column.Value(frame, face)))) + "\r\n");
        }
    }

    private static string Cell(object? value) => value switch
    {
        null => string.Empty,
        bool yes => yes ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
