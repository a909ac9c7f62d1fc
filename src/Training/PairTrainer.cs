using System.Diagnostics;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Losses;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Trains a shared autoencoder on two face sets. The loop is all in <see cref="Run"/>.</summary>
public static class PairTrainer
{
    /// <summary>Name of the checkpoint in the output folder.</summary>
    public const string CheckpointName = "checkpoint.safetensors";

    /// <summary>
    /// Trains until <see cref="PairTrainingOptions.Steps"/>, going on from the output folder's checkpoint where there is one.
    /// When cancelled it writes a checkpoint before it throws.
    /// </summary>
    /// <exception cref="UserFacingException">A face set, checkpoint or weights file cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint holds all steps done.</exception>
    public static PairTrainingResult Run(PairTrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        TorchRuntime.Use(options.Threads);
        Directory.CreateDirectory(options.Output);
        string checkpoint = Path.Combine(options.Output, CheckpointName);

        // Half as large again as the network's side: what the random scale and turn can make use of.
        int stored = options.Shape.Resolution * 3 / 2;
        List<TrainingFace> sourceFaces = FaceSet.Load(options.Source, stored), targetFaces = FaceSet.Load(options.Target, stored);

        random.manual_seed(options.Seed);
        using var scope = NewDisposeScope();
        using var network = new PairAutoencoder(options.Shape);
        using var optimizer = new MomentOptimizer(options.Optimizer, network.named_parameters(), options.LearningRate);
        using GazeNetwork? gaze = options.Losses.NeedGazeNetwork ? GazeRecipe.LoadFrozen(options.GazeWeights!) : null;
        using var loss = new PairLoss(options.Losses, options.Shape.Resolution, gaze);
        int first = 0;
        if (File.Exists(checkpoint))
        {
            first = PairCheckpoint.Load(checkpoint, network, optimizer);
        }
        else if (options.StartFrom is { } start)
        {
            if (Path.GetExtension(start) is ".onnx" or ".dfm")
            {
                GeneratorWeights.Load(start, network);
            }
            else
            {
                PairCheckpoint.Load(start, network, null);
            }
        }

        using var batches = new PairBatches(sourceFaces, targetFaces, options);
        using var metrics = new MetricsFile(Path.Combine(options.Output, "metrics.ndjson"), first);
        var preview = new PreviewGrid(sourceFaces, targetFaces, options.Shape.Resolution);
        var means = new Dictionary<string, double>();
        Dictionary<string, double> last = [];
        int step = first, summed = 0;
        var clock = Stopwatch.StartNew();
        foreach (var (sourceBatch, targetBatch) in batches.From(first))
        {
            using (NewDisposeScope())
            {
                SideTensors source = sourceBatch.ToTensors(), target = targetBatch.ToTensors();
                PairOutput output = network.Run(Precision.Prepared(source.Input, options.MixedPrecision), Precision.Prepared(target.Input, options.MixedPrecision), loss.NeedsSwap(step));
                List<(string Name, Tensor Value)> losses = loss.At(step, output, source, target);
                Tensor total = losses.Select(entry => entry.Value).Aggregate((sum, next) => sum.Plus(next));
                total.backward();
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
            if (cancelled || finished || step % options.CheckpointEvery == 0)
            {
                PairCheckpoint.Save(checkpoint, network, optimizer, step);
                written = checkpoint;
            }

            if (options.PreviewEvery > 0 && (finished || step % options.PreviewEvery == 0))
            {
                picture = preview.Write(network, Path.Combine(options.Output, "previews"), step);
            }

            if (finished || step % options.ReportEvery == 0)
            {
                last = means.ToDictionary(entry => entry.Key, entry => entry.Value / summed);
                if (last.Values.Any(value => !double.IsFinite(value)))
                {
                    throw new UserFacingException(FailureKind.Unsupported, $"Training diverged near step {step}: lower --learning-rate and resume from {checkpoint}.");
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

    /// <summary>Constant, then down a cosine to a twentieth.</summary>
    internal static double LearningRateAt(PairTrainingOptions options, int step)
    {
        int from = options.DecayFrom ?? options.Steps * 2 / 3;
        double share = options.Steps > from ? Math.Clamp((step - from) / (double)(options.Steps - from), 0, 1) : 0;
        return options.LearningRate * (0.05 + (0.95 * (1 + Math.Cos(Math.PI * share)) / 2));
    }
}
