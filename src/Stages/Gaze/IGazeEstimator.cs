using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>
/// A network that says where a face looks. It sees an upright crop and answers relative to the line of sight and the crop's own axes;
/// <see cref="CameraRay.ToCamera"/> does the rest. Every implementation passes a mirror test before it is used.
/// </summary>
public interface IGazeEstimator : IDisposable
{
    /// <summary>Kind of network, for reports: <c>gaze-estimation-adas-0002</c>, <c>l2cs</c>.</summary>
    string Id { get; }

    /// <summary>The network's file, for reports.</summary>
    ModelRecord Model { get; }

    /// <summary>How much of the face it looks at.</summary>
    GazeRegion Region { get; }

    /// <summary>Measures one face. Not thread-safe: one estimator a stage.</summary>
    /// <param name="view">The face.</param>
    /// <param name="memory">What this face's mirrored picture said before, for estimators that average over it; null looks at it anew.</param>
    GazeEstimate Estimate(GazeView view, MirrorMemory? memory = null);
}

/// <summary>A gaze network that also says where the eyes are that it looks at: one run serves both, so a swapped face needs no network of its own to find its eyes.</summary>
public interface IEyeFindingEstimator : IGazeEstimator
{
    /// <summary>Measures one face whose eyes are only roughly where the view has them: within a quarter of their width.</summary>
    /// <param name="view">The face.</param>
    /// <param name="eyes">Where the eyes are, in pixels of the picture.</param>
    GazeEstimate Estimate(GazeView view, out EyePair eyes);
}

/// <summary>One face as an estimator sees it; everything in pixels of <paramref name="Picture"/>.</summary>
/// <param name="Picture"><see cref="PixelFormat.Bgr24"/>. Belongs to the caller.</param>
/// <param name="Eyes">Where the eyes are.</param>
/// <param name="Face">The face, forehead to chin.</param>
/// <param name="Head">How the head is turned, relative to the line of sight; its roll is that in this picture.</param>
public readonly record struct GazeView(PixelBuffer Picture, EyePair Eyes, FaceBox Face, HeadPose Head);

/// <summary>Where a face looks.</summary>
/// <param name="Combined">Both eyes together.</param>
/// <param name="Left">The person's left eye alone, relative to the line of sight to it, where the network measures it.</param>
/// <param name="Right">The person's right eye alone, likewise.</param>
/// <param name="Confidence">In [0, 1].</param>
public readonly record struct GazeEstimate(GazeAngles Combined, GazeAngles? Left, GazeAngles? Right, float Confidence);
