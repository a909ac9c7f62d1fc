using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Swap;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>Whether a file is a network that this program can use in a role: opens it as the pipeline does, mirror test and all.</summary>
public static class ModelFit
{
    /// <summary>Opens a file in a role and lets it go. Roles that only training or another network of ours looks into are left to those.</summary>
    /// <exception cref="UserFacingException">It is another network, or none.</exception>
    public static void Check(ModelRole role, string path)
    {
        ArgumentNullException.ThrowIfNull(role);
        if (role == ModelRole.GazeEstimator)
        {
            GazeEstimators.Open(path).Dispose();
        }
        else if (role == ModelRole.EyeContour)
        {
            IrisEyeLocator.Open(path).Dispose();
        }
        else if (role == ModelRole.EyeState)
        {
            OpenEyeClassifier.Open(path).Dispose();
        }
        else if (role != ModelRole.GazeLoss)
        {
            using OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu));
            Check(role, session);
        }
    }

    private static void Check(ModelRole role, OnnxSession session)
    {
        PixelPool pool = new();
        if (role == ModelRole.FaceDetector)
        {
            FaceFinder.Over(session, new DetectOptions()).Dispose();
        }
        else if (role == ModelRole.FaceMesh)
        {
            new FaceMeshEstimator(session, pool).Dispose();
        }
        else if (role == ModelRole.FaceIdentity)
        {
            new FaceEmbedder(session, pool).Dispose();
        }
        else if (role == ModelRole.FaceGenerator)
        {
            FaceSwappers.Check(session);
        }
    }
}
