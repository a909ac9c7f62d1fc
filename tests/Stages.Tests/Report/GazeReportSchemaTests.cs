using System.Text;
using System.Text.Json;
using Json.Schema;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Report;

/// <summary>Holds the published schema and what is written together.</summary>
public sealed class GazeReportSchemaTests
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(File.ReadAllText(Path.Combine(SharedAssets.RepositoryRoot, "docs", "gaze-report.schema.json"))));

    [Fact]
    public async Task Every_line_that_is_written_fits_the_schema()
    {
        string[] lines = await LinesAsync();
        Assert.Equal(52, lines.Length);
        foreach (string line in lines)
        {
            EvaluationResults result = Evaluate(line);
            Assert.True(result.IsValid, $"{line}\n{JsonSerializer.Serialize(result)}");
        }
    }

    [Theory]
    [InlineData("\"type\":\"frame\"", "\"type\":\"picture\"")]
    [InlineData("\"blink\":false", "\"blink\":\"no\"")]
    [InlineData("\"openness\":[0.31,0.3]", "\"openness\":[0.31]")]
    [InlineData("\"track\":1,", "")]
    public async Task What_does_not_fit_is_told_apart(string right, string wrong)
    {
        string line = (await LinesAsync())[1];
        Assert.Contains(right, line, StringComparison.Ordinal);
        Assert.False(Evaluate(line.Replace(right, wrong, StringComparison.Ordinal)).IsValid);
    }

    [Fact]
    public void A_header_of_a_fine_tuned_generator_fits_the_schema_and_a_broken_one_does_not()
    {
        string line = JsonSerializer.Serialize(Header() with { Adaptation = new(new("face generator", "swap.onnx", new string('b', 64)), Steps: 200, Seed: 1) }, GazeReportJson.Default.GazeReportHeader);
        Assert.Contains("\"steps\":200", line, StringComparison.Ordinal);
        Assert.True(Evaluate(line).IsValid, line);
        Assert.False(Evaluate(line.Replace("\"steps\":200", "\"steps\":\"many\"", StringComparison.Ordinal)).IsValid);
        Assert.DoesNotContain("adaptation", JsonSerializer.Serialize(Header(), GazeReportJson.Default.GazeReportHeader), StringComparison.Ordinal);
    }

    private static GazeReportHeader Header() =>
        GazeReportHeader.For(new GazeSetup("stand-in", [new ModelRecord("gaze", "g.onnx", new string('a', 64))], new GazeOptions()), "measure", "a", null, provenance: null);

    private static EvaluationResults Evaluate(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return Schema.Value.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
    }

    private static async Task<string[]> LinesAsync()
    {
        using var stream = new MemoryStream();
        GazeReportHeader header = Header() with
        {
            Second = new("other", []),
            Gate = new(5, GateAction.Fallback),
            FootageFloor = new(30, 3, "libx264 crf 18 medium", new(29, 0.3, 0.2, 0.6, 0.7), null),
        };
        GazeReportSink sink = GazeReportSink.ToStream(stream, header);
        for (int i = 0; i < 50; i++)
        {
            FrameGazeRecord plain = GazeReportTests.Frame(i);
            FaceGazeRecord face = plain.Faces[0];
            await sink.WriteAsync(i < 5 ? plain : plain with { Faces = [SecondTallyTests.WithSecond(face, 1, 2) with { Gate = new(GateState.Repaired, face.Error is null ? null : 7.5) }] }, TestContext.Current.CancellationToken);
        }

        await sink.CommitAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
    }
}
