using VideoGaze.Faces.Models;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Live;

namespace VideoGaze.Stages;

/// <summary>A measurement as it was asked for: everything <c>videogaze measure</c> can be told.</summary>
public sealed record MeasurePipelineOptions
{
    /// <summary>The video that says where the eyes should look; null where <see cref="Truth"/> does.</summary>
    public string? Source { get; init; }

    /// <summary>Truth file of a rendered clip that says where the eyes should look; null where <see cref="Source"/> does.</summary>
    public string? Truth { get; init; }

    /// <summary>The video that is measured.</summary>
    public required string Output { get; init; }

    /// <summary>The value of <c>--models</c>; null where it was not given.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Networks asked for by name or file.</summary>
    public ModelChoices Choices { get; init; } = ModelChoices.None;

    /// <summary>What is measured and what is left out.</summary>
    public GazeOptions Gaze { get; init; } = new();

    /// <summary>Whether the floor of this very footage is found first (<see cref="FootageFloor"/>). A truth file has none: its error is the estimator's own.</summary>
    public bool Floor { get; init; }

    /// <summary>Which frames, and what to do about damage.</summary>
    public DecodeOptions Decode { get; init; } = new();

    /// <summary>Where the report goes; null for no report, only the summary.</summary>
    public string? ReportPath { get; init; }

    /// <summary>A stream for the report instead of a file. It stays open.</summary>
    public Stream? ReportStream { get; init; }

    /// <summary>Who watches the run; null for nobody.</summary>
    public LiveFeed? Live { get; init; }

    /// <summary>Replace a report that is there.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>How far a measurement has come.</summary>
/// <param name="Frames">Frames compared.</param>
/// <param name="FramesExpected">Frames the container promises; null where it does not.</param>
/// <param name="GazeErrorDegrees">Angular error of the latest measured face; null where none was measured yet.</param>
public readonly record struct MeasureProgress(long Frames, long? FramesExpected, double? GazeErrorDegrees);

/// <summary>What a measurement came to.</summary>
/// <param name="Gaze">The report's last line.</param>
/// <param name="Models">Every network that took part.</param>
/// <param name="Notes">What a user should know (lengths that differ, damage that was skipped), a sentence each.</param>
/// <param name="StoppedEarly">Whether the user ended it; the report is whole but shorter.</param>
public sealed record MeasureResult(GazeSummary Gaze, IReadOnlyList<ModelRecord> Models, IReadOnlyList<string> Notes, bool StoppedEarly);
