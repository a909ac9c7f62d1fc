using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Features;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages;

/// <summary>From a video to the gaze features that detectors of swapped faces are trained on: decode, find faces, measure the eyes of every frame, sum up windows.</summary>
public static class FeaturesPipeline
{
    private const int FramesAhead = 3;

    /// <summary>Measures a video.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told after every frame.</param>
    /// <param name="stop">Ends early with the windows so far.</param>
    /// <param name="abort">Ends at once.</param>
    /// <exception cref="UserFacingException">The input is missing, damaged or no video; a model is; no face is seen for the length of a window.</exception>
    public static async Task<FeaturesResult> RunAsync(FeaturesPipelineOptions options, IProgress<MeasureProgress>? progress, CancellationToken stop, CancellationToken abort)
    {
        ArgumentNullException.ThrowIfNull(options);
        Cv2.SetNumThreads(1);
        var pool = new PixelPool();
        ModelStore store = ModelStore.Open(options.ModelsFolder, options.Choices);
        FfmpegTools tools = FfmpegTools.Locate();
        MediaInfo media = await new MediaProbe(tools).ReadAsync(options.Input, abort).ConfigureAwait(false);

        // Eyes by the mesh and mirrored pictures in every frame, as measure has them: nothing may depend on the frame before.
        GazeOptions gaze = new() { OutputEyes = OutputEyes.Mesh, MirrorSpan = 1 };
        using GazeMeter meter = GazeSetup.OpenMeter(store, ref gaze, null, out List<ModelRecord> models, out string estimator);
        using OnnxSession detector = store.Load(ModelRole.FaceDetector);
        using OnnxSession mesh = store.Load(ModelRole.FaceMesh);
        using var video = new SightedVideo(new VideoSource(media, pool, tools, options.Decode), detector, mesh, pool);
        var probe = new EyeProbe(meter, gaze);
        SortedDictionary<int, TrackMoments> tracks = [];
        long frames = 0, faces = 0;
        await foreach (SightedFrame frame in Ahead.Of(video.ReadAsync(abort), FramesAhead, abort).ConfigureAwait(false))
        {
            using (frame)
            {
                foreach (SightedFace face in frame.Faces)
                {
                    if (!tracks.TryGetValue(face.Track.TrackId, out TrackMoments? track))
                    {
                        tracks[face.Track.TrackId] = track = new();
                    }

                    track.Add(probe.Measure(face, frame));
                    faces++;
                }
            }

            frames++;
            progress?.Report(new(frames, media.FramesIn(options.Decode.Range), null));
            if (stop.IsCancellationRequested)
            {
                break;
            }
        }

        FeatureWindow[] rows = [.. tracks.SelectMany(track => track.Value.Windows(track.Key, options.Window, options.Step))];
        if (faces == 0)
        {
            throw new UserFacingException(FailureKind.NoFace, $"{options.Input} shows no face, so there are no features.");
        }

        if (rows.Length == 0)
        {
            throw new UserFacingException(FailureKind.NoFace, $"Nobody is seen in {options.Input} for {options.Window} frames: give a smaller --window.");
        }

        models.AddRange([new("detector", detector.FileName, detector.Sha256), new("landmarks", mesh.FileName, mesh.Sha256)]);
        return new(new(Path.GetFileName(options.Input), options.Label, options.Window, options.Step, estimator, models) { Rows = rows }, frames, faces, stop.IsCancellationRequested);
    }
}
