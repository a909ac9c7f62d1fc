using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Extract;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>From videos and photos to one face set: decode -&gt; detect -&gt; track -&gt; align -&gt; write, input after input.</summary>
public sealed class ExtractPipeline
{
    private readonly ExtractPipelineOptions options;
    private readonly IProgress<ExtractProgress>? progress;
    private readonly CancellationToken stop;
    private readonly CancellationToken abort;
    private readonly PixelPool pool = new();
    private readonly List<string> notes = [];
    private long framesBefore;
    private long facesBefore;
    private bool stopped;

    private ExtractPipeline(ExtractPipelineOptions options, IProgress<ExtractProgress>? progress, CancellationToken stop, CancellationToken abort)
    {
        this.options = options;
        this.progress = progress;
        this.stop = stop;
        this.abort = abort;
    }

    /// <summary>Runs an extraction.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told after every frame.</param>
    /// <param name="stop">Ends early with what was found so far.</param>
    /// <param name="abort">Ends at once and leaves nothing.</param>
    /// <exception cref="UserFacingException">An input is missing, damaged or no picture; no input shows a face; the folder cannot be written.</exception>
    public static Task<ExtractResult> RunAsync(ExtractPipelineOptions options, IProgress<ExtractProgress>? progress, CancellationToken stop, CancellationToken abort) =>
        new ExtractPipeline(options, progress, stop, abort).RunAsync();

    private async Task<ExtractResult> RunAsync()
    {
        Cv2.SetNumThreads(1);
        ModelStore store = ModelStore.Open(options.ModelsFolder, options.Choices);
        using FacePerception perception = FacePerception.Open(store, pool);
        using IGazeEstimator? gaze = store.TryResolve(ModelRole.GazeEstimator) is { } path ? GazeEstimators.Open(path) : null;
        List<ModelRecord> models = [.. perception.Models];
        if (gaze is not null)
        {
            models.Add(gaze.Model);
        }

        using FaceSetWriter writer = new(options.OutputFolder, options.Overwrite);
        try
        {
            List<ExtractedInput> inputs = [];
            foreach (string input in options.Inputs.SelectMany(Expand))
            {
                if (stop.IsCancellationRequested)
                {
                    stopped = true;
                    break;
                }

                ExtractedInput done = FacePhotoReader.IsPhoto(input) ? Photo(input, perception, gaze, writer) : await VideoAsync(input, perception, gaze, writer).ConfigureAwait(false);
                framesBefore += done.Frames;
                facesBefore += done.Faces;
                inputs.Add(done);
                if (done.Faces == 0)
                {
                    notes.Add($"{input} shows no face.");
                }
            }

            if (writer.Count == 0)
            {
                throw new UserFacingException(FailureKind.NoFace, $"No face was found in {string.Join(", ", options.Inputs)}: give pictures in which a face is at least 1/20 of the longer side.");
            }

            writer.Commit();
            return new ExtractResult(options.OutputFolder, inputs, models, notes, stopped);
        }
        catch
        {
            writer.Abandon();
            throw;
        }
    }

    private async Task<ExtractedInput> VideoAsync(string input, FacePerception perception, IGazeEstimator? gaze, FaceSetWriter writer)
    {
        FfmpegTools tools = FfmpegTools.Locate();
        MediaInfo media = await new MediaProbe(tools).ReadAsync(input, abort).ConfigureAwait(false);
        VideoSource source = new(media, pool, tools, options.Decode);
        using DetectStage detect = perception.Detect(media.Video.Color);
        TrackStage track = perception.Track(options.Faces, options.ReferencePhoto, media.Video.Color);
        AlignStage align = perception.Align(media.Video.Color, AlignmentTemplate.DflWholeFace, options.Size);
        long? inRange = media.FramesIn(options.Decode.Range), expected = inRange + framesBefore;
        int every = Math.Max(options.Every, options.MostFrames is { } most && inRange is { } frames ? (int)((frames + most - 1) / most) : 1);
        FaceSetSink sink = null!;
        sink = new(writer, gaze, Path.GetFileName(input), AlignmentTemplate.DflWholeFace.Name, every,
            index => progress?.Report(new(input, framesBefore + index + 1, expected, facesBefore + sink.Faces)));
        RunReport run = await PipelineGraph.From(source).Then(detect).Then(track).Then(align).To(sink)
            .RunAsync(new PipelineOptions { Pool = pool, StopToken = stop }, abort).ConfigureAwait(false);
        stopped |= run.StoppedEarly;
        if (source.Damage.Messages.Count > 0)
        {
            notes.Add($"{input} is damaged ({source.Damage.Messages[0]}); what could be decoded was used.");
        }

        return new ExtractedInput(input, run.Frames, sink.Faces);
    }

    private ExtractedInput Photo(string input, FacePerception perception, IGazeEstimator? gaze, FaceSetWriter writer)
    {
        using FacePhotoReader reader = perception.Photos();
        using FacePhoto? photo = reader.TryRead(input);
        FaceSetSink sink = new(writer, gaze, Path.GetFileName(input), AlignmentTemplate.DflWholeFace.Name, 1, null);
        if (photo is not null)
        {
            SimilarityTransform toCrop = AlignmentTemplate.DflWholeFace.TransformFrom(photo.Face.Points, options.Size);
            using AlignedFace aligned = new(
                new(1, photo.Face, Detected: true), photo.Mesh, photo.Mesh, toCrop, pool.Rent(new(options.Size, options.Size, PixelFormat.Bgr24)));
            PictureView.Of(photo.Picture).WarpTo(toCrop, aligned.Crop);
            sink.Add(Path.GetFileNameWithoutExtension(input) + "_1.png", aligned, 0, 0, new(photo.Picture.Width, photo.Picture.Height, PixelFormat.Bgr24));
        }

        progress?.Report(new(input, framesBefore + 1, null, facesBefore + sink.Faces));
        return new ExtractedInput(input, 1, sink.Faces);
    }

    /// <summary>A file as it is; of a folder its photos, by name. Clips in it are named one by one by whoever wants them.</summary>
    private static IEnumerable<string> Expand(string input) => Directory.Exists(input)
        ? Directory.EnumerateFiles(input).Where(FacePhotoReader.IsPhoto).Order(StringComparer.Ordinal)
        : [input];
}
