using VideoGaze.Stages.Gaze;

namespace VideoGaze.Stages.Calibrate;

/// <summary>One way to measure gaze: a network, how the eyes it looks at are found, and whether it also looks into the mirror.</summary>
/// <param name="Estimator">The network. Owned.</param>
/// <param name="Eyes">How the eyes are found.</param>
/// <param name="AverageMirror">Whether the answer for the mirrored picture is averaged in.</param>
internal sealed record CalibratedEstimator(IGazeEstimator Estimator, OutputEyes Eyes, bool AverageMirror) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Estimator.Dispose();
}
