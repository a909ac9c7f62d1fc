using System.Diagnostics;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>
/// Teaches the one-shot generator's mask alone, on single labelled pictures of rendered people: where is skin, and where do spectacles, hair, hands and hats lie over it? Triplets show few of these, and in a loss over
/// the whole crop a frame of spectacles counts for nothing. The mask then follows from the picture alone; what the photos' skin would look like there has no weight. The loop is all here.
/// </summary>
public static class MaskRecipe
{
    // Losses in progress reports are means since the last one.
    private const int ReportEvery = 10;

    // Steps over which the rate rises from 0.
    private const int WarmUp = 50;

    /// <summary>Trains (or goes on training), writes the checkpoint with the generator's other weights as they were, and measures.</summary>
    /// <exception cref="UserFacingException">A file cannot be read.</exception>
    public static MaskRecipeResult Run(MaskRecipeOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TorchRuntime.Use(options.Threads);
        var pictures = MaskPictures.Load(options.Labels);
        using var scope = NewDisposeScope();
        bool resumed = File.Exists(options.Output);
        var (network, _) = SwapCheckpoint.Open(resumed ? options.Output : options.Generator);
        using var disposed = network;
        SwapLadder ladder = network.MaskLadder;
        foreach (var parameter in ladder.parameters())
        {
            parameter.requires_grad = true;
        }

        int side = network.Shape.Resolution;
        using var optimizer = new MomentOptimizer(OptimizerKind.Adam, RecipeCheckpoint.Parameters([ladder]), options.LearningRate);
        int first = resumed ? SwapCheckpoint.Load(options.Output, network, optimizer) : 0;
        ForgetPhotos(ladder);
        ladder.train();
        var clock = Stopwatch.StartNew();
        double sum = 0;
        int summed = 0;
        foreach ((int step, MaskBatch batch) in BatchesAhead.From(first, options.Steps, drawers: 1, step => MaskBatch.Draw(pictures, options.BatchSize, side, options.Seed, step)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            Tensor weights = Numbers.Tensor(batch.Weights, options.BatchSize, 1, side, side);
            Tensor loss = nn.functional.binary_cross_entropy_with_logits(
                Logits(ladder, Numbers.Tensor(batch.Planes, options.BatchSize, 3, side, side), options.MixedPrecision), Numbers.Tensor(batch.Bare, options.BatchSize, 1, side, side), weight: weights);
            loss.backward();
            optimizer.LearningRate = LearningRates.Cosine(options.LearningRate, step, options.Steps, Math.Min(WarmUp, options.Steps / 4.0));
            optimizer.Step(step, clipNorm: 5);
            int done = step + 1;
            summed++;
            sum += loss.item<float>();
            bool kept = done % options.CheckpointEvery == 0 || done == options.Steps;
            if (kept)
            {
                SwapCheckpoint.Save(options.Output, network, optimizer, done);
            }

            if (kept || done % ReportEvery == 0)
            {
                double rate = (done - first) / clock.Elapsed.TotalSeconds;
                progress?.Report(new(
                    done, options.Steps, rate, TimeSpan.FromSeconds((options.Steps - done) / rate), new Dictionary<string, double> { ["mask"] = sum / summed }, Checkpoint: kept ? options.Output : null));
                (sum, summed) = (0, 0);
            }
        }

        ladder.eval();
        return new(options.Output, Measure(ladder, MaskPictures.Load(options.HeldOutLabels).All, side));
    }

    /// <summary>What the mask says before the sigmoid, (N, 1, S, S), of BGR in [0, 1]; the planes of the photos are left empty, as <see cref="ForgetPhotos"/> made them count for nothing.</summary>
    private static Tensor Logits(SwapLadder ladder, Tensor target, bool mixedPrecision)
    {
        long[] rest = [target.shape[0], FaceTexture.Planes, target.shape[2], target.shape[3]];
        return ladder.forward(Precision.Prepared(cat([target.sub(Numbers.Half), zeros(rest)], 1), mixedPrecision));
    }

    /// <summary>The weights of all planes but the picture's own become 0, and stay it: planes of zeros have no gradient.</summary>
    private static void ForgetPhotos(SwapLadder ladder)
    {
        using var noGradient = no_grad();
        ladder.Descent.Levels[0].Down.Weight.narrow(1, 3, FaceTexture.Planes).zero_();
    }

    private static Dictionary<string, double> Measure(SwapLadder ladder, IReadOnlyList<RenderedFace> faces, int side)
    {
        using var noGradient = no_grad();
        (string Name, int Class, bool Bare)[] questions =
        [
            ("face", MaskClasses.Face, true), ("eyes", MaskClasses.Eye, true), ("mouth", MaskClasses.Mouth, true),
            ("spectacles", MaskClasses.Spectacles, false), ("hair", MaskClasses.Hair, false), ("occluder", MaskClasses.Occluder, false), ("headwear", MaskClasses.Headwear, false),
        ];
        int[] right = new int[questions.Length], all = new int[questions.Length];
        foreach (RenderedFace face in faces)
        {
            using var scope = NewDisposeScope();
            var (batch, classes) = MaskBatch.Still(face, side);
            float[] logits = TensorFile.Numbers(Logits(ladder, Numbers.Tensor(batch.Planes, 1, 3, side, side), mixedPrecision: false));
            for (int i = 0; i < classes.Length; i++)
            {
                int question = Array.FindIndex(questions, asked => asked.Class == classes[i]);
                if (question >= 0)
                {
                    all[question]++;
                    right[question] += logits[i] > 0 == questions[question].Bare ? 1 : 0;
                }
            }
        }

        return Enumerable.Range(0, questions.Length).Where(i => all[i] > 0).ToDictionary(i => questions[i].Name, i => (double)right[i] / all[i]);
    }
}
