using VideoGaze.Faces.Models;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>What measured: written into the report's first line.</summary>
/// <param name="Estimator">Kind of gaze network.</param>
/// <param name="Models">Every network that took part, with its hash.</param>
/// <param name="Options">Limits and settings.</param>
/// <param name="Second">A second estimator beside it; null where there is none.</param>
public sealed record GazeSetup(string Estimator, IReadOnlyList<ModelRecord> Models, GazeOptions Options, SecondEstimator? Second = null)
{
    /// <summary>Role of a second gaze network in lists of models.</summary>
    internal const string SecondRole = "second gaze";

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
        IGazeEstimator? second = null;
        try
        {
            models = [estimator.Model];
            if (store.TryResolve(ModelRole.EyeState) is { } openEyePath)
            {
                openEyes = OpenEyeClassifier.Open(openEyePath);
                models.Add(openEyes.Model);
            }

            if (options.Second is { } other)
            {
                second = GazeEstimators.Open(store.Named(ModelRole.GazeEstimator, other, "--second").Path, averageMirror: true);
                models.Add(second.Model with { Role = SecondRole });
            }

            estimatorId = estimator.Id;
            return new GazeMeter(options, estimator, openEyes, second);
        }
        catch
        {
            estimator.Dispose();
            openEyes?.Dispose();
            second?.Dispose();
            throw;
        }
    }

    /// <summary>What a report says of the meter's second estimator; null where there is none.</summary>
    internal static SecondEstimator? SecondOf(GazeMeter meter, IReadOnlyList<ModelRecord> models, GazeOptions options)
    {
        if (meter.Second is not { } second)
        {
            return null;
        }

        // Its own network in the place of the first, its own way with mirrored pictures.
        ModelRecord network = models.First(model => model.Role == SecondRole) with { Role = "gaze" };
        return new(second.Id, EstimatorFloors.Of(new(second.Id, [network], options with { AverageMirror = second is not IEyeFindingEstimator })));
    }
}
