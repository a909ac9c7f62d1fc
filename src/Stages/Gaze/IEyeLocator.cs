using VideoGaze.Faces.Gaze;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>Finds an eye of a swapped face in its crop. A swap moves lids and corners by some pixels, and a gaze network fed with the old place is off by degrees.</summary>
public interface IEyeLocator : IDisposable
{
    /// <summary>The network's file, for reports.</summary>
    ModelRecord Model { get; }

    /// <summary>Measures an eye in a crop.</summary>
    /// <param name="crop">Upright face or strip of it, <see cref="PixelFormat.Bgr24"/>.</param>
    /// <param name="prior">Where this eye of the source is in the same crop.</param>
    /// <param name="tilt">Tilt of both of its eyes, radians clockwise on a screen.</param>
    /// <param name="left">Whether it is the person's left eye.</param>
    /// <returns>Crop pixels; null where no eye can be found.</returns>
    EyePoints? Locate(PixelBuffer crop, EyePoints prior, double tilt, bool left);
}
