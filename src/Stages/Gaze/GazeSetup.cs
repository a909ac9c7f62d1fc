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
    /// <param name="store">Holds the networks.</param>
    /// <param name="options">What is measured; changed to what the estimator can do.</param>
    /// <param name="estimatorPath">Another gaze network than the store's.</param>
    /// <param name="models">What was opened.</param>
    /// <param name="estimatorId">Kind of gaze network.</param>
    internal static GazeMeter OpenMeter(ModelStore store, ref GazeOptions options, string? estimatorPath, out List<ModelRecord> models, out string estimatorId)
    {
        IGazeEstimator estimator = GazeEstimators.Open(estimatorPath ?? store.Resolve(ModelRole.GazeEstimator), options.AverageMirror);
        if (options.OutputEyes == OutputEyes.GazeNetwork && estimator is not IEyeFindingEstimator)
        {
            options = options with { OutputEyes = OutputEyes.IrisNetwork };
        }

        // Their answer to a mirrored face is the mirrored answer: there is nothing to average.
        if (estimator is IEyeFindingEstimator)
        {
            options = options with { AverageMirror = false };
        }

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
