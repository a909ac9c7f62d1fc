using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Blend;

/// <summary>The surroundings of a face's eyes as the frame showed them before the swap, pixel for pixel. Owns its picture.</summary>
/// <param name="Place">Where in the frame.</param>
/// <param name="Pixels"><see cref="PixelFormat.Bgr24"/>, of the place's size.</param>
public sealed record OriginalEyes(Rect Place, PixelBuffer Pixels) : IDisposable
{
    /// <summary>Keeps them.</summary>
    /// <param name="frame">Not yet swapped.</param>
    /// <param name="color">How its samples are to be read.</param>
    /// <param name="mesh">The face, frame pixels.</param>
    /// <param name="pool">Lends the picture.</param>
    /// <returns>Null where the eyes lie outside the frame.</returns>
    public static OriginalEyes? Of(PixelBuffer frame, ColorSpec color, FaceMesh mesh, PixelPool pool)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(pool);
        if (EyeRegion.Place(EyePair.FromMesh(mesh), frame.Spec) is not { } place)
        {
            return null;
        }

        PixelBuffer pixels = pool.Rent(new PixelSpec(place.Width, place.Height, PixelFormat.Bgr24));
        try
        {
            using Mat view = PlaneView.Of(pixels);
            FramePixels.ReadBgr(frame, color, place, view);
            return new(place, pixels);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Pixels.Dispose();
}
