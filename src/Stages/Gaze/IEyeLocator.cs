using VideoGaze.Faces.Gaze;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>Finds the eyes of a swapped face in its crop. A swap moves lids and corners by some pixels, and a gaze network fed with the old place is off by degrees.</summary>
public interface IEyeLocator : IDisposable
{
    /// <summary>The network's file, for reports.</summary>
    ModelRecord Model { get; }

    /// <summary>Measures the eyes in a crop.</summary>
    /// <param name="crop">Upright face, <see cref="PixelFormat.Bgr24"/>.</param>
    /// <param name="prior">Where the eyes of the source are in the same crop.</param>
    /// <returns>Crop pixels; null where no eyes can be found.</returns>
    EyePair? Locate(PixelBuffer crop, EyePair prior);
}
