using System.Diagnostics;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>How the gaze network of the gaze loss is trained.</summary>
/// <param name="Labels">Label file of the training pictures.</param>
/// <param name="HeldOutLabels">Label file of pictures of other people, for the stated error.</param>
/// <param name="Output">Where the weights go (safetensors).</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="BatchSize">Pictures a step.</param>
/// <param name="LearningRate">Peak rate; cosine down to 0 over the run.</param>
/// <param name="Seed">Of everything random.</param>
/// <param name="CheckpointEvery">Steps between checkpoints; a run with the same options resumes from <c>OUTPUT.checkpoint</c>.</param>
/// <param name="Threads">Threads of the tensor library.</param>
/// <param name="StartFrom">Weights to start from where there is no checkpoint.</param>
public sealed record GazeRecipeOptions(
    string Labels,
    string HeldOutLabels,
    string Output,
    int Steps = 8000,
    int BatchSize = 48,
    double LearningRate = 1e-3,
    int Seed = 1,
    int CheckpointEvery = 1000,
    int Threads = 2,
    string? StartFrom = null);

/// <summary>Error on the held-out pictures whose eyes are open (openness of .5 or more).</summary>
/// <param name="Pictures">How many.</param>
/// <param name="MeanDegrees">Mean angular error.</param>
/// <param name="MedianDegrees">Median angular error.</param>
/// <param name="P95Degrees">95th percentile.</param>
public sealed record GazeRecipeResult(int Pictures, double MeanDegrees, double MedianDegrees, double P95Degrees);

/// <summary>Trains <see cref="GazeNetwork"/> on labelled faces. The loop is all here.</summary>
public static class GazeRecipe
{
    /// <summary>Trains (or goes on training), writes the weights and measures them.</summary>
    /// <exception cref="UserFacingException">A file cannot be read.</exception>
    public static GazeRecipeResult Run(GazeRecipeOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TorchRuntime.Use(options.Threads);
        List<GazeSample> samples = GazeSamples.Load(options.Labels);
        List<GazeSample> heldOut = GazeSamples.Load(options.HeldOutLabels);
        random.manual_seed(options.Seed);
        using var scope = NewDisposeScope();
        using var network = new GazeNetwork();
        using var optimizer = new MomentOptimizer(OptimizerKind.Adam, network.named_parameters(), options.LearningRate);
        string checkpoint = options.Output + ".checkpoint";
        int first = 0;
        if (File.Exists(checkpoint))
        {
            first = Restore(checkpoint, network, optimizer);
        }
        else if (options.StartFrom is not null)
        {
            using var startScope = NewDisposeScope();
            TensorFile.CopyInto(TensorFile.Load(options.StartFrom).Tensors, network.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)), options.StartFrom);
        }

        var clock = Stopwatch.StartNew();
        foreach ((int step, GazeBatch batch) in BatchesAhead.From(first, options.Steps, drawers: 1, step => GazeBatch.Draw(samples, options, step)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            Tensor crops = Numbers.Tensor(batch.Crops, options.BatchSize, 3, batch.Side, batch.Side), angles = Numbers.Tensor(batch.Angles, options.BatchSize, 2), weights = Numbers.Tensor(batch.Weights, options.BatchSize);
            Tensor gap = GazeNetwork.Directions(network.forward(crops)) - GazeNetwork.Directions(angles);

            // The chord's length (about the angle in radians) and not its square: labels of half-shut eyes are rough, large errors must not rule.
            Tensor loss = ((gap * gap).sum(1).Plus(Numbers.Tiny).sqrt() * weights).sum() / weights.sum();
            loss.backward();
            optimizer.LearningRate = options.LearningRate * (1 + Math.Cos(Math.PI * step / options.Steps)) / 2;
            optimizer.Step(step, clipNorm: 1);
            int done = step + 1;
            if (done % 50 == 0 || done == options.Steps)
            {
                double rate = (done - first) / clock.Elapsed.TotalSeconds;
                progress?.Report(new(done, options.Steps, rate, TimeSpan.FromSeconds((options.Steps - done) / rate), new Dictionary<string, double> { ["gaze"] = loss.item<float>() }));
            }

            if (done % options.CheckpointEvery == 0)
            {
                Store(checkpoint, network, optimizer, done);
            }
        }

        GazeRecipeResult result = Measure(network, heldOut);
        var origin = new Dictionary<string, string>
        {
            ["contract"] = "yaw and pitch in radians of a dfl_whole_face crop (BGR, 0..1), relative to the line of sight",
            ["heldOut"] = FormattableString.Invariant($"{result.Pictures} pictures, mean {result.MeanDegrees:0.00}, median {result.MedianDegrees:0.00}, p95 {result.P95Degrees:0.00} degrees"),
        };
        TensorFile.Save(options.Output, network.named_parameters().Select(entry => KeyValuePair.Create(entry.name, (Tensor)entry.parameter)), origin);
        return result;
    }

    /// <summary>The network of a weights file, frozen.</summary>
    internal static GazeNetwork LoadFrozen(string path)
    {
        var network = new GazeNetwork();
        using (NewDisposeScope())
        {
            TensorFile.CopyInto(TensorFile.Load(path).Tensors, network.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)), path);
        }

        // Tensors that are moved are new ones: they must not be of the scope above.
        network.Freeze();
        TorchRuntime.Enter(network);
        return network;
    }

    /// <summary>Angular error on aligned crops without augmentation.</summary>
    internal static GazeRecipeResult Measure(GazeNetwork network, List<GazeSample> samples)
    {
        using var noGradient = no_grad();
        var errors = new List<double>();
        float[] planes = new float[3 * 128 * 128];
        foreach (GazeSample sample in samples.Where(sample => sample.Openness >= 0.5f))
        {
            using var scope = NewDisposeScope();
            var (crop, truth) = GazeSamples.Cut(sample, 128, SimilarityTransform.Identity);
            using (crop)
            {
                Pixels.ToPlanes(crop, planes);
            }

            Tensor angles = network.forward(Numbers.Tensor(planes, 1, 3, 128, 128));
            var found = new GazeAngles(angles[0, 0].item<float>(), angles[0, 1].item<float>());
            errors.Add(GazeAngles.AngularError(found, truth) * 180 / Math.PI);
        }

        errors.Sort();
        return new(errors.Count, errors.Average(), errors[errors.Count / 2], errors[(int)(errors.Count * 0.95)]);
    }

    private static void Store(string path, GazeNetwork network, MomentOptimizer optimizer, int step) => TensorFile.Save(
        path,
        network.named_parameters().Select(entry => KeyValuePair.Create("net." + entry.name, (Tensor)entry.parameter)).Concat(optimizer.State()),
        new Dictionary<string, string> { ["step"] = FormattableString.Invariant($"{step}") });

    private static int Restore(string path, GazeNetwork network, MomentOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = TensorFile.Load(path);
        TensorFile.CopyInto(tensors, network.named_parameters().Select(entry => ("net." + entry.name, (Tensor)entry.parameter)), path);
        TensorFile.CopyInto(tensors, optimizer.State().Select(entry => (entry.Key, entry.Value)), path);
        return int.Parse(metadata["step"], System.Globalization.CultureInfo.InvariantCulture);
    }
}
