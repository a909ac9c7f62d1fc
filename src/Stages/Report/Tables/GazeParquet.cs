using Parquet;
using Parquet.Schema;

namespace VideoGaze.Stages.Report.Tables;

/// <summary>Writes a report as an Apache Parquet file: the table of <see cref="GazeTable"/> with types kept, nulls for what the report has not, one row group.</summary>
public static class GazeParquet
{
    /// <summary>Writes the table.</summary>
    /// <param name="report">The report.</param>
    /// <param name="target">Seekable; stays open.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteAsync(GazeReport report, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        DataField[] fields = [.. GazeTable.Columns.Select(column => new DataField(column.Name, column.Type, isNullable: column.Type != typeof(long)))];
        (FrameGazeRecord Frame, FaceGazeRecord Face)[] rows = [.. GazeTable.Rows(report)];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), target, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = new Dictionary<string, string>
            {
                ["videogaze.schema"] = FormattableString.Invariant($"{report.Header.Schema}/{report.Header.Version}"),
                ["videogaze.tool"] = report.Header.Tool,
                ["videogaze.source"] = report.Header.Source ?? string.Empty,
                ["videogaze.output"] = report.Header.Output ?? string.Empty,
                ["videogaze.estimator"] = report.Header.Estimator,
            };
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
            {
                Func<FrameGazeRecord, FaceGazeRecord, object?> value = GazeTable.Columns[i].Value;
                Task column = GazeTable.Columns[i].Type switch
                {
                    Type type when type == typeof(long) => group.WriteAsync<long>(fields[i], Array.ConvertAll(rows, row => (long)value(row.Frame, row.Face)!), cancellationToken: cancellationToken),
                    Type type when type == typeof(double) => group.WriteAsync<double>(fields[i], Array.ConvertAll(rows, row => (double?)value(row.Frame, row.Face)), cancellationToken: cancellationToken),
                    Type type when type == typeof(bool) => group.WriteAsync<bool>(fields[i], Array.ConvertAll(rows, row => (bool?)value(row.Frame, row.Face)), cancellationToken: cancellationToken),
                    _ => group.WriteAsync(fields[i], Array.ConvertAll(rows, row => (string?)value(row.Frame, row.Face))!),
                };
                await column.ConfigureAwait(false);
            }

            group.CompleteValidate();
        }
    }
}
