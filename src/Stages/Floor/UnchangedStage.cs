using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Floor;

/// <summary>In the place of a generator: each face stays as it was cut out.</summary>
/// <param name="pool">Lends the pictures.</param>
internal sealed class UnchangedStage(PixelPool pool) : IFrameStage<FrameWith<AlignedFace>, FrameWith<SwappedFace>>
{
    /// <inheritdoc/>
    public string Name => "unchanged";

    /// <inheritdoc/>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <inheritdoc/>
    public ValueTask<FrameWith<SwappedFace>> ProcessAsync(FrameWith<AlignedFace> item, CancellationToken cancellationToken)
    {
        var faces = new SwappedFace[item.Faces.Count];
        for (int i = 0; i < faces.Length; i++)
        {
            PixelBuffer copy = pool.Rent(item.Faces[i].Crop.Spec);
            item.Faces[i].Crop.Bytes.CopyTo(copy.Bytes);
            faces[i] = new(item.Faces[i], copy, Mask: null);
        }

        return ValueTask.FromResult(new FrameWith<SwappedFace>(item.Frame, faces));
    }
}
