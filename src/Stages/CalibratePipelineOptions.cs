using VideoGaze.Faces.Models;
using VideoGaze.Stages.Calibrate;
using VideoGaze.Stages.Gaze;

namespace VideoGaze.Stages;

/// <summary>A calibration as it was asked for: everything <c>videogaze calibrate</c> can be told.</summary>
public sealed record CalibratePipelineOptions
{
    /// <summary>Label files of pictures and truth files of clips.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    /// <summary>Gaze networks beside the default one of the models folder.</summary>
    public IReadOnlyList<string> Estimators { get; init; } = [];

    /// <summary>The value of <c>--models</c>; null where it was not given.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Networks asked for by name or file.</summary>
    public ModelChoices Choices { get; init; } = ModelChoices.None;

    /// <summary>Take every so many frames of a clip.</summary>
    public int Every { get; init; } = 5;

    /// <summary>What counts: limits of head yaw and confidence.</summary>
    public GazeOptions Gaze { get; init; } = new();
}

/// <summary>What a calibration came to.</summary>
/// <param name="Rows">One entry a way to measure and set, and where there are several sets one for all together.</param>
/// <param name="StoppedEarly">Whether the user ended it; the rows then hold the pictures done.</param>
public sealed record CalibrateResult(IReadOnlyList<GazeCalibration> Rows, bool StoppedEarly);
