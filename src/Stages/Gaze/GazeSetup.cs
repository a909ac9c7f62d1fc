using VideoGaze.Faces.Models;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>What measured: written into the report's first line.</summary>
/// <param name="Estimator">Kind of gaze network.</param>
/// <param name="Models">Every network that took part, with its hash.</param>
/// <param name="Options">Limits and settings.</param>
public sealed record GazeSetup(string Estimator, IReadOnlyList<ModelRecord> Models, GazeOptions Options)
{
    /// <summary>Opens estimator and open-eye network.</summary>
    internal static GazeMeter OpenMeter(ModelStore store, GazeOptions options, string? estimatorPath, out List<ModelRecord> models, out string estimatorId)
    {
        IGazeEstimator estimator = GazeEstimators.Open(estimatorPath ?? store.Resolve(ModelRole.GazeEstimator), options.AverageMirror);
        OpenEyeClassifier? openEyes = null;
        try
        {
            models = [estimator.Model];
            if (store.TryResolve(ModelRole.EyeState) is { } openEyePath)
            {
                openEyes = OpenEyeClassifier.Open(openEyePath);
                models.Add(openEyes.Model);
            }

            estimatorId = estimator.Id;
            return new GazeMeter(options, estimator, openEyes);
        }
        catch
        {
            estimator.Dispose();
            openEyes?.Dispose();
            throw;
        }
    }
}
