using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace VideoGaze.Stages.Features;

/// <summary>Writes a feature table: the same columns with the same names in each form, nothing where a value could not be computed.</summary>
public static class FeatureFiles
{
    // Significant digits of a value: more is noise, and files stay half as large.
    private const int Digits = 6;

    /// <summary>CSV (RFC 4180) with a line of names.</summary>
    public static void WriteCsv(FeatureTable table, TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(target);
        target.Write(string.Join(',', FeatureTable.Keys.Select(key => key.Name).Concat(FeatureColumns.All.Select(column => column.Name))) + "\r\n");
        foreach (FeatureWindow row in table.Rows)
        {
            IEnumerable<string> keys = FeatureTable.Keys.Select(key => Cell(key.Value(table, row)));
            target.Write(string.Join(',', keys.Concat(FeatureColumns.All.Select(column => Cell(Rounded(column.Value(row)))))) + "\r\n");
        }
    }

    /// <summary>NDJSON: a header, then a line a window.</summary>
    public static void WriteNdjson(FeatureTable table, TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(target);
        Line(json =>
        {
            json.WriteString("type", "header");
            json.WriteString("schema", FeatureTable.SchemaName);
            json.WriteNumber("version", FeatureTable.CurrentVersion);
            json.WriteString("input", table.Input);
            Write(json, "label", table.Label?.ToString().ToLowerInvariant());
            json.WriteNumber("window", table.Window);
            json.WriteNumber("step", table.Step);
            json.WriteString("estimator", table.Estimator);
            json.WriteStartArray("models");
            foreach (Report.ModelRecord model in table.Models)
            {
                json.WriteStartObject();
                json.WriteString("role", model.Role);
                json.WriteString("file", model.File);
                json.WriteString("sha256", model.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        foreach (FeatureWindow row in table.Rows)
        {
            Line(json =>
            {
                json.WriteString("type", "window");
                foreach ((string name, _, _, Func<FeatureTable, FeatureWindow, object?> value) in FeatureTable.Keys)
                {
                    Write(json, name, value(table, row));
                }

                foreach (FeatureColumn column in FeatureColumns.All)
                {
                    Write(json, column.Name, Rounded(column.Value(row)));
                }
            });
        }

        void Line(Action<Utf8JsonWriter> write)
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }

            target.Write(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n");
        }
    }

    /// <summary>Apache Parquet, one row group.</summary>
    /// <param name="table">The table.</param>
    /// <param name="target">Seekable; stays open.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteParquetAsync(FeatureTable table, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        (DataField Field, Func<FeatureWindow, object?> Value)[] columns =
        [
            .. FeatureTable.Keys.Select(key => (new DataField(key.Name, key.Type, isNullable: key.Type != typeof(long)), (Func<FeatureWindow, object?>)(row => key.Value(table, row)))),
            .. FeatureColumns.All.Select(column => (new DataField(column.Name, typeof(double), isNullable: true), (Func<FeatureWindow, object?>)(row => Rounded(column.Value(row))))),
        ];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. columns.Select(column => column.Field)]), target, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = new Dictionary<string, string>
            {
                ["videogaze.schema"] = FormattableString.Invariant($"{FeatureTable.SchemaName}/{FeatureTable.CurrentVersion}"),
                ["videogaze.estimator"] = table.Estimator,
            };
            FeatureWindow[] rows = [.. table.Rows];
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach ((DataField field, Func<FeatureWindow, object?> value) in columns)
            {
                Task written = field.ClrType == typeof(long) ? group.WriteAsync<long>(field, Array.ConvertAll(rows, row => (long)value(row)!), cancellationToken: cancellationToken)
                    : field.ClrType == typeof(double) ? group.WriteAsync<double>(field, Array.ConvertAll(rows, row => (double?)value(row)), cancellationToken: cancellationToken)
                    : group.WriteAsync(field, Array.ConvertAll(rows, row => (string?)value(row))!);
                await written.ConfigureAwait(false);
            }

            group.CompleteValidate();
        }
    }

    private static double? Rounded(double? value)
    {
        if (value is not { } known || !double.IsFinite(known))
        {
            return null;
        }

        double size = known == 0 ? 1 : Math.Pow(10, Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(known))));
        return double.IsFinite(size) ? Math.Round(known * size) / size : known;
    }

    private static string Cell(object? value) => value switch
    {
        null => string.Empty,
        string text when text.AsSpan().ContainsAny(',', '"', '\n') => '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"',
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case string text:
                json.WriteString(name, text);
                break;
            case long whole:
                json.WriteNumber(name, whole);
                break;
            default:
                json.WriteNumber(name, (double)value);
                break;
        }
    }
}
