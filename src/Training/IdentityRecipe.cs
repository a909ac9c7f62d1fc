using System.Diagnostics;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Identity;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Losses;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Trains <see cref="IdentityNetwork"/> on a teacher's vectors of rendered and real faces and on the names of rendered people, and writes it as ONNX. The loop is all here.</summary>
public static class IdentityRecipe
{
    // Steps over which the rate rises from 0: the first gradients of a normalised network are large.
    private const int WarmUp = 50;

    // Faces that the border is found on: pairs of them are 320,000.
    private const int Strangers = 800;

    // Losses in progress reports are means since the last one.
    private const int ReportEvery = 10;

    /// <summary>Trains (or goes on training), exports, checks and measures.</summary>
    /// <exception cref="UserFacingException">A file cannot be read.</exception>
    public static IdentityRecipeResult Run(IdentityRecipeOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TorchRuntime.Use(options.Threads);
        using var teacher = new IdentityTeacher(options.Teacher, options.TeacherMaps);
        var (rendered, people) = IdentityFaces.Rendered(options.Labels);
        var (real, sources) = IdentityFaces.Real(options.Frames);
        IdentityPictures pictures = new(rendered, real, sources, people.Count);
        random.manual_seed(options.Seed);
        using var scope = NewDisposeScope();
        using var network = new IdentityNetwork();
        using var classes = new IdentityClasses(people.Count);
        using IdentityHints? hints = teacher.Maps.Count > 0 ? new IdentityHints(network, teacher.Maps) : null;
        nn.Module[] trained = hints is null ? [network, classes] : [network, classes, hints];
        using var optimizer = new MomentOptimizer(OptimizerKind.Adam, RecipeCheckpoint.Parameters(trained), options.LearningRate);
        string checkpoint = options.Output + ".checkpoint";
        int first = File.Exists(checkpoint) ? RecipeCheckpoint.Load(checkpoint, trained, optimizer) : 0;
        network.train();
        var clock = Stopwatch.StartNew();
        var sums = new Dictionary<string, double>();
        int summed = 0;

        // One drawer: the teacher is asked by one thread at a time.
        foreach ((int step, IdentityBatch batch) in BatchesAhead.From(first, options.Steps, drawers: 1, step => IdentityBatch.Draw(pictures, teacher, options, step)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            Tensor planes = Numbers.Tensor(batch.Planes, options.BatchSize, 3, IdentityNetwork.Side, IdentityNetwork.Side);
            IReadOnlyList<Tensor> seen = network.Seen(Precision.Prepared(planes, options.MixedPrecision));
            var (loss, parts) = IdentityLoss.Of(seen, batch, classes, hints);
            loss.backward();
            optimizer.LearningRate = LearningRates.Cosine(options.LearningRate, step, options.Steps, Math.Min(WarmUp, options.Steps / 4.0));
            optimizer.Step(step, clipNorm: 5);
            int done = step + 1;
            summed++;
            foreach (var (name, part) in parts)
            {
                sums[name] = sums.GetValueOrDefault(name) + part.item<float>();
            }

            bool kept = done % options.CheckpointEvery == 0 || done == options.Steps;
            if (kept)
            {
                RecipeCheckpoint.Save(checkpoint, trained, optimizer, done);
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
        IdentitySpread.Even(network, IdentityBatch.Plain(real.Count > 0 ? real : rendered, options.BatchSize));
        network.Settle();
        var (heldOut, heldOutPeople) = IdentityFaces.Rendered(options.HeldOutLabels);
        float[][] vectors = IdentityMeasure.Vectors(network, heldOut);
        var ours = IdentityMeasure.Likenesses(vectors, heldOut);
        var theirs = IdentityMeasure.Likenesses(teacher.Of(heldOut), heldOut);
        Verification own = Verification.Of(ours.Same, ours.Different), taught = Verification.Of(theirs.Same, theirs.Different);
        double correlation = Verification.Correlation([.. ours.Same, .. ours.Different], [.. theirs.Same, .. theirs.Different]);
        var metadata = new Dictionary<string, string>(options.Origin ?? new Dictionary<string, string>())
        {
            ["contract"] = "mobilefacenet: input (N, 3, 112, 112) BGR (value - 127.5) / 127.5 aligned to arcface_112_v2; output (N, 128) of length 1",
            ["teacher"] = teacher.FileName,
            ["seed"] = FormattableString.Invariant($"{options.Seed}"),
            ["time"] = FormattableString.Invariant($"{options.Steps} steps of {options.BatchSize} crops"),
            ["heldOut"] = FormattableString.Invariant($"{own.Pairs} pairs of {heldOut.Count} rendered pictures: AUC {own.Auc:0.0000}, accepted at 1 % false {own.Tar:0.000} (teacher {taught.Auc:0.0000}, {taught.Tar:0.000}; correlation of likenesses {correlation:0.00})"),
        };

        // Of real people there are too few to ask, and rendered ones look more alike than real ones do.
        List<IdentityFace> strangers = IdentityBatch.Strangers(pictures, Strangers, options.Seed);
        double border = IdentityMeasure.Border(IdentityMeasure.Vectors(network, strangers), teacher.Of(strangers));
        border = double.IsFinite(border) ? border : own.Bound;
        if (double.IsFinite(border))
        {
            metadata[SamePerson.MetadataKey] = SamePerson.Text(border);
        }

        var (bytes, difference) = IdentityGraph.Write(network, metadata, options.Output);
        return new(options.Output, bytes, difference, own, taught, correlation, border, IdentityMeasure.Groups(vectors, heldOut, heldOutPeople, options.HeldOutLabels, border));
    }
}
