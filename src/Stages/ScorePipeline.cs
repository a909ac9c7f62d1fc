using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Score;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>From a swapped video, the true swap and its truth to a score: each video is decoded and its faces found, then moment is compared with moment.</summary>
public static class ScorePipeline
{
    // Landmarks measured in the true swap lie within 3 % of the eye distance of the true ones in every clip here; several times that and the files do not belong together.
    private const double ImplausibleFloor = 0.15;

    // Endings a clip beside its truth file is looked for under.
    private static readonly string[] VideoEndings = [".mp4", ".mkv", ".mov", ".webm"];

    /// <summary>Scores a video.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told after every frame.</param>
    /// <param name="stop">Ends early with the score of what was compared so far.</param>
    /// <param name="abort">Ends at once and leaves nothing.</param>
    /// <exception cref="UserFacingException">An input is missing, damaged or of another clip; a model is missing; the per-frame file cannot be written.</exception>
    public static async Task<ScoreResult> RunAsync(ScorePipelineOptions options, IProgress<ScoreProgress>? progress, CancellationToken stop, CancellationToken abort)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.PerFramePath is { } path && File.Exists(path) && !options.Overwrite)
        {
            throw new UserFacingException(FailureKind.OutputExists, $"The per-frame file {path} exists: name another file or allow --overwrite.");
        }

        Cv2.SetNumThreads(1);
        var pool = new PixelPool();
        FfmpegTools tools = FfmpegTools.Locate();
        var probe = new MediaProbe(tools);
        string? targetPath = options.Target ?? BesideTruth(options.Truth);
        string? swapTruthPath = options.SwapTruth ?? BesideVideo(options.TrueSwap);

        // Everything that is named is looked at before the networks load.
        MediaInfo outputMedia = await probe.ReadAsync(options.Output, abort).ConfigureAwait(false);
        MediaInfo trueSwapMedia = await probe.ReadAsync(options.TrueSwap, abort).ConfigureAwait(false);
        MediaInfo? targetMedia = targetPath is null ? null : await probe.ReadAsync(targetPath, abort).ConfigureAwait(false);
        TruthFrame? firstTruth = GazeTruth.Enumerate(options.Truth).FirstOrDefault();
        _ = swapTruthPath is null ? null : GazeTruth.Enumerate(swapTruthPath).FirstOrDefault();

        ModelStore store = ModelStore.Open(options.ModelsFolder, options.Choices);
        using OnnxSession detector = store.Load(ModelRole.FaceDetector);
        using OnnxSession mesh = store.Load(ModelRole.FaceMesh);
        using OnnxSession? identityModel = store.TryResolve(ModelRole.IdentityReferee) is null ? null : store.Load(ModelRole.IdentityReferee);
        using FaceEmbedder? embedder = identityModel is null ? null : new FaceEmbedder(identityModel, pool);
        float[]? photos = null;
        int photoCount = 0;
        if (options.Identity is { } identity && embedder is not null)
        {
            using var reader = new Detect.FacePhotoReader(detector, mesh, pool);
            (photos, photoCount) = IdentityPhotos.Embed(identity, reader, embedder);
        }

        // A rendered clip states its camera.
        var gaze = firstTruth is null ? options.Gaze : options.Gaze with { FocalRatio = firstTruth.FocalRatio };
        using var canonical = new CanonicalFace();
        using ScoredVideo output = Open(outputMedia, out GazeComparison comparison);
        using ScoredVideo trueSwap = Open(trueSwapMedia, out _);
        using ScoredVideo? target = targetMedia is null ? null : Open(targetMedia, out _);
        List<ModelRecord> models = [.. comparison.Setup.Models, new("detector", detector.FileName, detector.Sha256), new("landmarks", mesh.FileName, mesh.Sha256)];
        if (identityModel is not null)
        {
            models.Add(new("identity", identityModel.FileName, identityModel.Sha256));
        }

        var pair = new ScoredPair(options.Output, options.TrueSwap, targetPath, options.Truth, swapTruthPath, options.Identity, photoCount, options.Person);
        var source = new ScoreSource(
            GazeTruth.Enumerate(options.Truth),
            swapTruthPath is null ? null : GazeTruth.Enumerate(swapTruthPath),
            trueSwap.Video,
            output.Video,
            target?.Video);
        var stage = new ScoreStage(output, trueSwap, target, options.Person, photos, canonical);
        long? expected = trueSwapMedia.FramesIn(options.Decode.Range);
        long frames = 0;
        NdjsonWriter writer = options.PerFramePath is { } file ? NdjsonWriter.ToFile(file, "per-frame file", "--per-frame") : NdjsonWriter.ToNowhere();
        var sink = new ScoreSink(ScoreFramesHeader.For(pair, models), writer, score => progress?.Report(new(++frames, expected, score)));
        RunReport run = await PipelineGraph.From(source).Then(stage).To(sink).RunAsync(new PipelineOptions { Pool = pool, StopToken = stop }, abort).ConfigureAwait(false);

        (VideoScore scored, VideoScore floor, VideoScore? nothing) = sink.Summarise(
            outputMedia.Video.Spec,
            trueSwapMedia.Video.Spec,
            targetMedia?.Video.Spec,
            identityModel is null ? null : FaceEmbedder.NetworkName);
        long paired = sink.Frames - sink.OutputMissing;
        var counts = new FrameCounts(sink.Frames, paired + source.OutputSurplus, paired, sink.OutputMissing, source.OutputSurplus, sink.TruthMissing, sink.Nobody);
        var result = new PairScore(pair, counts, scored, floor, nothing, Absent(pair, identityModel is not null), models, comparison.Setup.Estimator);
        return new(result, Notes(result, trueSwapMedia, [output.Video, trueSwap.Video, .. target is null ? (SightedVideo[])[] : [target.Video]]), run.StoppedEarly);

        ScoredVideo Open(MediaInfo media, out GazeComparison opened)
        {
            opened = GazeComparison.Open(store, gaze);
            return new(new SightedVideo(new VideoSource(media, pool, tools, options.Decode), detector, mesh, pool, keepPixels: true), opened, embedder, canonical.Region);
        }
    }

    private static List<AbsentMeasure> Absent(ScoredPair pair, bool canIdentify)
    {
        var absent = new List<AbsentMeasure>();
        if (pair.SwapTruth is null)
        {
            absent.Add(new("landmarks, irises", "the true swap has no truth file beside it; name it with --swap-truth"));
        }

        if (pair.Target is null)
        {
            absent.Add(new("seam, likeness to the target, no swap", "there is no video before the swap; name it with --target"));
        }

        if (!canIdentify)
        {
            absent.Add(new("identity", $"no models folder has {string.Join(" or ", ModelRole.IdentityReferee.FileNames)}"));
        }
        else if (pair.Identity is null)
        {
            absent.Add(new("likeness to photos", "no photos were given; name their folder with --identity"));
        }

        return absent;
    }

    private static List<string> Notes(PairScore score, MediaInfo trueSwap, IReadOnlyList<SightedVideo> videos)
    {
        var notes = new List<string>();
        FrameCounts frames = score.Frames;
        if (frames.OutputMissing > 0 || frames.OutputSurplus > 0)
        {
            notes.Add($"{frames.Paired} of {frames.TrueSwap} frames could be paired by their time; the output lacks {frames.OutputMissing} and has {frames.OutputSurplus} of its own.");
        }

        if (frames.TruthMissing > 0)
        {
            notes.Add($"{score.Pair.Truth} knows nothing of {frames.TruthMissing} frames; they were left out.");
        }

        if (score.Output.FacesMissed > 0)
        {
            notes.Add($"No face was found in {score.Output.FacesMissed} frames of {score.Pair.Output} where the truth has one.");
        }

        foreach (SightedVideo video in videos)
        {
            PixelSpec spec = video.Source.Media.Video.Spec, scene = trueSwap.Video.Spec;
            if (spec.Width != scene.Width || spec.Height != scene.Height)
            {
                notes.Add($"{video.Source.Media.Path} is {spec.Width}x{spec.Height} and the true swap {scene.Width}x{scene.Height}; its pictures were scaled, which costs some likeness.");
            }

            if (video.Source.Damage.Messages.Count > 0)
            {
                notes.Add($"{video.Source.Media.Path} is damaged ({video.Source.Damage.Messages[0].TrimEnd('.')}); what could be decoded was used.");
            }
        }

        if (score.TrueSwap.Landmarks is { Median: > ImplausibleFloor } floor)
        {
            notes.Add(FormattableString.Invariant($"The true swap's own landmarks are off by {floor.Median:0.00} of the eye distance: {score.Pair.TrueSwap} and {score.Pair.SwapTruth} hardly belong together."));
        }

        return notes;
    }

    /// <summary>The clip a truth file stands beside: NAME.mp4 for NAME.truth.ndjson.</summary>
    private static string? BesideTruth(string truth)
    {
        const string ending = ".truth.ndjson";
        return truth.EndsWith(ending, StringComparison.Ordinal) ? Array.Find(Array.ConvertAll(VideoEndings, video => truth[..^ending.Length] + video), File.Exists) : null;
    }

    /// <summary>The truth file beside a clip.</summary>
    private static string? BesideVideo(string video) => Path.ChangeExtension(video, null) + ".truth.ndjson" is var truth && File.Exists(truth) ? truth : null;
}
