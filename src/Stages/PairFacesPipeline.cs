using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Identity;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Swap;
using VideoGaze.Stages.Swap.OneShot;

namespace VideoGaze.Stages;

/// <summary>The faces of the two people of a swap, and the generator that is to be fine-tuned for them.</summary>
/// <param name="Generator">Its file.</param>
/// <param name="Model">The same for reports.</param>
/// <param name="Person">A face set of the photos in use.</param>
/// <param name="Target">A face set of frames of the video.</param>
/// <param name="Landmarks">File of the landmark network.</param>
public sealed record PairFaces(string Generator, ModelRecord Model, string Person, string Target, string Landmarks);

/// <summary>Before a swap: checks that it can be done with a one-shot generator, and cuts the faces of both people out of photos and video.</summary>
public static class PairFacesPipeline
{
    /// <summary>Frames of the video that are cut out at most, spread over the chosen range: more are only more of the same.</summary>
    public const int MostFrames = 200;

    /// <summary>Cuts out.</summary>
    /// <param name="swap">What will be done with the video.</param>
    /// <param name="folder">Where the face sets go.</param>
    /// <param name="progress">Told after every picture.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="abort">The same.</param>
    /// <exception cref="UserFacingException">The swap itself would fail; or the generator is no one-shot generator.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<PairFaces> RunAsync(SwapPipelineOptions swap, string folder, IProgress<ExtractProgress>? progress, CancellationToken stop, CancellationToken abort)
    {
        // As for the swap itself: an output that exists is to be told before minutes are spent.
        FfmpegTools tools = FfmpegTools.Locate();
        MediaInfo media = await new MediaProbe(tools).ReadAsync(swap.Input, abort).ConfigureAwait(false);
        await using (new VideoSink(media, swap.Output, tools, swap.Encode))
        {
        }

        ModelStore store = ModelStore.Open(swap.ModelsFolder, swap.Choices);
        var (generator, model, photos) = Find(swap, store);
        string person = Path.Combine(folder, "person"), target = Path.Combine(folder, "target");
        await ExtractAsync(photos, person).ConfigureAwait(false);
        await ExtractAsync([swap.Input], target).ConfigureAwait(false);
        return new(generator, model, person, target, store.Resolve(ModelRole.FaceMesh));

        async Task ExtractAsync(IReadOnlyList<string> inputs, string output)
        {
            ExtractPipelineOptions options = new()
            {
                Inputs = inputs,
                OutputFolder = output,
                MostFrames = MostFrames,
                Faces = swap.Faces,
                ReferencePhoto = swap.ReferencePhoto,
                ModelsFolder = swap.ModelsFolder,
                Choices = swap.Choices,
                Decode = swap.Decode,
            };
            ExtractResult result = await ExtractPipeline.RunAsync(options, progress, stop, abort).ConfigureAwait(false);
            if (result.StoppedEarly)
            {
                throw new OperationCanceledException(stop);
            }
        }
    }

    /// <summary>The generator, and those of the person's photos that it will be given.</summary>
    private static (string Generator, ModelRecord Model, IReadOnlyList<string> Photos) Find(SwapPipelineOptions swap, ModelStore store)
    {
        PixelPool pool = new();
        using FacePerception perception = FacePerception.Open(store, pool);
        ResolvedIdentity identity = IdentityResolver.Find(swap, store, perception);
        using OnnxSession session = OnnxSession.Load(identity.Generator, new OnnxSessionOptions(InferenceDevice.Cpu));
        if (OneShotLayout.Of(session) is not { } layout)
        {
            throw new UserFacingException(
                FailureKind.Usage, $"The generator '{identity.Generator}' is no one-shot generator of ours, and --adapt fine-tunes only that: leave --adapt out, or name another generator with --generator.");
        }

        using FacePhotoReader reader = perception.Photos();
        using IdentityPhotos photos = IdentityPhotos.Read(FaceSwappers.PhotosOf(session, identity), reader, pool, new CropShape(layout.Template, layout.Size));
        return (identity.Generator, new("face generator", session.FileName, session.Sha256), [.. photos.Faces.Select(face => face.File)]);
    }
}
