using VideoGaze.Cli.Help;
using VideoGaze.Cli.Performing;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Performers.Assets;
using VideoGaze.Stages;
using VideoGaze.Stages.Provenance;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Score;
using VideoGaze.Stages.Swap;

namespace VideoGaze.Cli.Benchmarking;

/// <summary>Runs a standard set, pair after pair: render the clip and its true swap, unless they are there; swap the clip; score the swap.</summary>
/// <param name="job">What was asked for.</param>
/// <param name="progress">Told after every frame.</param>
/// <param name="stop">Ends with the pairs that are whole.</param>
/// <param name="abort">Ends at once.</param>
internal sealed class StandardPipeline(StandardJob job, IProgress<StandardProgress>? progress, CancellationToken stop, CancellationToken abort)
{
    // As perform has it without --crf: a step finer than the swap's, so that what is measured is the swap and not the clip's coding.
    private const int ClipCrf = 16;

    private readonly List<PairScore> pairs = [];
    private readonly List<string> scored = [];
    private readonly List<FailedPair> failed = [];
    private readonly List<string> notes = [];

    /// <summary>Runs the set.</summary>
    /// <exception cref="UserFacingException">Whatever the user can act on, except that a pair's face was not found: that pair is counted and named.</exception>
    public async Task<StandardResult> RunAsync()
    {
        // Both before the first clip is rendered: a wrong file is to be told at once.
        ModelRecord generator = Identify(job.Generator);
        _ = PerformerAssets.Open(job.AssetsFolder);
        using StandardFolder folder = StandardFolder.Open(job, generator.Sha256);

        // Half a pair is worth nothing, so the first Ctrl+C gives the pair in hand up and keeps the others.
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
        bool stoppedEarly = false;
        try
        {
            for (int index = 0; index < job.Set.Pairs.Count; index++)
            {
                await PairAsync(index, folder, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            stoppedEarly = true;
        }

        StandardRun run = new(job.Set.Version, job.Set.Fingerprint, job.Set.Pairs.Count, job.Source?.Name, generator, scored, failed);
        return new(run, pairs, notes, stoppedEarly);
    }

    private static ModelRecord Identify(string path)
    {
        // A pair generator needs no photos beside it, so a folder without any is as good.
        string file = new IdentityResolver(static _ => true).Resolve(path);
        using DfmSwapper swapper = DfmSwapper.Load(file, new OnnxSessionOptions(InferenceDevice.Cpu));
        return swapper.Model;
    }

    private async Task PairAsync(int index, StandardFolder folder, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        StandardPair pair = job.Set.Pairs[index];
        ClipJob clip = new()
        {
            Script = pair.Write(job.Set),
            Output = folder.ClipOf(pair),
            AssetsFolder = job.AssetsFolder,
            SwapTruth = job.SourceOf(pair),
            Encode = new(Crf: ClipCrf, Overwrite: true, ExtraMetadata: ProvenanceMarks.RenderedTags("videogaze " + ToolVersion.Short)),
        };
        if (!StandardFolder.Has(clip))
        {
            await ClipPipeline.RunAsync(clip, frames => Report(index, 0, frames, "render"), CancellationToken.None, cancel).ConfigureAwait(false);
        }

        if (await SwapAsync(index, clip.Output, folder.SwapOf(pair), cancel).ConfigureAwait(false) is { } reason)
        {
            failed.Add(new(pair.Name, reason));
            return;
        }

        ScorePipelineOptions options = new()
        {
            Output = folder.SwapOf(pair),
            Truth = clip.Truth,
            TrueSwap = clip.SwappedOutput,
            SwapTruth = clip.SwappedTruth,
            Target = clip.Output,
            Identity = job.Identity,
            ModelsFolder = job.ModelsFolder,
            Choices = job.Choices,
        };
        ScoreResult result = await ScorePipeline.RunAsync(options, new Told(score => Report(index, 2, score.Frames, "score")), CancellationToken.None, cancel).ConfigureAwait(false);
        pairs.Add(result.Score with { Pair = Relative(result.Score.Pair, folder) });
        scored.Add(pair.Name);
        notes.AddRange(result.Notes.Select(note => $"pair {pair.Name}: {note}"));
    }

    /// <summary>Swaps a clip; the result is why it cannot be scored, or null.</summary>
    private async Task<string?> SwapAsync(int index, string clip, string output, CancellationToken cancel)
    {
        SwapPipelineOptions options = new()
        {
            Input = clip,
            Output = output,
            Identity = job.Generator,
            ModelsFolder = job.ModelsFolder,
            Choices = job.Choices,
            Device = job.Device,
            Encode = new(Overwrite: true, ExtraMetadata: ProvenanceMarks.Tags("videogaze " + ToolVersion.Short)),

            // The score measures it.
            Gaze = null,
        };
        try
        {
            SwapResult result = await SwapPipeline.RunAsync(options, new SwapTold(swap => Report(index, 1, swap.Frames, "swap")), CancellationToken.None, cancel).ConfigureAwait(false);
            return result.FacesReplaced == 0 ? "no face was found, so none was replaced." : null;
        }
        catch (UserFacingException failure) when (failure.Kind == FailureKind.NoFace)
        {
            return failure.Message;
        }
    }

    private void Report(int index, int step, long frames, string name)
    {
        const int Steps = 3;
        long before = ((Steps * (long)index) + step) * job.Set.Frames;
        progress?.Report(new(before + frames, Steps * (long)job.Set.Pairs.Count * job.Set.Frames, index + 1, name));
    }

    private static ScoredPair Relative(ScoredPair pair, StandardFolder folder) => pair with
    {
        Output = folder.Relative(pair.Output),
        TrueSwap = folder.Relative(pair.TrueSwap),
        Target = pair.Target is null ? null : folder.Relative(pair.Target),
        Truth = folder.Relative(pair.Truth),
        SwapTruth = pair.SwapTruth is null ? null : folder.Relative(pair.SwapTruth),
    };

    private sealed class Told(Action<ScoreProgress> tell) : IProgress<ScoreProgress>
    {
        public void Report(ScoreProgress value) => tell(value);
    }

    private sealed class SwapTold(Action<SwapProgress> tell) : IProgress<SwapProgress>
    {
        public void Report(SwapProgress value) => tell(value);
    }
}
