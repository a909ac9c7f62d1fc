using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Swap;

/// <summary>Makes the new face of every aligned face in a frame.</summary>
/// <param name="swapper">The generator; stays the caller's.</param>
/// <param name="pool">Lends the pictures.</param>
/// <param name="parallel">Frames at once, each with buffers of its own; 1 is best where the generator itself uses all cores.</param>
public sealed class SwapStage(IFaceSwapper swapper, PixelPool pool, int parallel = 1) : IFrameStage<FrameWith<AlignedFace>, FrameWith<SwappedFace>>
{
    /// <inheritdoc/>
    public string Name => "swap";

    /// <inheritdoc/>
    public StageConcurrency Concurrency { get; } = StageConcurrency.Parallel(parallel);

    /// <inheritdoc/>
    public ValueTask<FrameWith<SwappedFace>> ProcessAsync(FrameWith<AlignedFace> item, CancellationToken cancellationToken)
    {
        var swapped = new List<SwappedFace>(item.Faces.Count);
        try
        {
            foreach (AlignedFace face in item.Faces)
            {
                cancellationToken.ThrowIfCancellationRequested();
                swapped.Add(Swap(face));
            }
        }
        catch
        {
            // The aligned faces are disposed with the item by the runner; disposing twice does nothing.
            swapped.ForEach(face => face.Dispose());
            throw;
        }

        return ValueTask.FromResult(new FrameWith<SwappedFace>(item.Frame, swapped));
    }

    private SwappedFace Swap(AlignedFace aligned)
    {
        int side = swapper.FaceSize;
        PixelBuffer face = pool.Rent(new PixelSpec(side, side, PixelFormat.Bgr24));
        PixelBuffer mask = pool.Rent(new PixelSpec(side, side, PixelFormat.Gray8));
        var swapped = new SwappedFace(aligned, face, mask);
        try
        {
            swapper.Swap(aligned.Crop, aligned.SmoothMesh.Transformed(aligned.ToCrop), face, mask);
            return swapped;
        }
        catch
        {
            face.Dispose();
            mask.Dispose();
            throw;
        }
    }
}
