using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Blend;

namespace VideoGaze.Stages.Items;

/// <summary>A face as a detector sees it.</summary>
/// <param name="Box">Frame pixels.</param>
/// <param name="Points">Five points in frame pixels: left eye, right eye, nose tip, left and right mouth corner, as seen in the image.</param>
/// <param name="Score">In [0, 1].</param>
public sealed record DetectedFace(FaceBox Box, Vector2[] Points, float Score);

/// <summary>A face with a name that lasts over frames.</summary>
/// <param name="TrackId">From 1, in order of appearance; stable through misses.</param>
/// <param name="Face">Where it is; predicted from its motion where the detector missed it.</param>
/// <param name="Detected">False where the place is a prediction.</param>
public sealed record TrackedFace(int TrackId, DetectedFace Face, bool Detected);

/// <summary>A face cut out upright for the generator. Owns its crop.</summary>
/// <param name="Track">Who and where.</param>
/// <param name="RawMesh">Landmarks as measured in this frame, frame pixels: what gaze is measured from.</param>
/// <param name="SmoothMesh">Landmarks smoothed over time, frame pixels: what alignment and blending use.</param>
/// <param name="ToCrop">Frame pixels to crop pixels.</param>
/// <param name="Crop">Square <see cref="PixelFormat.Bgr24"/> picture of the generator's input size.</param>
public sealed record AlignedFace(TrackedFace Track, FaceMesh RawMesh, FaceMesh SmoothMesh, SimilarityTransform ToCrop, PixelBuffer Crop) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Crop.Dispose();
}

/// <summary>What the generator made of a face. Owns its pictures and the aligned face.</summary>
/// <param name="Aligned">The face it was made from.</param>
/// <param name="Face">The new face in crop pixels, <see cref="PixelFormat.Bgr24"/>, same side as the crop (or larger by a whole factor).</param>
/// <param name="Mask">Where the new face is to be used, <see cref="PixelFormat.Gray8"/>, same size as <paramref name="Face"/>; null where the model has none.</param>
public sealed record SwappedFace(AlignedFace Aligned, PixelBuffer Face, PixelBuffer? Mask) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Aligned.Dispose();
        Face.Dispose();
        Mask?.Dispose();
    }
}

/// <summary>A face after blending. Owns its crops.</summary>
/// <param name="Track">Who and where.</param>
/// <param name="SourceMesh">Landmarks measured in the source frame, frame pixels.</param>
/// <param name="Crops">The two pictures whose gaze is compared; null where none is measured.</param>
/// <param name="FrameWidth">Width of the whole frame in pixels, for the camera model.</param>
/// <param name="FrameHeight">Height of the whole frame in pixels.</param>
/// <param name="Opacity">How much of the new face is shown: 1 all of it, 0 the original, which is kept on profiles.</param>
/// <param name="Original">The frame around the eyes before the swap, for a repair; null where none is foreseen or the eyes are outside the frame.</param>
public sealed record BlendedFace(
    TrackedFace Track,
    FaceMesh SourceMesh,
    GazeCrops? Crops,
    int FrameWidth,
    int FrameHeight,
    double Opacity = 1,
    OriginalEyes? Original = null) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Crops?.Dispose();
        Original?.Dispose();
    }
}

/// <summary>The same region of a frame before and after the swap. Owns both pictures.</summary>
/// <param name="ToCrop">Frame pixels to crop pixels, of <see cref="Gaze.GazeCrop"/>; the same for both.</param>
/// <param name="Source">Before the swap, <see cref="PixelFormat.Bgr24"/>.</param>
/// <param name="Output">After blending.</param>
public sealed record GazeCrops(SimilarityTransform ToCrop, PixelBuffer Source, PixelBuffer Output) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        Output.Dispose();
    }
}
