using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>videogaze report</c> as it is typed, on a report written by the test: no video and no network.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_report_is_summed_up_judged_and_put_into_tables()
    {
        string report = await WriteAsync(shift: 6);
        ToolResult result = await RecordingTerminal.RunAsync("report", report, "--csv", folder["t.csv"], "--parquet", folder["t.parquet"], "--max-p95", "5", "--json");

        Assert.Equal((int)FailureKind.GateFailed, result.ExitCode);
        Assert.Contains("shifted by 6.0 degrees to the image's right", result.Error, StringComparison.Ordinal);
        Assert.Contains("p95 at most 5 degrees, found 6 degrees", result.Error, StringComparison.Ordinal);
        JsonElement document = JsonDocument.Parse(result.Out).RootElement;
        Assert.False(document.GetProperty("gate").GetProperty("passed").GetBoolean());
        Assert.Equal("shifted", document.GetProperty("gaze").GetProperty("tracks")[0].GetProperty("analysis").GetProperty("findings")[0].GetProperty("fault").GetString());
        Assert.Equal(121, File.ReadLines(folder["t.csv"]).Count());
        Assert.Equal("PAR1"u8.ToArray(), (await File.ReadAllBytesAsync(folder["t.parquet"], TestContext.Current.CancellationToken))[..4]);
        Assert.Equal(["r.ndjson", "t.csv", "t.parquet"], folder.Names);
    }

    [Fact]
    public async Task A_faithful_report_passes_and_csv_goes_to_standard_output()
    {
        ToolResult result = await RecordingTerminal.RunAsync("report", await WriteAsync(shift: 0.5), "--csv", "-", "--max-p95", "5", "--no-findings");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.StartsWith("frame,pts,", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_exists_is_not_overwritten_unasked()
    {
        string report = await WriteAsync(shift: 0);
        await File.WriteAllTextAsync(folder["t.csv"], "mine", TestContext.Current.CancellationToken);
        ToolResult result = await RecordingTerminal.RunAsync("report", report, "--csv", folder["t.csv"]);
        Assert.Equal((int)FailureKind.OutputExists, result.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["t.csv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_report_that_is_not_there_is_named()
    {
        ToolResult result = await RecordingTerminal.RunAsync("report", folder["absent.ndjson"]);
        Assert.Equal((int)FailureKind.InputMissing, result.ExitCode);
        Assert.Contains("absent.ndjson", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Somebody who looks to and fro for four seconds; the output looks aside by the shift.</summary>
    private async Task<string> WriteAsync(double shift)
    {
        GazeReportSink sink = GazeReportSink.ToFile(folder["r.ndjson"], GazeReportHeader.For(new GazeSetup("stand-in", [], new GazeOptions()), "measure", "a.mp4", "b.mp4", null));
        for (int i = 0; i < 120; i++)
        {
            var source = new EyesRecord(10 * Math.Sign(Math.Sin(i / 8.0)), 2 * Math.Sin(i / 15.0), [0.3, 0.3], false, [0, 0], 1);
            EyesRecord output = source with { Yaw = source.Yaw + shift };
            await sink.WriteAsync(new(i, i, "1/30", i / 30.0, [new(1, [0, 0, 9, 9], new(0, 0, 0), source, output, shift, null)]), TestContext.Current.CancellationToken);
        }

        await sink.CommitAsync(TestContext.Current.CancellationToken);
        return folder["r.ndjson"];
    }
}
