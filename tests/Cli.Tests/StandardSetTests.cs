using System.Text.Json;
using VideoGaze.Cli.Benchmarking;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Faces.Failures;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Directing;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Truth;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary>The standard set and <c>videogaze score --generator</c>.</summary>
[Collection(Tool.OneAtATime)]
public sealed class StandardSetTests(Material material)
{
    private static string Assets => SharedAssets.Require(Path.Combine("performers", "assets"));

    [Fact]
    public void A_published_version_never_changes() =>
        Assert.Equal("eb8722e6c7fa86a23abab918232e9481ad18e6d0ed2121433f7de3f6c08eecb4", StandardSet.V1.Fingerprint);

    [Fact]
    public void Twenty_targets_are_balanced_over_sexes_skin_tones_ages_and_spectacles()
    {
        StandardSet set = StandardSet.V1;
        Assert.Equal(20, set.Pairs.Count);
        Assert.Equal(20, set.Pairs.Select(pair => pair.Target).Concat(set.Pairs.Select(pair => pair.Source)).Distinct().Count() / 2);
        Assert.Equal(10, set.Pairs.Count(pair => pair.Script == "random"));

        // What the sampler draws first of all; that spectacles agree with the person shows that it still does.
        List<(int Sex, int Tone, int Age)> people = [];
        foreach (StandardPair pair in set.Pairs)
        {
            Random random = new(pair.Target);
            people.Add((random.Next(2), random.Next(6), random.Next(3)));
            PerformerIdentity person = PerformerIdentity.Random(pair.Target);
            Assert.Equal(random.NextSingle() < 0.2f, person.Glasses is not null);
            Assert.DoesNotContain(person.Hair.Style, (string[])["bob02", "short03", "braid01"]);
            Assert.True(person.Glasses is not { Tint: > 0 }, pair.Name);
        }

        Assert.Equal([10, 10], people.CountBy(person => person.Sex).Select(group => group.Value));
        Assert.All(people.CountBy(person => person.Tone), group => Assert.InRange(group.Value, 3, 4));
        Assert.All(people.CountBy(person => person.Age), group => Assert.InRange(group.Value, 6, 7));
        Assert.Equal(4, set.Pairs.Count(pair => PerformerIdentity.Random(pair.Target).Glasses is not null));
    }

    [Fact]
    public void Every_clip_shows_one_head_within_45_degrees_and_all_of_its_face()
    {
        PerformerAssets assets = PerformerAssets.Open(Assets);
        StandardSet set = StandardSet.V1;
        foreach (StandardPair pair in set.Pairs)
        {
            Performance performance = new(assets, pair.Write(set));
            for (long frame = 0; frame < set.Frames; frame += 4)
            {
                PerformerLabels person = Assert.Single(performance.TruthOf(frame).Persons).Labels;
                Assert.True(Math.Abs(person.Head.Yaw) < float.DegreesToRadians(45), $"{pair.Name}, frame {frame}: {person.Head}");
                Assert.All(person.Landmarks68, point => Assert.True(point.X > 0 && point.Y > 0 && point.X < set.Side && point.Y < set.Side, $"{pair.Name}, frame {frame}: {point}"));
            }
        }
    }

    [Theory]
    [InlineData("Give a swapped video", "--source", "B")]
    [InlineData("Give a swapped video", "out.mp4", "--generator", "g.onnx", "--source", "B")]
    [InlineData("nobody called 'Z'", "--generator", "g.onnx", "--source", "Z")]
    [InlineData("--truth belongs to a single video", "--generator", "g.onnx", "--source", "B", "--truth", "t.ndjson")]
    [InlineData("--pairs must lie", "--generator", "g.onnx", "--source", "B", "--pairs", "21")]
    [InlineData("--work goes with --generator", "out.mp4", "--truth", "t", "--true-swap", "s", "--work", "w")]
    [InlineData("'--true-swap' is required", "out.mp4", "--truth", "t")]
    public async Task A_command_line_that_makes_no_sense_is_explained(string words, params string[] arguments)
    {
        ToolResult result = await RecordingTerminal.RunAsync(["score", .. arguments]);

        Assert.Equal((int)FailureKind.Usage, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generator_that_is_not_there_is_told_before_anything_is_rendered()
    {
        using TemporaryFolder folder = new();
        ToolResult result = await RecordingTerminal.RunAsync("score", "--generator", folder["g.onnx"], "--source", "B", "--work", folder["work"]);

        Assert.True(result.ExitCode == (int)FailureKind.InputMissing, result.ToString());
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task A_pair_is_rendered_swapped_and_scored_and_its_clips_are_kept()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        ToolResult result = await Tool.RunAsync(
            "score", "--generator", material.Identity, "--source", "B", "--assets", Assets, "--work", folder["work"], "--pairs", "1", "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        using JsonDocument document = JsonDocument.Parse(result.Out);
        JsonElement run = document.RootElement.GetProperty("standardSet");
        Assert.Equal(1, run.GetProperty("version").GetInt32());
        Assert.Equal("B", run.GetProperty("source").GetString());
        Assert.Equal("01", Assert.Single(run.GetProperty("scored").EnumerateArray()).GetString());
        JsonElement pair = Assert.Single(document.RootElement.GetProperty("pairs").EnumerateArray());
        Assert.Equal(StandardSet.V1.Frames, pair.GetProperty("frames").GetProperty("paired").GetInt32());
        Assert.Equal(1, pair.GetProperty("trueSwap").GetProperty("face").GetProperty("ssim").GetProperty("mean").GetDouble());
        string clips = Assert.Single(Directory.GetDirectories(folder["work"]));
        Assert.Equal(["01.mp4", "01.swapped-truth.mp4", "01.swapped-truth.truth.ndjson", "01.truth.ndjson"], Directory.GetFiles(clips).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pair_without_a_face_is_named_and_clips_that_are_there_are_used()
    {
        Material.RequireModels();
        using TemporaryFolder folder = new();
        StandardJob job = new()
        {
            Set = StandardSet.V1.First(1),
            Generator = material.Identity,
            Source = Cast.Find("B"),
            AssetsFolder = Assets,
            ModelsFolder = SharedAssets.Require("models"),
            WorkFolder = folder["work"],
        };
        using (StandardFolder work = StandardFolder.Open(job, new string('0', 64)))
        {
            string clip = work.ClipOf(job.Set.Pairs[0]);
            File.Copy(material.NoFace, clip);
            foreach (string ending in (string[])[".truth.ndjson", ".swapped-truth.mp4", ".swapped-truth.truth.ndjson"])
            {
                await File.WriteAllTextAsync(Path.ChangeExtension(clip, ending), string.Empty, TestContext.Current.CancellationToken);
            }
        }

        StandardResult result = await new StandardPipeline(job, null, CancellationToken.None, CancellationToken.None).RunAsync();

        Assert.Equal("01", Assert.Single(result.Run.Failed).Pair);
        Assert.Empty(result.Pairs);
        Assert.False(result.StoppedEarly);
    }

    [Fact]
    public async Task A_run_that_is_stopped_ends_with_the_pairs_it_has()
    {
        using TemporaryFolder folder = new();
        StandardJob job = new() { Set = StandardSet.V1, Generator = material.Identity, Source = Cast.Find("B"), AssetsFolder = Assets, WorkFolder = folder["work"] };

        StandardResult result = await new StandardPipeline(job, null, new CancellationToken(canceled: true), CancellationToken.None).RunAsync();

        Assert.True(result.StoppedEarly);
        Assert.Empty(result.Pairs);
    }
}
