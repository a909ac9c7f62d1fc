using System.Text;
using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Tests.Report;

public sealed class GazeReportTests : IDisposable
{
    private static readonly GazeSetup Setup = new("stand-in", [new ModelRecord("gaze", "g.onnx", new string('a', 64))], new GazeOptions());
    private readonly string folder = Directory.CreateTempSubdirectory("videogaze-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_report_reads_back_as_it_was_written()
    {
        string path = Path.Combine(folder, "gaze.ndjson");
        GazeReportHeader header = GazeReportHeader.For(Setup, "process", "in.mp4", "out.mp4", provenance: false) with { Adaptation = new(new("face generator", "swap.onnx", new string('b', 64)), Steps: 200, Seed: 1) };
        List<FrameGazeRecord> frames = [.. Enumerable.Range(0, 40).Select(Frame)];
        GazeReportSink sink = GazeReportSink.ToFile(path, header);
        foreach (FrameGazeRecord frame in frames)
        {
            await sink.WriteAsync(frame, TestContext.Current.CancellationToken);
        }

        Assert.False(File.Exists(path), "the final name must not exist before the commit");
        await sink.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["gaze.ndjson"], Directory.GetFiles(folder).Select(Path.GetFileName));

        GazeReport report = GazeReport.Read(path);
        Assert.Equal(Json(header), Json(report.Header));
        Assert.Equal(frames.Select(Json), report.Frames.Select(Json));
        Assert.Equal(Json(sink.Summary!), Json(report.Summary!));
    }

    [Fact]
    public async Task The_lines_keep_their_schema()
    {
        using var stream = new MemoryStream();
        GazeReportSink sink = GazeReportSink.ToStream(stream, GazeReportHeader.For(Setup, "measure", "a", "b", provenance: null));
        await sink.WriteAsync(Frame(3), TestContext.Current.CancellationToken);
        await sink.CommitAsync(TestContext.Current.CancellationToken);
        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Empty(lines[3]);
        Assert.Equal("type schema version tool command source output estimator models[role file sha256] settings{outputEyes averageMirror mirrorSpan profileLimit minConfidence focalRatio} provenance floors[] gate second footageFloor", Keys(lines[0]));
        Assert.Equal(
            "type frame pts timeBase time faces[track box[] head{yaw pitch roll} source{yaw pitch openness[] blink iris[] confidence} output{yaw pitch openness[] blink iris[] confidence} error skipped]",
            Keys(lines[1]));
        Assert.Equal(
            "type frames framesWithFaces faces measured skipped{} error{count mean median p95 max} bias{yaw pitch} blinks{source output kept missed invented} "
            + "tracks[track faces measured skipped{} error{count mean median p95 max} bias{yaw pitch} blinks{source output kept missed invented} analysis] gate second footageFloor",
            Keys(lines[2]));
        Assert.StartsWith("{\"type\":\"header\",\"schema\":\"videogaze.gaze-report\",\"version\":2,", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_is_there_as_soon_as_its_frame_is_written()
    {
        using var stream = new MemoryStream();
        GazeReportSink sink = GazeReportSink.ToStream(stream, GazeReportHeader.For(Setup, "process", null, null, null));
        for (int i = 0; i < 5; i++)
        {
            await sink.WriteAsync(Frame(i), TestContext.Current.CancellationToken);
            Assert.Equal(i + 2, Encoding.UTF8.GetString(stream.ToArray()).Count(c => c == '\n'));
        }
    }

    [Fact]
    public async Task Frames_do_not_wait_for_a_header_that_is_late_and_their_lines_come_behind_it_in_order()
    {
        using var stream = new MemoryStream();
        var late = new TaskCompletionSource<GazeReportHeader>();
        var asked = 0;
        GazeReportHeader header = GazeReportHeader.For(Setup, "process", null, null, null);
        GazeReportSink sink = GazeReportSink.ToStream(stream, header, complete: _ =>
        {
            asked++;
            return late.Task;
        });
        for (int i = 0; i < 3; i++)
        {
            await sink.WriteAsync(Frame(i), TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, stream.Length);
        late.SetResult(header with { FootageFloor = new(15, 3, "libx264", null, null) });
        await sink.WriteAsync(Frame(3), TestContext.Current.CancellationToken);
        await sink.CommitAsync(TestContext.Current.CancellationToken);

        GazeReport report = GazeReport.Read(new StringReader(Encoding.UTF8.GetString(stream.ToArray())), "x");
        Assert.Equal(1, asked);
        Assert.Equal(15, report.Header.FootageFloor!.Frames);
        Assert.Equal([0, 1, 2, 3], report.Frames.Select(frame => frame.Frame));
        Assert.Equal(15, report.Summary!.FootageFloor!.Frames);
    }

    [Fact]
    public async Task A_run_that_is_aborted_does_not_wait_for_its_header()
    {
        GazeReportSink sink = GazeReportSink.ToNowhere(GazeReportHeader.For(Setup, "process", null, null, null), complete: _ => new TaskCompletionSource<GazeReportHeader>().Task);
        await sink.WriteAsync(Frame(0), TestContext.Current.CancellationToken);
        using var abort = new CancellationTokenSource();
        Task ending = sink.CommitAsync(abort.Token).AsTask();
        Assert.False(ending.IsCompleted);
        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ending);
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_the_report_and_not_the_run()
    {
        using var pipe = new BrokenPipe(after: 2);
        var seen = new List<long>();
        GazeReportSink sink = GazeReportSink.ToStream(pipe, GazeReportHeader.For(Setup, "process", null, null, null), record => seen.Add(record.Frame));
        for (int i = 0; i < 6; i++)
        {
            await sink.WriteAsync(Frame(i), TestContext.Current.CancellationToken);
        }

        await sink.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 2, 3, 4, 5], seen);
        Assert.Equal(6, sink.Summary!.Frames);
        Assert.Equal(2, pipe.Writes);
    }

    [Fact]
    public async Task An_abandoned_report_leaves_nothing_behind()
    {
        GazeReportSink sink = GazeReportSink.ToFile(Path.Combine(folder, "gaze.ndjson"), GazeReportHeader.For(Setup, "process", null, null, null));
        await sink.WriteAsync(Frame(0), TestContext.Current.CancellationToken);
        await sink.AbandonAsync();
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_report_where_nothing_can_be_written_is_refused_in_one_sentence()
    {
        string path = Path.Combine(folder, "absent", "gaze.ndjson");
        var failure = Assert.Throws<UserFacingException>(() => GazeReportSink.ToFile(path, GazeReportHeader.For(Setup, "process", null, null, null)));
        Assert.Equal(FailureKind.OutputUnwritable, failure.Kind);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"type\":\"header\",\"schema\":\"other\"}")]
    public void What_is_no_report_is_refused(string text)
    {
        var failure = Assert.Throws<UserFacingException>(() => GazeReport.Read(new StringReader(text), "x.ndjson"));
        Assert.Equal(FailureKind.InputUnreadable, failure.Kind);
        Assert.Contains("x.ndjson", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_was_cut_off_still_gives_its_whole_lines()
    {
        using var stream = new MemoryStream();
        GazeReportSink sink = GazeReportSink.ToStream(stream, GazeReportHeader.For(Setup, "process", null, null, null));
        await sink.WriteAsync(Frame(0), TestContext.Current.CancellationToken);
        GazeReport report = GazeReport.Read(new StringReader(Encoding.UTF8.GetString(stream.ToArray())), "x");
        Assert.Single(report.Frames);
        Assert.Null(report.Summary);
    }

    internal static FrameGazeRecord Frame(int index) => new(index, index * 512L, "1/15360", Math.Round(index / 30.0, 6), [Face(1, index)]);

    internal static FaceGazeRecord Face(int track, int index)
    {
        bool blink = index % 10 == 9;
        var source = new EyesRecord(blink ? null : index - 5.25, blink ? null : 2.5, [0.31, 0.3], blink, [0.02, -0.01], blink ? 0 : 0.8);
        EyesRecord output = source with { Yaw = source.Yaw + 1.5, Pitch = source.Pitch - 0.5 };
        return new(track, [10, 20, 100.5, 120], new HeadRecord(4, -3, 1), source, output, blink ? null : 1.58, blink ? GazeSkip.EyesClosed : null);
    }

    private static string Json(GazeReportHeader value) => JsonSerializer.Serialize(value);

    private static string Json(FrameGazeRecord value) => JsonSerializer.Serialize(value);

    private static string Json(GazeSummary value) => JsonSerializer.Serialize(value);

    /// <summary>The names of a JSON document in order, arrays by their first element, maps with free keys as {}.</summary>
    private static string Keys(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return string.Join(' ', document.RootElement.EnumerateObject().Select(Describe));

        static string Describe(JsonProperty property) => property.Name + property.Value.ValueKind switch
        {
            JsonValueKind.Object when property.Name == "skipped" => "{}",
            JsonValueKind.Object => "{" + string.Join(' ', property.Value.EnumerateObject().Select(Describe)) + "}",
            JsonValueKind.Array when property.Value.GetArrayLength() > 0 && property.Value[0].ValueKind == JsonValueKind.Object =>
                "[" + string.Join(' ', property.Value[0].EnumerateObject().Select(Describe)) + "]",
            JsonValueKind.Array => "[]",
            _ => string.Empty,
        };
    }

    private sealed class BrokenPipe(int after) : MemoryStream
    {
        public int Writes { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Writes == after)
            {
                throw new IOException("Broken pipe");
            }

            Writes++;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
