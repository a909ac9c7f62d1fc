using System.Globalization;
using System.Text;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Score;

namespace VideoGaze.Stages.Calibrate;

/// <summary>Calibrations as Markdown tables: one of errors, one by head yaw, openness and size. What docs/gaze.md holds is what this prints.</summary>
public static class CalibrationTable
{
    /// <summary>The tables, a line a calibration each.</summary>
    public static string ToMarkdown(IReadOnlyList<GazeCalibration> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        text.AppendLine("| set | estimator | eyes | mirror | faces | mean | median | p95 | yaw: bias, slope, spread, median, p95 | pitch: bias, slope, spread, median, p95 | noise median, p95 |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (GazeCalibration row in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Name(row)} | {row.Error?.Count ?? 0} of {row.Faces} | {N(row.Error?.Mean)} | {N(row.Error?.Median)} | {N(row.Error?.P95)} | {Axis(row.Yaw)} | {Axis(row.Pitch)} | {N(row.Noise?.Median)}, {N(row.Noise?.P95)} |");
        }

        text.AppendLine();
        text.AppendLine("| set | estimator | eyes | mirror | head yaw | openness | face height, px |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (GazeCalibration row in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Name(row)} | {Bins(row.ByHeadYaw)} | {Bins(row.ByOpenness)} | {Bins(row.ByFaceHeight)} |");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Name(GazeCalibration row) =>
        $"{row.Set} | {row.Estimator} | {(row.Eyes == OutputEyes.Mesh ? "mesh" : "iris network")} | {(row.AverageMirror ? "yes" : "no")}";

    private static string Axis(AxisScore? axis) => axis is null
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{N(axis.Bias)}, {(axis.Slope is { } slope ? slope.ToString("0.00", CultureInfo.InvariantCulture) : "-")}, {N(axis.Spread)}, {N(axis.Absolute.Median)}, {N(axis.Absolute.P95)}");

    /// <summary>Median errors of the ranges that hold a face.</summary>
    private static string Bins(IReadOnlyList<BinScore> bins) =>
        string.Join("; ", bins.Where(bin => bin.Error is not null).Select(bin => string.Create(CultureInfo.InvariantCulture, $"{Range(bin)}: {N(bin.Error!.Median)} ({bin.Error.Count})")));

    private static string Range(BinScore bin) => bin switch
    {
        { From: null } => string.Create(CultureInfo.InvariantCulture, $"to {bin.To}"),
        { To: null } => string.Create(CultureInfo.InvariantCulture, $"from {bin.From}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bin.From} to {bin.To}"),
    };

    private static string N(double? value) => value is { } number ? number.ToString("0.0", CultureInfo.InvariantCulture) : "-";
}
