using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Likeness;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Score;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>From a swapped video, the one before the swap and photos of the person put in to whom the faces are like: identity where no true swap exists.</summary>
public static class LikenessPipeline
{
    /// <summary>Compares a video.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told after every frame.</param>
    /// <param name="stop">Ends early with the likeness of what was compared so far.</param>
    /// <param name="abort">Ends at once and leaves nothing.</param>
    /// <exception cref="UserFacingException">An input is missing, damaged or of another clip; a model is missing; the per-frame file cannot be written; no face could be compared.</exception>
    public static async Task<LikenessResult> RunAsync(LikenessPipelineOptions options, IProgress<LikenessProgress>? progress, CancellationToken stop, CancellationToken abort)
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
        MediaInfo outputMedia = await probe.ReadAsync(options.Output, abort).ConfigureAwait(false);
        MediaInfo targetMedia = await probe.ReadAsync(options.Target, abort).ConfigureAwait(false);

        ModelStore store = ModelStore.Open(options.ModelsFolder, options.Choices);
        using OnnxSession detector = store.Load(ModelRole.FaceDetector);
        using OnnxSession mesh = store.Load(ModelRole.FaceMesh);
        using OnnxSession identity = store.Load(ModelRole.IdentityReferee);
        using FaceEmbedder embedder = new(identity, pool);

        // Of its own: the target is read ahead on another thread.
        using FaceEmbedder? seeker = options.Faces == FaceChoice.Reference ? new(identity, pool) : null;
        (float[] photos, int photoCount, IFaceSelector chosen) = ReadPhotos();

        using SightedVideo output = Open(outputMedia, new EveryFace());
        using SightedVideo target = Open(targetMedia, chosen);
        List<ModelRecord> models = [new("detector", detector.FileName, detector.Sha256), new("landmarks", mesh.FileName, mesh.Sha256), new("identity", identity.FileName, identity.Sha256)];
        var pair = new LikenessPair(options.Output, options.Target, options.Identity, photoCount, FaceEmbedder.NetworkName);
        var comparison = new LikenessComparison(EmbedIn(outputMedia), EmbedIn(targetMedia), photos);
        long? expected = outputMedia.FramesIn(options.Decode.Range);
        long frames = 0;
        NdjsonWriter writer = options.PerFramePath is { } file ? NdjsonWriter.ToFile(file, "per-frame file", "--per-frame") : NdjsonWriter.ToNowhere();
        var sink = new LikenessSink(
            LikenessFramesHeader.For(pair, models),
            writer,
            frame => progress?.Report(new(++frames, expected, frame.Faces.LastOrDefault(face => face.Skipped is null)?.ToPhotos)));
        RunReport run = await PipelineGraph.From(new LikenessSource(output, target, comparison)).To(sink).RunAsync(new PipelineOptions { Pool = pool, StopToken = stop }, abort).ConfigureAwait(false);
        LikenessSummary summary = sink.Summary;
        return new(pair, summary, models, Notes(summary, output, target, embedder.SamePerson), run.StoppedEarly);

        (float[] Photos, int Count, IFaceSelector Chosen) ReadPhotos()
        {
            using var reader = new FacePhotoReader(detector, mesh, pool);
            (float[] mean, int count) = IdentityPhotos.Embed(options.Identity, reader, embedder);
            return (mean, count, options.Faces switch
            {
                FaceChoice.All => new EveryFace(),
                FaceChoice.Largest => new LargestFace(),
                _ => Reference(reader),
            });
        }

        ReferenceFace Reference(FacePhotoReader reader)
        {
            if (options.ReferencePhoto is null)
            {
                throw new UserFacingException(FailureKind.Usage, "--faces reference needs a photo of the person replaced: name it with --reference PHOTO.");
            }

            using FacePhoto photo = reader.Read(options.ReferencePhoto);
            return new(seeker!, seeker!.Embed(PictureView.Of(photo.Picture), photo.Face.Points), targetMedia.Video.Color);
        }

        SightedVideo Open(MediaInfo media, IFaceSelector who) => new(new VideoSource(media, pool, tools, options.Decode), detector, mesh, pool, keepPixels: true, selector: who);

        Func<SightedFrame, SightedFace, float[]> EmbedIn(MediaInfo media) =>
            (frame, face) => embedder.Embed(PictureView.Of(frame.Pixels!, media.Video.Color), MeshTopology.FivePoints(face.Mesh));
    }

    private static List<string> Notes(LikenessSummary summary, SightedVideo output, SightedVideo target, float samePerson)
    {
        var notes = new List<string>();
        if (output.Source.Media.Video.DurationSeconds is { } a && target.Source.Media.Video.DurationSeconds is { } b && Math.Abs(a - b) > 1.5 * Math.Max(output.FrameSeconds, target.FrameSeconds))
        {
            notes.Add(FormattableString.Invariant(
                $"{output.Source.Media.Path} is {a:0.00} s long and {target.Source.Media.Path} {b:0.00} s; frames are paired by their time since each video's first, so the target of a swap made with --start must be cut as it was."));
        }

        if (summary.TargetToPhotos is { } alike && alike.Mean >= samePerson)
        {
            notes.Add(FormattableString.Invariant(
                $"The person in {target.Source.Media.Path} is like the photos to {alike.Mean:0.00} before any swap, as two pictures of one person are from {samePerson:0.00} on; if it is the same person, this pair shows nothing."));
        }

        foreach (SightedVideo video in new[] { output, target })
        {
            if (video.Source.Damage.Messages.Count > 0)
            {
                notes.Add($"{video.Source.Media.Path} is damaged ({video.Source.Damage.Messages[0].TrimEnd('.')}); what could be decoded was used.");
            }
        }

        return notes;
    }
}
