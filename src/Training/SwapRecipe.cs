using System.Diagnostics;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Losses;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Trains the one-shot generator on true swaps, or on nothing but faces of people as they are. The loop is all in <c>Run</c>.</summary>
public static class SwapRecipe
{
    /// <summary>Name of the checkpoint in the output folder.</summary>
    public const string CheckpointName = "checkpoint.safetensors";

    /// <summary>
    /// Trains until <see cref="SwapRecipeOptions.Steps"/>, going on from the output folder's checkpoint where there is one.
    /// When cancelled it writes a checkpoint before it throws.
    /// </summary>
    /// <exception cref="UserFacingException">A data set, checkpoint or weights file cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint holds all steps done.</exception>
    public static SwapRecipeResult Run(SwapRecipeOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken) =>
        Run(options, () => new MeshReader(options.Landmarks), progress, cancellationToken);

    /// <summary>The same with meshes from anywhere.</summary>
    internal static SwapRecipeResult Run(SwapRecipeOptions options, Func<IMeshReader> openReader, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        TorchRuntime.Use(options.Threads, options.Device);
        Directory.CreateDirectory(options.Output);
        string checkpoint = Path.Combine(options.Output, CheckpointName);
        List<SwapTriplets> sets = [], heldOutSets = [];
        try
        {
            List<List<SwapRealFace>> real;
            using (IMeshReader reader = openReader())
            {
                sets.AddRange(options.Triplets.Select(folder => SwapTriplets.Open(folder, heldOut: false, reader)));
                heldOutSets.AddRange(options.Triplets.Select(folder => SwapTriplets.Open(folder, heldOut: true, reader)));
                real = [.. options.Real.Select(folder => SwapRealFace.Load(folder, options.Shape.Resolution * 3 / 2, reader)).Where(faces => faces.Count > 0)];
            }

            random.manual_seed(options.Seed);
            using var scope = NewDisposeScope();
            using var network = new SwapNetwork(options.Shape);
            TorchRuntime.Enter(network);
            using var optimizer = new MomentOptimizer(OptimizerKind.Adam, network.named_parameters(), options.LearningRate);
            using GazeNetwork? gaze = options.Losses.Gaze.Weight > 0 ? GazeRecipe.LoadFrozen(options.GazeWeights!) : null;
            using IdentityNetwork? identity = options.Losses.Likeness.Weight > 0 ? IdentityWeights.LoadFrozen(options.Identity!) : null;
            using var loss = new SwapLoss(options.Losses, options.Shape.Resolution, gaze, identity);
            int first = 0;
            if (File.Exists(checkpoint))
            {
                first = SwapCheckpoint.Load(checkpoint, network, optimizer);
            }
            else if (options.StartFrom is not null)
            {
                Start(options.StartFrom, network);
            }

            if (sets.Count == 0 && !SwapBatches.CanReconstruct(real))
            {
                throw new UserFacingException(FailureKind.NoFace, "Faces of two people are needed, of one of them in two pictures or more, where there are no swap triplets.");
            }

            SwapBatches batches = new(sets, real, options);
            using var metrics = new MetricsFile(Path.Combine(options.Output, "metrics.ndjson"), first);
            var heldOut = new SwapHeldOut(heldOutSets, options.Shape.Resolution);
            var means = new Dictionary<string, double>();
            Dictionary<string, double> last = [];
            int step = first, summed = 0;
            var clock = Stopwatch.StartNew();
            foreach ((_, SwapBatch drawn) in BatchesAhead.From(first, options.Steps, TorchRuntime.Drawers, batches.Draw))
            {
                using (NewDisposeScope())
                {
                    SwapTensors batch = drawn.ToTensors();
                    SwapOutput made = network.Forward(batch.Target, batch.Source, options.MixedPrecision);
                    List<(string Name, Tensor Value)> losses = loss.At(step, made, batch);
                    losses.Select(entry => entry.Value).Aggregate((sum, next) => sum.Plus(next)).backward();
                    optimizer.LearningRate = LearningRateAt(options, step);
                    optimizer.Step(step, options.ClipNorm);
                    foreach (var (name, value) in losses)
                    {
                        means[name] = means.GetValueOrDefault(name) + value.item<float>();
                    }
                }

                step++;
                summed++;
                bool cancelled = cancellationToken.IsCancellationRequested, finished = step == options.Steps;
                string? written = null, picture = null;
                Dictionary<string, double> figures = [];
                if (cancelled || finished || step % options.CheckpointEvery == 0)
                {
                    SwapCheckpoint.Save(checkpoint, network, optimizer, step);
                    written = checkpoint;
                }

                if (options.PreviewEvery > 0 && heldOutSets.Count > 0 && (finished || step % options.PreviewEvery == 0))
                {
                    picture = heldOut.Write(network, Path.Combine(options.Output, "previews"), step);
                    figures = heldOut.Measure(network, gaze);
                }

                if (finished || picture is not null || step % options.ReportEvery == 0)
                {
                    last = means.ToDictionary(entry => entry.Key, entry => entry.Value / summed);
                    if (last.Values.Any(value => !double.IsFinite(value)))
                    {
                        throw new UserFacingException(FailureKind.Unsupported, $"Training diverged near step {step}: lower --learning-rate and resume from {checkpoint}.");
                    }

                    foreach (var (name, value) in figures)
                    {
                        last[name] = value;
                    }

                    metrics.Append(step, optimizer.LearningRate, last);
                    double rate = summed / clock.Elapsed.TotalSeconds;
                    progress?.Report(new(step, options.Steps, rate, TimeSpan.FromSeconds((options.Steps - step) / rate), last, picture, written));
                    means.Clear();
                    summed = 0;
                    clock.Restart();
                }

                if (cancelled)
                {
                    throw new OperationCanceledException(cancellationToken);
                }
            }

            return new(step, checkpoint, last);
        }
        finally
        {
            TorchRuntime.Leave();
            sets.ForEach(set => set.Dispose());
            heldOutSets.ForEach(set => set.Dispose());
        }
    }

    /// <summary>Up over the first steps, constant, then down a cosine to a twentieth.</summary>
    internal static double LearningRateAt(SwapRecipeOptions options, int step)
    {
        int from = options.DecayFrom ?? options.Steps * 2 / 3;
        double share = options.Steps > from ? Math.Clamp((step - from) / (double)(options.Steps - from), 0, 1) : 0;
        return options.LearningRate * Math.Min(1, (step + 1.0) / options.WarmUp) * (0.05 + (0.95 * (1 + Math.Cos(Math.PI * share)) / 2));
    }

    private static void Start(string from, SwapNetwork network)
    {
        if (Path.GetExtension(from) == ".onnx")
        {
            SwapWeights.Load(from, network);
        }
        else
        {
            SwapCheckpoint.LoadShared(from, network);
        }
    }
}
