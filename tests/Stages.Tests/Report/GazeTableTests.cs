using System.Globalization;
using Parquet;
using Parquet.Schema;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Tables;

namespace VideoGaze.Stages.Tests.Report;

/// <summary>Reads the tables back and compares them with the report, cell by cell.</summary>
public sealed class GazeTableTests
{
    private static readonly GazeReport Report = new(
        GazeReportHeader.For(new GazeSetup("stand-in", [], new GazeOptions()), "measure", "a.mp4", "b.mp4", null),
        [.. Enumerable.Range(0, 25).Select(GazeReportTests.Frame), new FrameGazeRecord(25, 25 * 512, "1/15360", 0.8, []), Unseen(26)],
        null);

    private static IReadOnlyList<(FrameGazeRecord Frame, FaceGazeRecord Face)> Rows => [.. Report.Frames.SelectMany(frame => frame.Faces.Select(face => (frame, face)))];

    [Fact]
    public void Csv_reads_back()
    {
        using var text = new StringWriter();
        GazeCsv.Write(Report, text);
        string[] lines = text.ToString().Split("\r\n");
        string[] names = lines[0].Split(',');
        Assert.Equal(Rows.Count + 2, lines.Length);
        for (int i = 0; i < Rows.Count; i++)
        {
            string[] cells = lines[i + 1].Split(',');
            Assert.Equal(names.Length, cells.Length);
            (FrameGazeRecord frame, FaceGazeRecord face) = Rows[i];
            Assert.Equal(frame.Frame, long.Parse(Cell("frame"), CultureInfo.InvariantCulture));
            Assert.Equal(frame.Time, Number("time_s"));
            Assert.Equal(face.Source?.Yaw, Number("source_yaw_deg"));
            Assert.Equal(face.Output?.Openness[1], Number("output_openness_right"));
            Assert.Equal(face.Error, Number("error_deg"));
            Assert.Equal(face.Skipped switch { GazeSkip.EyesClosed => "eyesClosed", GazeSkip.NoMatch => "noMatch", _ => string.Empty }, Cell("skipped"));
            Assert.Equal(face.Source is null ? string.Empty : face.Source.Blink ? "true" : "false", Cell("source_blink"));

            string Cell(string name) => cells[Array.IndexOf(names, name)];
            double? Number(string name) => Cell(name) is { Length: > 0 } cell ? double.Parse(cell, CultureInfo.InvariantCulture) : null;
        }
    }

    [Fact]
    public async Task Parquet_reads_back_with_its_types()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using var stream = new MemoryStream();
        await GazeParquet.WriteAsync(Report, stream, cancel);
        stream.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancel);
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Assert.Equal(Rows.Count, group.RowCount);
        DataField[] fields = reader.Schema.GetDataFields();
        Assert.Equal("videogaze.gaze-report/2", reader.CustomMetadata["videogaze.schema"]);

        long[] frames = new long[Rows.Count];
        await group.ReadAsync<long>(Field("frame"), frames.AsMemory(), cancellationToken: cancel);
        Assert.Equal(Rows.Select(row => row.Frame.Frame), frames);

        double?[] errors = new double?[Rows.Count];
        await group.ReadAsync<double>(Field("error_deg"), errors.AsMemory(), cancellationToken: cancel);
        Assert.Equal(Rows.Select(row => row.Face.Error), errors);

        bool?[] blinks = new bool?[Rows.Count];
        await group.ReadAsync<bool>(Field("source_blink"), blinks.AsMemory(), cancellationToken: cancel);
        Assert.Equal(Rows.Select(row => row.Face.Source?.Blink), blinks);

        string?[] reasons = new string?[Rows.Count];
        await group.ReadAsync(Field("skipped"), reasons.AsMemory(), cancellationToken: cancel);
        Assert.Equal(Rows.Count(row => row.Face.Skipped is null), reasons.Count(reason => reason is null));
        Assert.Contains("noMatch", reasons);

        DataField Field(string name) => fields.Single(field => field.Name == name);
    }

    private static FrameGazeRecord Unseen(int index) =>
        GazeReportTests.Frame(index) with { Faces = [GazeReportTests.Face(2, index) with { Head = null, Source = null, Output = null, Error = null, Skipped = GazeSkip.NoMatch }] };
}
