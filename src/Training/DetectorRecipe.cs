using System.Diagnostics;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Losses;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Trains <see cref="DetectorNetwork"/> on rendered people and real frames and writes it as ONNX. The loop is all here.</summary>
public static class DetectorRecipe
{
    // Steps over which the rate rises from 0: the first gradients of a normalised network are large.
    private const int WarmUp = 100;

    // Losses in progress reports are means since the last one.
    private const int ReportEvery = 25;

    /// <summary>Trains (or goes on training), exports, checks and measures.</summary>
    /// <exception cref="UserFacingException">A file cannot be read.</exception>
    public static DetectorRecipeResult Run(DetectorRecipeOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TorchRuntime.Use(options.Threads);
        DetectorPictures pictures = DetectorPictures.Load(options.Labels, options.Frames);
        using DetectorTeacher? teacher = options.Teacher is null ? null : DetectorTeacher.Open(options.Teacher);
        random.manual_seed(options.Seed);
        using var scope = NewDisposeScope();
        using var network = new DetectorNetwork();
        using var optimizer = new MomentOptimizer(OptimizerKind.Adam, RecipeCheckpoint.Parameters([network]), options.LearningRate);
        string checkpoint = options.Output + ".checkpoint";
        int first = File.Exists(checkpoint) ? RecipeCheckpoint.Load(checkpoint, [network], optimizer) : 0;
        network.train();
        var clock = Stopwatch.StartNew();
        var sums = new Dictionary<string, double>();
        int summed = 0;
        foreach ((int step, DetectorBatch batch) in BatchesAhead.From(first, options.Steps, drawers: 1, step => DetectorBatch.Draw(pictures, teacher, options, step)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            Tensor[] outputs = network.forward(Precision.Prepared(Numbers.Tensor(batch.Planes, batch.Count, 3, batch.Side, batch.Side), options.MixedPrecision));
            var (loss, parts) = batch.Taught is null ? DetectorLoss.Of(outputs, batch.Targets) : DetectorDistillation.Of(outputs, batch.Taught);
            loss.backward();
            optimizer.LearningRate = LearningRates.Cosine(options.LearningRate, step, options.Steps, Math.Min(WarmUp, options.Steps / 4.0));
            optimizer.Step(step, clipNorm: 10);
            int done = step + 1;
            summed++;
            foreach (var (name, part) in parts)
            {
                sums[name] = sums.GetValueOrDefault(name) + part.item<float>();
            }

            bool kept = done % options.CheckpointEvery == 0 || done == options.Steps;
            if (kept)
            {
                RecipeCheckpoint.Save(checkpoint, [network], optimizer, done);
            }

            if (kept || done % ReportEvery == 0)
            {
                double rate = (done - first) / clock.Elapsed.TotalSeconds;
                progress?.Report(new(
                    done,
                    options.Steps,
                    rate,
                    TimeSpan.FromSeconds((options.Steps - done) / rate),
                    sums.ToDictionary(sum => sum.Key, sum => sum.Value / summed),
                    Checkpoint: kept ? checkpoint : null));
                (sums, summed) = ([], 0);
            }
        }

        network.eval();
        var (recall, others, points, count) = DetectorMeasure.Of(network, options.LeastScore, RenderedFaces.Load(options.HeldOutLabels));
        var metadata = new Dictionary<string, string>(options.Origin ?? new Dictionary<string, string>())
        {
            ["contract"] = "yunet: input (N, 3, H, W) BGR 0..255, sides multiples of 32; cls x obj = score; bbox, kps in strides from the cell's corner, sizes as logarithms; strides 8, 16, 32",
            ["seed"] = FormattableString.Invariant($"{options.Seed}"),
            ["time"] = FormattableString.Invariant($"{options.Steps} steps of {options.BatchSize} pictures of 256 x 256 (or as many pixels), taught by {teacher?.FileName ?? "labels"}"),
            ["score"] = FormattableString.Invariant($"{DetectorGraph.UsualLeastScore} stands for the network's {options.LeastScore}"),
            ["heldOut"] = FormattableString.Invariant($"{count} rendered pictures of other people at 256 px: recall {recall:0.000}, others a picture {others:0.000}, points {points * 100:0.0} % of the distance between the eyes"),
        };
        var (bytes, difference) = DetectorExport.Write(network, metadata, options.Output, options.LeastScore);
        return new(options.Output, bytes, difference, count, recall, others, points);
    }
}
