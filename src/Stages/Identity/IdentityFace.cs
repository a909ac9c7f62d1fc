using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Identity;

/// <summary>An alignment and size that faces of photos are cut out to.</summary>
/// <param name="Template">How they are aligned.</param>
/// <param name="Side">Side in pixels.</param>
internal readonly record struct CropShape(AlignmentTemplate Template, int Side);

/// <summary>The face of one photo. Owns its crops.</summary>
/// <param name="File">The photo.</param>
/// <param name="Head">How the head is turned.</param>
/// <param name="Mesh">In pixels of the first crop.</param>
/// <param name="Crops"><see cref="PixelFormat.Bgr24"/>, one for each shape asked for.</param>
internal sealed record IdentityFace(string File, HeadPose Head, FaceMesh Mesh, IReadOnlyList<PixelBuffer> Crops) : IDisposable
{
    /// <summary>What is wrong with the photo, to follow "because"; null for a good one.</summary>
    public string? Fault { get; init; }

    /// <summary>The colour of the irises, read in the photo itself: crops are too small for it. Null where they are too small, or the eyes shut.</summary>
    public IrisReading? Irises { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PixelBuffer crop in Crops)
        {
            crop.Dispose();
        }
    }
}

/// <summary>A photo that was left out.</summary>
/// <param name="File">The photo.</param>
/// <param name="Reason">Why, to follow "because": <c>it shows no face</c>.</param>
internal sealed record RejectedPhoto(string File, string Reason);
