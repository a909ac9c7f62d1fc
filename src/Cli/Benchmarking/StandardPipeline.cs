using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Performing;
using VideoGaze.Faces.Failures;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Datasets;
using VideoGaze.Stages;
using VideoGaze.Stages.Provenance;
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
        GeneratorFile generator = GeneratorFile.Examine(job.Generator);
        if (job.Source is null && !generator.TakesPhotos)
        {
            throw new UserFacingException(
                FailureKind.Usage,
                $"Option '--source' is required: the generator '{generator.Path}' knows one person; say whose face it makes, a name of the cast or p1, p2, ...");
        }

        PerformerAssets assets = PerformerAssets.Open(job.AssetsFolder);
        using StandardFolder folder = StandardFolder.Open(job, generator.Model.Sha256);

        // Half a pair is worth nothing, so the first Ctrl+C gives the pair in hand up and keeps the others.
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
        bool stoppedEarly = false;
        try
        {
            for (int index = 0; index < job.Set.Pairs.Count; index++)
            {
                await PairAsync(index, generator, assets, folder, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            stoppedEarly = true;
        }

        StandardRun run = new(job.Set.Version, job.Set.Fingerprint, job.Set.Pairs.Count, job.Source?.Name, generator.Model, scored, failed);
        return new(run, pairs, notes, stoppedEarly);
    }

    private async Task PairAsync(int index, GeneratorFile generator, PerformerAssets assets, StandardFolder folder, CancellationToken cancel)
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

        string? photos = job.Identity ?? (generator.TakesPhotos ? await PhotosAsync(pair, assets, folder, cancel).ConfigureAwait(false) : null);
        if (await SwapAsync(index, clip.Output, folder.SwapOf(pair), generator, photos, cancel).ConfigureAwait(false) is { } reason)
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
            Identity = photos,
            ModelsFolder = job.ModelsFolder,
            Choices = job.Choices,
        };
        ScoreResult result = await ScorePipeline.RunAsync(options, new Told(score => Report(index, 2, score.Frames, "score")), CancellationToken.None, cancel).ConfigureAwait(false);
        pairs.Add(result.Score with { Pair = Relative(result.Score.Pair, folder) });
        scored.Add(pair.Name);
        notes.AddRange(result.Notes.Select(note => $"pair {pair.Name}: {note}"));
    }

    /// <summary>The folder of photos of a pair's source, rendered unless they are there.</summary>
    private async Task<string> PhotosAsync(StandardPair pair, PerformerAssets assets, StandardFolder folder, CancellationToken cancel)
    {
        string goal = folder.PhotosOf(pair);
        if (!Directory.Exists(goal))
        {
            IReadOnlyList<byte[]> photos = await Task.Run(() => PortraitPhotos.Render(assets, job.SourceOf(pair), pair.Source, cancel), cancel).ConfigureAwait(false);
            string partial = Directory.CreateDirectory(goal + ".partial").FullName;
            for (int i = 0; i < photos.Count; i++)
            {
                await File.WriteAllBytesAsync(Path.Combine(partial, string.Create(CultureInfo.InvariantCulture, $"{i}.png")), photos[i], cancel).ConfigureAwait(false);
            }

            Directory.Move(partial, goal);
        }

        return goal;
    }

    /// <summary>Swaps a clip; the result is why it cannot be scored, or null.</summary>
    private async Task<string?> SwapAsync(int index, string clip, string output, GeneratorFile generator, string? photos, CancellationToken cancel)
    {
        SwapPipelineOptions options = new()
        {
            Input = clip,
            Output = output,
            Identity = generator.TakesPhotos ? photos! : job.Generator,
            ModelsFolder = job.ModelsFolder,
            Choices = generator.TakesPhotos ? job.Choices with { Generator = Path.GetFullPath(generator.Path) } : job.Choices,
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
