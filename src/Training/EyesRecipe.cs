using System.Diagnostics;
using System.Globalization;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>How the gaze network that ships is trained.</summary>
/// <param name="Labels">Label files of data sets of performers.</param>
/// <param name="HeldOutLabels">Label files of other people, for the stated error.</param>
/// <param name="Output">Folder of checkpoint and metrics.</param>
/// <param name="Steps">Optimiser steps of the whole run.</param>
/// <param name="BatchFaces">Faces a step; each has two eyes.</param>
/// <param name="LearningRate">Peak rate; a short rise, then a cosine down to 0 over the run.</param>
/// <param name="Seed">Of everything random.</param>
/// <param name="CheckpointEvery">Steps between checkpoints; the same command resumes from the last.</param>
/// <param name="MeasureEvery">Steps between measurements on the held-out people; 0 for the end only.</param>
/// <param name="Threads">Threads of the tensor library.</param>
/// <param name="MixedPrecision">Convolutions in bfloat16.</param>
/// <param name="StartFrom">Checkpoint, or exported file (.onnx), to start from where there is none in the output folder.</param>
/// <param name="MostPictures">Lines read of each label file.</param>
/// <param name="Origin">What the weights were trained on and how, in one sentence; travels in the exported file.</param>
/// <param name="RealFaces">
/// Face sets (<c>extract</c>) of real clips, one a person: contour, iris and lids by the mesh network, and how the gaze changes by the reporting network. Its bias is not learned: only
/// differences between frames of one clip count.
/// </param>
/// <param name="RealBatchFaces">Real faces a step, all of one clip, where there are sets.</param>
/// <param name="Device">Where the network is trained.</param>
public sealed record EyesRecipeOptions(
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> HeldOutLabels,
    string Output,
    int Steps = 30000,
    int BatchFaces = 48,
    double LearningRate = 1e-3,
    int Seed = 1,
    int CheckpointEvery = 500,
    int MeasureEvery = 1000,
    int Threads = 1,
    bool MixedPrecision = false,
    string? StartFrom = null,
    int MostPictures = int.MaxValue,
    string Origin = "",
    IReadOnlyList<string>? RealFaces = null,
    int RealBatchFaces = 10,
    TrainingDevice Device = TrainingDevice.Cpu)
{
    /// <summary>A few steps on a few pictures: shows that training works here, not how well.</summary>
    public EyesRecipeOptions AsSmokeTest() => this with { Steps = 20, BatchFaces = 8, CheckpointEvery = 10, MeasureEvery = 0, MostPictures = 64 };
}

/// <summary>Trains <see cref="EyesNetwork"/> on labelled faces. The loop is all here.</summary>
public static class EyesRecipe
{
    /// <summary>Names of checkpoint and exported network in the output folder.</summary>
    public const string CheckpointName = "checkpoint.safetensors", NetworkName = "eyes.onnx";

    // Steps between reports of progress.
    private const int ReportEvery = 50;

    // Share of the run in which the rate rises, and steps before the predicted error weighs the gaze loss: a scale fitted to random answers would stop the learning.
    private const double Rise = 0.01, WarmUp = 0.05;

    // In half widths of the eye picture .01 is a third of a pixel; in radians .01 is half a degree. Chosen so that gaze, the purpose, leads and contour and iris, which steady it, follow.
    private static readonly TorchSharp.Scalar GazeWeight = 10.0, PointWeight = 6.0, IrisWeight = 6.0, LidWeight = 1.0, MoveWeight = 6.0;

    // Makes the factor 1 where 5 degrees are expected.
    private static readonly TorchSharp.Scalar ScaleFactor = 0.3;

    private static readonly TorchSharp.Scalar LeastLog = -5.5, MostLog = 0.5;

    /// <summary>Trains, or goes on training, and exports and measures the network.</summary>
    /// <exception cref="UserFacingException">A file cannot be read.</exception>
    public static EyesExport Run(EyesRecipeOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TorchRuntime.Use(options.Threads, options.Device);
        Directory.CreateDirectory(options.Output);
        List<EyesSample> samples = [.. options.Labels.SelectMany(labels => EyesSamples.Load(labels, options.MostPictures))];
        List<EyesSample> heldOut = [.. options.HeldOutLabels.SelectMany(labels => EyesSamples.Load(labels, options.MostPictures))];
        List<List<EyesSample>> real = [.. (options.RealFaces ?? []).Select(folder => FaceSetEyes.Load(folder))];
        random.manual_seed(options.Seed);
        using var scope = NewDisposeScope();
        using var network = new EyesNetwork();
        TorchRuntime.Enter(network);
        using var optimizer = new MomentOptimizer(OptimizerKind.Adam, network.named_parameters(), options.LearningRate);
        string checkpoint = Path.Combine(options.Output, CheckpointName);
        int first = 0;
        if (File.Exists(checkpoint))
        {
            first = Restore(checkpoint, network, optimizer);
        }
        else if (options.StartFrom is not null)
        {
            Start(options.StartFrom, network);
        }

        network.TrunkType = options.MixedPrecision ? ScalarType.BFloat16 : ScalarType.Float32;
        var clock = Stopwatch.StartNew();
        foreach ((int step, EyesBatch batch) in BatchesAhead.From(first, options.Steps, TorchRuntime.Drawers, Draw))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            int rows = 2 * batch.Faces;
            Tensor found = network.forward(Numbers.Tensor(batch.Eyes, rows, 3, EyesNetwork.Height, EyesNetwork.Width), Numbers.Tensor(batch.Heads, rows, 2));
            Tensor gazeWeights = Numbers.Tensor(batch.GazeWeights, rows);
            bool warm = step >= options.Steps * WarmUp;
            Tensor own = GazeLoss(found, EyesNetwork.Own, 0, Numbers.Tensor(batch.Own, rows, 2), gazeWeights, warm);
            Tensor both = GazeLoss(found, EyesNetwork.Both, 1, Numbers.Tensor(batch.Both, rows, 2), gazeWeights, warm);
            Tensor gap = (found.narrow(1, EyesNetwork.Points, EyesNetwork.PointNumbers) - Numbers.Tensor(batch.Points, rows, EyesNetwork.PointNumbers)).abs();
            Tensor contour = gap.narrow(1, 0, 12).mean();
            Tensor iris = (gap.narrow(1, 12, 2).mean([1]) * Numbers.Tensor(batch.IrisWeights, rows)).mean();
            Tensor lids = ((found.narrow(1, EyesNetwork.Aperture, 2) - Numbers.Tensor(batch.Lids, rows, 2)).abs() * Numbers.Tensor(batch.LidWeights, rows, 2)).mean();
            Tensor moves = Moves(found, batch);
            Tensor loss = own.Plus(both).mul(GazeWeight).Plus(moves.mul(MoveWeight)).Plus(contour.mul(PointWeight)).Plus(iris.mul(IrisWeight)).Plus(lids.mul(LidWeight));
            loss.backward();
            double done = step / (double)options.Steps;
            optimizer.LearningRate = options.LearningRate * Math.Min(1, done / Rise) * (1 + Math.Cos(Math.PI * done)) / 2;
            optimizer.Step(step, clipNorm: 1);
            Report(step + 1);

            void Report(int now)
            {
                bool keep = now % options.CheckpointEvery == 0 || now == options.Steps;
                if (keep)
                {
                    Store(checkpoint, network, optimizer, now);
                }

                if (keep || now % ReportEvery == 0)
                {
                    double rate = (now - first) / clock.Elapsed.TotalSeconds;
                    Dictionary<string, double> losses = new() { ["own"] = own.item<float>(), ["both"] = both.item<float>(), ["contour"] = contour.item<float>(), ["iris"] = iris.item<float>(), ["lids"] = lids.item<float>(), ["moves"] = moves.item<float>() };
                    progress?.Report(new(now, options.Steps, rate, TimeSpan.FromSeconds((options.Steps - now) / rate), losses, Checkpoint: keep ? checkpoint : null));
                }

                if (options.MeasureEvery > 0 && now % options.MeasureEvery == 0)
                {
                    Log(options.Output, now, (now - first) / clock.Elapsed.TotalSeconds, EyesMeasure.Of(network, heldOut));
                }
            }
        }

        EyesBatch Draw(int step) => EyesBatch.Draw(samples, options.BatchFaces, options.Seed, step, real, options.RealBatchFaces);

        TorchRuntime.Leave(network);
        return EyesExporter.Export(network, options.Steps, heldOut, Path.Combine(options.Output, NetworkName), options.Origin);
    }

    /// <summary>
    /// Distance of two directions (about the angle in radians, not its square: labels of half-shut eyes are rough) as the likelihood of a two-dimensional Laplace
    /// distribution whose scale the network predicts, times the root of that scale, so that easy faces do not rule (Seitzer et al. 2022).
    /// </summary>
    private static Tensor GazeLoss(Tensor found, int at, int scaleAt, Tensor truth, Tensor weights, bool warm)
    {
        Tensor gap = GazeNetwork.Directions(found.narrow(1, at, 2)) - GazeNetwork.Directions(truth);
        Tensor distance = (gap * gap).sum(1).Plus(Numbers.Tiny).sqrt();
        Tensor log = found.select(1, EyesNetwork.LogError + scaleAt).clamp(LeastLog, MostLog);
        Tensor known = distance.detach();
        Tensor scale = (known * log.neg().exp()).Plus(log).mul(Numbers.Hundredth);
        Tensor place = warm ? distance * log.detach().mul(Numbers.Half).neg().exp().mul(ScaleFactor) : distance;
        return (place.Plus(scale) * weights).sum() / weights.sum().Plus(Numbers.Tiny);
    }

    /// <summary>
    /// How the gaze of real faces of one clip differs from their mean, against the same by the teacher: its bias, which belongs to the person and the light, cancels. Yaw and pitch
    /// of both eyes together as the face shows them, mean absolute difference; 0 without real faces.
    /// </summary>
    private static Tensor Moves(Tensor found, EyesBatch batch)
    {
        int faces = batch.Faces - batch.RealFrom;
        if (faces < 2)
        {
            return Numbers.Tensor([0], 1).sum();
        }

        Tensor Deviations(Tensor both)
        {
            // Rows are left eye, mirrored right eye: the right one's yaw has the other sign.
            Tensor face = (both.reshape(-1, 2, 2) * Numbers.Tensor([1, 1, -1, 1], 1, 2, 2)).mean([1]);
            return face - face.mean([0], keepdim: true);
        }

        Tensor truth = Numbers.Tensor(batch.Both, 2 * batch.Faces, 2).narrow(0, 2 * batch.RealFrom, 2 * faces);
        return (Deviations(found.narrow(0, 2 * batch.RealFrom, 2 * faces).narrow(1, EyesNetwork.Both, 2)) - Deviations(truth)).abs().mean();
    }

    private static void Log(string folder, int step, double rate, EyesMeasure measure) => File.AppendAllText(
        Path.Combine(folder, "metrics.ndjson"),
        string.Create(CultureInfo.InvariantCulture, $"{{\"step\":{step},\"steps_per_s\":{rate:0.00},{measure.ToJsonFields()}}}\n"));

    private static void Store(string path, EyesNetwork network, MomentOptimizer optimizer, int step) => TensorFile.Save(
        path,
        network.named_parameters().Select(entry => KeyValuePair.Create("net." + entry.name, (Tensor)entry.parameter)).Concat(optimizer.State()),
        new Dictionary<string, string> { ["step"] = FormattableString.Invariant($"{step}") });

    private static void Start(string from, EyesNetwork network)
    {
        if (Path.GetExtension(from) == ".onnx")
        {
            EyesWeights.Load(from, network);
        }
        else
        {
            Restore(from, network, optimizer: null);
        }
    }

    private static int Restore(string path, EyesNetwork network, MomentOptimizer? optimizer)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = TensorFile.Load(path);
        TensorFile.CopyInto(tensors, network.named_parameters().Select(entry => ("net." + entry.name, (Tensor)entry.parameter)), path);
        if (optimizer is not null)
        {
            TensorFile.CopyInto(tensors, optimizer.State().Select(entry => (entry.Key, entry.Value)), path);
        }

        return int.Parse(metadata["step"], CultureInfo.InvariantCulture);
    }
}
