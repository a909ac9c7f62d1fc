using System.Globalization;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary><c>videogaze perform</c> as it is typed. Clips are small; what performers do is tested with the performers.</summary>
[Collection(Tool.OneAtATime)]
public sealed class PerformTests
{
    /// <summary>Names a larger data set (made with <c>perform --dataset</c>) for <see cref="Detectors_find_the_faces_of_a_data_set"/> to measure.</summary>
    private const string DatasetVariable = "VIDEOGAZE_DATASET";

    private static string Assets => SharedAssets.Require(Path.Combine("performers", "assets"));

    [Fact]
    public async Task A_clip_comes_with_its_truth_its_true_swap_and_its_mark()
    {
        using TemporaryFolder folder = new();
        string sound = folder["voice.wav"];
        await Tool.FfmpegAsync("-f", "lavfi", "-i", "sine=duration=0.2", sound);

        ToolResult result = await RecordingTerminal.RunAsync(
            "perform", "talk", "-o", folder["out.mp4"], "--assets", Assets, "--swap-truth", "B", "--size", "162x91", "--rate", "29.97", "--seconds", "0.3", "--sound", sound, "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(["out.mp4", "out.swapped-truth.mp4", "out.swapped-truth.truth.ndjson", "out.truth.ndjson", "voice.wav"], folder.Names);
        Assert.Equal(9, await Tool.CountFramesAsync(folder["out.mp4"]));
        Assert.Equal(9, await Tool.CountFramesAsync(folder["out.swapped-truth.mp4"]));
        Assert.Equal("30000/1001", await Tool.ProbeAsync(folder["out.mp4"], "stream=r_frame_rate", "-select_streams", "v:0"));
        Assert.Equal("aac", await Tool.ProbeAsync(folder["out.mp4"], "stream=codec_name", "-select_streams", "a:0"));
        Assert.Contains("compositeSynthetic", await Tool.ProbeAsync(folder["out.mp4"], "format_tags=DigitalSourceType"), StringComparison.Ordinal);
        Assert.Equal(9, File.ReadLines(folder["out.truth.ndjson"]).Count());
        Assert.Equal("B", PersonIn(File.ReadLines(folder["out.swapped-truth.truth.ndjson"]).First()).GetProperty("id").GetString());
        Assert.Equal(9, JsonDocument.Parse(result.Out).RootElement.GetProperty("frames").GetInt32());
    }

    [Theory]
    [InlineData("There is no script", "dance", "-o", "out.mp4")]
    [InlineData("nobody called 'Z'", "talk", "-o", "out.mp4", "--cast", "Z")]
    [InlineData("one role", "talk", "-o", "out.mp4", "--cast", "A,B")]
    [InlineData("nobody called 'Q'", "talk", "-o", "out.mp4", "--swap-truth", "Q")]
    [InlineData("is no time", "talk", "-o", "out.mp4", "--seconds", "long")]
    [InlineData("--seconds must be", "talk", "-o", "out.mp4", "--seconds", "0")]
    [InlineData("no frame rate", "talk", "-o", "out.mp4", "--rate", "fast")]
    [InlineData("--size is WIDTHxHEIGHT", "talk", "-o", "out.mp4", "--size", "256")]
    [InlineData("Option '-o' is required", "talk")]
    [InlineData("Give a script", "-o", "out.mp4")]
    [InlineData("belongs to a clip", "--dataset", "5", "-o", "out", "--swap-truth", "B")]
    [InlineData("goes with --dataset", "talk", "-o", "out.mp4", "--kind", "triplets")]
    public async Task A_command_line_that_makes_no_sense_is_explained(string words, params string[] arguments)
    {
        ToolResult result = await RecordingTerminal.RunAsync(["perform", .. arguments]);

        Assert.Equal((int)FailureKind.Usage, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_that_is_not_there_and_a_clip_that_is_are_said_at_once()
    {
        using TemporaryFolder folder = new();
        ToolResult missing = await RecordingTerminal.RunAsync("perform", "talk", "-o", folder["out.mp4"], "--assets", folder["nowhere"]);
        Assert.True(missing.ExitCode == (int)FailureKind.InputMissing, missing.ToString());
        Assert.Empty(folder.Names);

        folder.Write("out.truth.ndjson", [1]);
        ToolResult exists = await RecordingTerminal.RunAsync("perform", "talk", "-o", folder["out.mp4"], "--assets", folder["nowhere"]);
        Assert.True(exists.ExitCode == (int)FailureKind.OutputExists, exists.ToString());
        Assert.Equal(["out.truth.ndjson"], folder.Names);
    }

    [Fact]
    public async Task The_list_names_every_script()
    {
        ToolResult result = await RecordingTerminal.RunAsync("perform", "--list");
        Assert.Equal(0, result.ExitCode);
        Assert.All((string[])["talk", "two", "edges", "sweep", "profile", "lowlight", "random"], name => Assert.Contains("\n" + name, "\n" + result.Out, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Interrupted_it_ends_with_a_shorter_clip_and_as_many_lines_of_truth()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["perform", "talk", "-o", folder["out.mp4"], "--assets", Assets, "--size", "160x90", "--seconds", "600"];
        ToolResult result = await Tool.RunInGroupAsync(arguments, async running =>
        {
            await running.UntilAsync(() => new FileInfo(folder["out.truth.ndjson.partial"]) is { Exists: true, Length: > 0 }, "it wrote truth");
            ToolResult kill = await Tool.RunProgramAsync("kill", ["-INT", "--", string.Create(CultureInfo.InvariantCulture, $"-{running.Id}")]);
            Assert.True(kill.ExitCode == 0, kill.ToString());
        });

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Equal(["out.mp4", "out.truth.ndjson"], folder.Names);
        Assert.Equal(await Tool.CountFramesAsync(folder["out.mp4"]), File.ReadLines(folder["out.truth.ndjson"]).Count());
    }

    [Theory]
    [InlineData("yunet_n_dynamic.onnx")]
    [InlineData("scrfd_500m_bnkps.onnx")]
    public async Task Detectors_find_the_faces_of_a_data_set(string model)
    {
        using OnnxSession session = OnnxSession.Load(SharedAssets.Model(model), new(InferenceDevice.Cpu));
        using FaceFinder finder = FaceFinder.Over(session, new DetectOptions(640));
        using TemporaryFolder folder = new();
        string dataset = Environment.GetEnvironmentVariable(DatasetVariable) ?? folder["set"];
        if (!Directory.Exists(dataset))
        {
            ToolResult made = await RecordingTerminal.RunAsync("perform", "--dataset", "24", "-o", dataset, "--assets", Assets, "--seed", "5");
            Assert.True(made.ExitCode == 0, made.ToString());
        }

        List<string> missed = [];
        int people = 0;
        foreach (string line in File.ReadLines(Path.Combine(dataset, "labels.ndjson")).Concat(File.ReadLines(Path.Combine(dataset, "labels-heldout.ndjson"))))
        {
            using JsonDocument labels = JsonDocument.Parse(line);
            using Mat picture = Cv2.ImRead(Path.Combine(dataset, labels.RootElement.GetProperty("file").GetString()!));
            float[] box = [.. PersonIn(line).GetProperty("face_box_px").EnumerateArray().Select(value => value.GetSingle())];
            FaceBox truth = new(box[0], box[1], box[2], box[3]);
            IReadOnlyList<DetectedFace> found = finder.Find(PictureView.Of(picture));
            people++;
            if (!found.Any(face => face.Box.IntersectionOverUnion(truth) > 0.3))
            {
                JsonElement head = PersonIn(line).GetProperty("head");
                missed.Add($"{labels.RootElement.GetProperty("file")} (yaw {head.GetProperty("yaw_deg")}, pitch {head.GetProperty("pitch_deg")}, occluded {labels.RootElement.GetProperty("occluded")}, box height {box[3]}, found {found.Count})");
            }
        }

        string table = $"{model}: {people - missed.Count} of {people} found; missed: {string.Join("; ", missed)}";
        TestContext.Current.TestOutputHelper?.WriteLine(table);

        // One in fifty is allowed for, so one of the two dozen made here: profiles behind a hand are hard for people, too.
        Assert.True(missed.Count <= Math.Max(1, people / 50), table);
    }

    private static JsonElement PersonIn(string line) => JsonDocument.Parse(line).RootElement.GetProperty("persons")[0].Clone();
}
