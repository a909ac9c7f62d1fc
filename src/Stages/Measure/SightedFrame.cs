using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Measure;

/// <summary>A frame of a video that is only measured: the faces in it, cut out. Owns the faces, and the whole picture where it was asked for.</summary>
/// <param name="Stamp">Which frame.</param>
/// <param name="Seconds">Time since the video's first frame: two copies of a video may begin at different times of their containers.</param>
/// <param name="Width">Pixels of the frame.</param>
/// <param name="Height">Pixels of the frame.</param>
/// <param name="Faces">No face is an empty list.</param>
public sealed record SightedFrame(FrameStamp Stamp, double Seconds, int Width, int Height, IReadOnlyList<SightedFace> Faces) : IDisposable
{
    /// <summary>The whole picture as decoded; null where only the faces were asked for.</summary>
    public PixelBuffer? Pixels { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels?.Dispose();
        foreach (SightedFace face in Faces)
        {
            face.Dispose();
        }
    }
}

/// <summary>A face of such a frame. Owns its crop.</summary>
/// <param name="Track">Who and where.</param>
/// <param name="Mesh">Landmarks as measured, frame pixels.</param>
/// <param name="ToCrop">Frame pixels to crop pixels, of <see cref="Gaze.GazeCrop"/>.</param>
/// <param name="Crop">Upright face, <see cref="PixelFormat.Bgr24"/>.</param>
public sealed record SightedFace(TrackedFace Track, FaceMesh Mesh, SimilarityTransform ToCrop, PixelBuffer Crop) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Crop.Dispose();
}
