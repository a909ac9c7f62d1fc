using System.Diagnostics;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Data.Landmarks;
using VideoGaze.Training.Losses;
using VideoGaze.Training.Networks;
using VideoGaze.Training.Networks.Landmarks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>How the landmark network is trained.</summary>
/// <param name="Labels">Label files of rendered faces.</param>
/// <param name="Teacher">The MediaPipe mesh network, which teaches the 478 points.</param>
/// <param name="Output">The network to write (ONNX). Beside it: <c>OUTPUT.checkpoint</c>, which a run with the same options resumes, and <c>OUTPUT.teacher</c>, the teacher's answers.</param>
public sealed record LandmarkRecipeOptions(IReadOnlyList<string> Labels, string Teacher, string Output)
{
    /// <summary>Label files of rendered people who are in no training picture, for the stated errors.</summary>
    public IReadOnlyList<string> HeldOut { get; init; } = [];

    /// <summary>Face sets of real pictures (see <c>extract</c>), labelled by the teacher.</summary>
    public IReadOnlyList<string> Real { get; init; } = [];

    /// <summary>Face sets of real pictures that training never sees, for the stated errors.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];

    /// <summary>Folders of pictures in which nobody is.</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>Optimiser steps.</summary>
    public int Steps { get; init; } = 12000;

    /// <summary>Crops a step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Peak rate; up from 0 in <see cref="WarmUp"/> steps, then cosine down to 0.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Steps until the peak rate.</summary>
    public int WarmUp { get; init; } = 200;

    /// <summary>Whether rendered pictures teach the mesh for registration where their set states it (<c>registration_px</c>), and not the teacher's mesh; real ones then the teacher's without what is each person's own.</summary>
    public bool Registration { get; init; }

    /// <summary>Share of real faces among the faces of a step.</summary>
    public double RealShare { get; init; } = 0.35;

    /// <summary>Of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Threads of the tensor library.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Where the network is trained.</summary>
    public TrainingDevice Device { get; init; }

    /// <summary>Compute convolutions in bfloat16: faster where the processor has avx512_bf16.</summary>
    public bool MixedPrecision { get; init; }

    /// <summary>A checkpoint or an exported network (<c>.onnx</c>), also of an earlier form of the network, to start from where <see cref="Output"/> has no checkpoint.</summary>
    public string? StartFrom { get; init; }

    /// <summary>A few steps: shows that a machine can train, not how well.</summary>
    public LandmarkRecipeOptions AsSmokeTest() => this with { Steps = 20, BatchSize = 8, WarmUp = 5, CheckpointEvery = 10 };
}

/// <summary>Trains <see cref="LandmarkNetwork"/>. The loop is all here.</summary>
public static class LandmarkRecipe
{
    // Crops that the first shapes are computed from.
    private const int ShapeExamples = 1600;

    /// <summary>Trains (or goes on training), measures and exports.</summary>
    /// <exception cref="UserFacingException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint holds all steps done.</exception>
    public static LandmarkRecipeResult Run(LandmarkRecipeOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken, Action<string>? say = null)
    {
        TorchRuntime.Use(options.Threads, options.Device);
        using MeshTeacher teacher = new(options.Teacher, options.Output + ".teacher");
        LandmarkSet set = LandmarkSet.Load(options, teacher, say, out TeacherBias bias);
        if (set.Rendered.Count == 0)
        {
            throw new UserFacingException(FailureKind.Usage, "The teacher holds none of the rendered faces: name label files of other pictures.");
        }

        random.manual_seed(options.Seed);
        using var scope = NewDisposeScope();
        using var network = new LandmarkNetwork();
        TorchRuntime.Enter(network);
        using var optimizer = new MomentOptimizer(OptimizerKind.Adam, network.named_parameters(), options.LearningRate);
        using var loss = new LandmarkLoss();
        string checkpoint = options.Output + ".checkpoint";
        int first = 0;
        if (File.Exists(checkpoint))
        {
            first = LandmarkCheckpoint.Load(checkpoint, network, optimizer);
        }
        else if (options.StartFrom is { } start)
        {
            if (start.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            {
                LandmarkWeights.Load(start, network);
            }
            else
            {
                LandmarkCheckpoint.Begin(start, network);
            }
        }
        else
        {
            network.StartFrom(Examples(set, options));
        }

        var means = new Dictionary<string, double>();
        var clock = Stopwatch.StartNew();
        int summed = 0;
        foreach ((int step, LandmarkBatch batch) in BatchesAhead.From(first, options.Steps, TorchRuntime.Drawers, step => LandmarkBatch.Draw(set, options, step)))
        {
            using var stepScope = NewDisposeScope();
            Tensor crops = Numbers.Tensor(batch.Crops, options.BatchSize, 3, LandmarkNetwork.Side, LandmarkNetwork.Side);
            LandmarkOutput output = network.forward(Precision.Prepared(crops, options.MixedPrecision));
            (string Name, Tensor Value)[] losses = loss.Of(output, batch);
            Tensor total = losses.Select(entry => entry.Value).Aggregate((sum, value) => sum.Plus(value));
            total.backward();
            optimizer.LearningRate = RateAt(options, step);
            optimizer.Step(step, clipNorm: 1);
            foreach ((string name, Tensor value) in losses)
            {
                means[name] = means.GetValueOrDefault(name) + value.item<float>();
            }

            int done = step + 1;
            summed++;
            bool cancelled = cancellationToken.IsCancellationRequested, finished = done == options.Steps;
            string? written = null;
            if (cancelled || finished || done % options.CheckpointEvery == 0)
            {
                LandmarkCheckpoint.Save(checkpoint, network, optimizer, done);
                written = checkpoint;
            }

            if (written is not null || done % 50 == 0)
            {
                double rate = summed / clock.Elapsed.TotalSeconds;
                progress?.Report(new(done, options.Steps, rate, TimeSpan.FromSeconds((options.Steps - done) / rate), means.ToDictionary(entry => entry.Key, entry => entry.Value / summed), Checkpoint: written));
                means.Clear();
                summed = 0;
                clock.Restart();
            }

            if (cancelled)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }

        TorchRuntime.Leave(network);
        LandmarkRecipeResult result = LandmarkExam.Run(network, options, teacher, bias);
        double difference = LandmarkExporter.Export(network, options.Output, LandmarkOrigin.Of(options, set, result));
        return result with { ExportDifference = difference };
    }

    /// <summary>Up in a line, then down a cosine to 0.</summary>
    internal static double RateAt(LandmarkRecipeOptions options, int step) =>
        LearningRates.Cosine(options.LearningRate, step, options.Steps, options.WarmUp);

    /// <summary>Points of augmented crops, from batches that no step draws.</summary>
    private static Tensor Examples(LandmarkSet set, LandmarkRecipeOptions options)
    {
        const int numbers = LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers;
        var points = new List<float>();
        LandmarkRecipeOptions few = options with { BatchSize = 64 };
        for (int i = 1; points.Count < ShapeExamples * numbers; i++)
        {
            LandmarkBatch batch = LandmarkBatch.Draw(set, few, -i);
            for (int k = 0; k < few.BatchSize; k++)
            {
                if (batch.Taught[k] > 0)
                {
                    points.AddRange(batch.Points.AsSpan(k * numbers, numbers));
                }
            }
        }

        return Numbers.Tensor([.. points], points.Count / numbers, numbers);
    }
}
