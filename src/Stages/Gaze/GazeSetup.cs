using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>What measured: written into the report's first line.</summary>
/// <param name="Estimator">Kind of gaze network.</param>
/// <param name="Models">Every network that took part, with its hash.</param>
/// <param name="Options">Limits and settings.</param>
public sealed record GazeSetup(string Estimator, IReadOnlyList<ModelRecord> Models, GazeOptions Options)
{
    /// <summary>Opens estimator and open-eye network.</summary>
    internal static GazeMeter OpenMeter(string modelsFolder, GazeOptions options, string? estimatorPath, out List<ModelRecord> models, out string estimatorId)
    {
        IGazeEstimator estimator = GazeEstimators.Open(estimatorPath ?? Path.Combine(modelsFolder, GazeEstimators.DefaultFile), options.AverageMirror);
        OpenEyeClassifier? openEyes = null;
        try
        {
            string openEyePath = Path.Combine(modelsFolder, OpenEyeClassifier.DefaultFile);
            openEyes = File.Exists(openEyePath) ? OpenEyeClassifier.Open(openEyePath) : null;
            models = [ModelRecord.Of("gaze", estimator.ModelPath)];
            if (openEyes is not null)
            {
                models.Add(ModelRecord.Of("open eyes", openEyes.ModelPath));
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
