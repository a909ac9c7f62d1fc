using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Extract;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages;

/// <summary>From videos and photos to one frame set, whole pictures with the faces a detector sees on them: decode -&gt; detect and write, input after input.</summary>
public static class FrameSetPipeline
{
    /// <summary>Makes a frame set.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told after every frame.</param>
    /// <param name="stop">Ends early with what was found so far.</param>
    /// <param name="abort">Ends at once.</param>
    /// <exception cref="UserFacingException">An input is missing or no picture; the folder cannot be written; no detector.</exception>
    public static async Task<FrameSetResult> RunAsync(FrameSetPipelineOptions options, IProgress<ExtractProgress>? progress, CancellationToken stop, CancellationToken abort)
    {
        Cv2.SetNumThreads(1);
        using OnnxSession detector = ModelStore.Open(options.ModelsFolder).Load(ModelRole.FaceDetector);
        using FaceFinder finder = FaceFinder.Over(detector, new DetectOptions(options.Size, options.MinimumScore));
        using FrameSetWriter writer = new(options.OutputFolder, options.Overwrite);
        PixelPool pool = new();
        bool stopped = false;
        long before = 0;
        foreach (string input in options.Inputs.SelectMany(Expand))
        {
            if (stopped |= stop.IsCancellationRequested)
            {
                break;
            }

            if (FacePhotoReader.IsPhoto(input))
            {
                using Mat photo = Cv2.ImRead(input, ImreadModes.Color);
                if (photo.Empty())
                {
                    throw new UserFacingException(FailureKind.InputUnreadable, $"The photo '{input}' cannot be read: use a sound JPEG, PNG or WebP file.");
                }

                FrameSetSink.Add(writer, finder, input, PictureView.Of(photo), 0, options.Size);
                progress?.Report(new(input, ++before, null, writer.Faces));
                continue;
            }

            FfmpegTools tools = FfmpegTools.Locate();
            MediaInfo media = await new MediaProbe(tools).ReadAsync(input, abort).ConfigureAwait(false);

            // A damaged clip is as good a source of pictures as a whole one.
            VideoSource source = new(media, pool, tools, new DecodeOptions(AllowDamaged: true));
            long start = before;
            FrameSetSink sink = new(writer, finder, input, media.Video.Color, options.Every, options.Size, index => progress?.Report(new(input, start + index + 1, null, writer.Faces)));
            RunReport run = await PipelineGraph.From(source).To(sink).RunAsync(new PipelineOptions { Pool = pool, StopToken = stop }, abort).ConfigureAwait(false);
            before += run.Frames;
            stopped |= run.StoppedEarly;
        }

        writer.Commit();
        return new(options.OutputFolder, writer.Frames, writer.Faces, detector.FileName, stopped);
    }

    /// <summary>A file as it is; of a folder its photos, by name.</summary>
    private static IEnumerable<string> Expand(string input) => Directory.Exists(input)
        ? Directory.EnumerateFiles(input).Where(FacePhotoReader.IsPhoto).Order(StringComparer.Ordinal)
        : [input];
}
