using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Gaze;

/// <summary>Opens gaze networks: recognises the contract by inputs and outputs, then puts the network to the mirror test.</summary>
public static class GazeEstimators
{
    /// <summary>Opens a gaze network.</summary>
    /// <param name="path">ONNX file.</param>
    /// <param name="averageMirror">Whether estimators that can do so average over the mirrored picture (less bias and noise, up to twice the time).</param>
    /// <param name="threads">Threads inside one run.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.ModelInvalid"/>: unreadable, of an unknown contract, or its axes fail the mirror test.</exception>
    public static IGazeEstimator Open(string path, bool averageMirror = true, int threads = 1)
    {
        FloatNetwork network = FloatNetwork.Open(path, threads);
        if (L2csGazeEstimator.Fits(network))
        {
            var l2cs = new L2csGazeEstimator(network);
            return Tested(path, l2cs, l2cs);
        }

        if (EyesGazeEstimator.Fits(network))
        {
            var eyes = new EyesGazeEstimator(network);
            return Tested(path, eyes, eyes);
        }

        if (IntelGazeEstimator.Fits(network))
        {
            // The average of a picture and its mirror image is symmetric by construction and would pass always: the plain network is tested.
            return Tested(path, new IntelGazeEstimator(network, averageMirror: false), new IntelGazeEstimator(network, averageMirror));
        }

        network.Dispose();
        throw new UserFacingException(
            FailureKind.ModelInvalid,
            $"The model file {path} is no gaze network of a known kind: give this project's own (eyes.onnx), one with two 60 px eye pictures and head angles (gaze-estimation-adas-0002) or one 448 px face and two outputs of 90 or 28 bins (L2CS).");
    }

    private static IGazeEstimator Tested(string path, IGazeEstimator plain, IGazeEstimator result)
    {
        MirrorTestResult test = MirrorTest.Run(plain);
        if (!test.Passed)
        {
            result.Dispose();
            throw new UserFacingException(FailureKind.ModelInvalid, $"The gaze model {path} fails the mirror test: {test.Reason}; use an export whose first output is the horizontal angle.");
        }

        return result;
    }
}
