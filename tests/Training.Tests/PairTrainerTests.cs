using System.Text.Json;
using TorchSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class PairTrainerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Training_stopped_and_resumed_gives_bit_for_bit_the_unbroken_run()
    {
        using var faces = new SyntheticFaces();
        PairTrainingResult whole = PairTrainer.Run(faces.Options("whole"), null, Token);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reports = new Reports(progress =>
        {
            if (progress.Step == 3)
            {
                stop.Cancel();
            }
        });
        PairTrainingOptions broken = faces.Options("broken");
        Assert.Throws<OperationCanceledException>(() => PairTrainer.Run(broken, reports, stop.Token));
        var rest = new Reports();
        PairTrainingResult resumed = PairTrainer.Run(broken, rest, Token);

        Assert.InRange(rest.All[0].Step, 4, 5);
        Assert.Equal(whole.Losses, resumed.Losses);
        Assert.Equal(File.ReadAllBytes(whole.Checkpoint), File.ReadAllBytes(resumed.Checkpoint));
    }

    [Fact]
    public void Every_step_frees_every_tensor_it_made()
    {
        using var faces = new SyntheticFaces();
        var live = new List<long>();
        PairTrainer.Run(faces.Options("leak") with { CheckpointEvery = 4, PreviewEvery = 6 }, new Reports(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)), Token);
        Assert.Equal(8, live.Count);

        // The first steps make gradients and optimiser state; from then on nothing may grow.
        Assert.All(live.Skip(3), count => Assert.Equal(live[2], count));
    }

    [Fact]
    public void Smoke_training_finishes_and_lowers_the_loss()
    {
        using var faces = new SyntheticFaces();
        var reports = new Reports();
        PairTrainingOptions options = (faces.Options("smoke") with { Losses = PairLosses.Conditions["DFL+em"] }).AsSmokeTest() with { Steps = 60, PreviewEvery = 60 };
        PairTrainingResult result = PairTrainer.Run(options, reports, Token);

        Assert.Equal(60, result.Steps);
        Assert.True(result.Losses.Values.Sum() < 0.7 * reports.All[0].Losses.Values.Sum(), "the loss did not fall by 30 % in 60 steps");
        Assert.True(File.Exists(Path.Combine(options.Output, "previews", "000060.png")));
        string[] metrics = File.ReadAllLines(Path.Combine(options.Output, "metrics.ndjson"));
        Assert.Equal(60, JsonDocument.Parse(metrics[^1]).RootElement.GetProperty("step").GetInt32());
    }

    [Fact]
    public void The_same_options_give_the_same_weights()
    {
        using var faces = new SyntheticFaces();
        PairTrainingResult one = PairTrainer.Run(faces.Options("one") with { Steps = 2 }, null, Token);
        PairTrainingResult two = PairTrainer.Run(faces.Options("two") with { Steps = 2 }, null, Token);
        Assert.Equal(File.ReadAllBytes(one.Checkpoint), File.ReadAllBytes(two.Checkpoint));
    }

    [Fact]
    public void Liae_trains_too()
    {
        using var faces = new SyntheticFaces();
        PairTrainingOptions options = faces.Options("liae");
        PairTrainingResult result = PairTrainer.Run(options with { Steps = 2, Shape = options.Shape.WithName("liae-ud") }, null, Token);
        Assert.All(result.Losses.Values, loss => Assert.True(double.IsFinite(loss)));
    }

    [Fact]
    public void A_checkpoint_of_other_dimensions_is_refused_by_name()
    {
        using var faces = new SyntheticFaces();
        PairTrainingOptions options = faces.Options("shape") with { Steps = 1 };
        PairTrainer.Run(options, null, Token);
        var failure = Assert.Throws<UserFacingException>(() => PairTrainer.Run(options with { Steps = 2, Shape = options.Shape with { DecoderDims = 8 } }, null, Token));
        Assert.Contains("checkpoint.safetensors", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finetuning_starts_from_another_runs_weights_at_step_0()
    {
        using var faces = new SyntheticFaces();
        PairTrainingResult first = PairTrainer.Run(faces.Options("base") with { Steps = 60, LearningRate = 2e-3 }, null, Token);
        var reports = new Reports();
        PairTrainer.Run(faces.Options("fine") with { Steps = 1, StartFrom = first.Checkpoint }, reports, Token);
        var fresh = new Reports();
        PairTrainer.Run(faces.Options("fresh") with { Steps = 1 }, fresh, Token);
        Assert.Equal(1, reports.All[0].Step);
        Assert.True(reports.All[0].Losses.Values.Sum() < 0.9 * fresh.All[0].Losses.Values.Sum());
    }

    [Fact]
    public void The_learning_rate_is_constant_and_then_falls_to_a_twentieth()
    {
        var options = new PairTrainingOptions("a", "b", "c") { Steps = 300, LearningRate = 1e-3, DecayFrom = 200 };
        Assert.Equal(1e-3, PairTrainer.LearningRateAt(options, 0), 9);
        Assert.Equal(1e-3, PairTrainer.LearningRateAt(options, 200), 9);
        Assert.Equal(5e-5, PairTrainer.LearningRateAt(options, 300), 9);
    }

    [Fact]
    public void An_empty_face_set_and_a_missing_one_are_told_apart()
    {
        using var faces = new SyntheticFaces();
        string empty = Path.Combine(faces.Root, "empty");
        Directory.CreateDirectory(empty);
        Assert.Equal(FailureKind.InputMissing, Assert.Throws<UserFacingException>(() => PairTrainer.Run(faces.Options("x") with { Source = empty }, null, Token)).Kind);
        File.WriteAllText(Path.Combine(empty, "faces.ndjson"), string.Empty);
        Assert.Equal(FailureKind.NoFace, Assert.Throws<UserFacingException>(() => PairTrainer.Run(faces.Options("x") with { Source = empty }, null, Token)).Kind);
    }

    [Theory]
    [InlineData("df", SharedArchitecture.Df, false, 1)]
    [InlineData("liae-ud", SharedArchitecture.Liae, true, 2)]
    [InlineData("df-d", SharedArchitecture.Df, false, 2)]
    [InlineData("df-uq", SharedArchitecture.Df, true, 4)]
    public void Architectures_are_read_in_DeepFaceLabs_notation(string name, SharedArchitecture architecture, bool unit, int subpixels)
    {
        AutoencoderShape shape = new AutoencoderShape().WithName(name);
        Assert.Equal((architecture, unit, subpixels, name), (shape.Architecture, shape.UnitCode, shape.Subpixels, shape.Name));
    }

    [Theory]
    [InlineData("saehd")]
    [InlineData("df-t")]
    [InlineData("df-u-d")]
    [InlineData("df-dq")]
    public void Other_architectures_are_refused(string name) => Assert.Throws<UserFacingException>(() => new AutoencoderShape().WithName(name));
}
