using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Live;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>A swap as it was asked for: everything <c>videogaze process</c> can be told.</summary>
public sealed record SwapPipelineOptions
{
    /// <summary>The video to read.</summary>
    public required string Input { get; init; }

    /// <summary>The video to write.</summary>
    public required string Output { get; init; }

    /// <summary>Folder of photos, or folder or file that holds a trained generator.</summary>
    public required string Identity { get; init; }

    /// <summary>The value of <c>--models</c>; null where it was not given.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Networks asked for by name or file.</summary>
    public ModelChoices Choices { get; init; } = ModelChoices.None;

    /// <summary>Which faces are replaced.</summary>
    public FaceChoice Faces { get; init; } = FaceChoice.Largest;

    /// <summary>Photo of the person to replace, for <see cref="FaceChoice.Reference"/>.</summary>
    public string? ReferencePhoto { get; init; }

    /// <summary>Where the generator runs.</summary>
    public InferenceDevice Device { get; init; } = InferenceDevice.Auto;

    /// <summary>Threads inside one call of the generator; 0 lets the pipeline choose by the machine.</summary>
    public int Threads { get; init; }

    /// <summary>How the new face takes on the frame's colours.</summary>
    public ColorTransfer ColorTransfer { get; init; } = ColorTransfer.Reinhard;

    /// <summary>Whose eyes the output shows.</summary>
    public EyeSource Eyes { get; init; } = EyeSource.Auto;

    /// <summary>Whose colour the irises of the target's own eyes have, where those are shown.</summary>
    public IrisSource Irises { get; init; }

    /// <summary>Which frames, and what to do about damage.</summary>
    public DecodeOptions Decode { get; init; } = new();

    /// <summary>Codec, quality, tags. Its range must be that of <see cref="Decode"/>.</summary>
    public EncodeOptions Encode { get; init; } = new();

    /// <summary>How gaze is measured; null leaves the gaze branch out.</summary>
    public GazeOptions? Gaze { get; init; } = new();

    /// <summary>Whether the floor of this very footage is found first (<see cref="FootageFloor"/>). It needs <see cref="Gaze"/>.</summary>
    public bool Floor { get; init; }

    /// <summary>A limit for every frame and what happens beyond it; null for none. It needs <see cref="Gaze"/>.</summary>
    public FrameGate? Gate { get; init; }

    /// <summary>Where the report goes; null for no report, only the summary.</summary>
    public string? ReportPath { get; init; }

    /// <summary>A stream for the report instead of a file, for instance standard output. It stays open.</summary>
    public Stream? ReportStream { get; init; }

    /// <summary>Who watches the run; null for nobody.</summary>
    public LiveFeed? Live { get; init; }

    /// <summary>How the generator was fine-tuned for this run; null where it was not. Recorded in the report's header.</summary>
    public AdaptationRecord? Adaptation { get; init; }

    /// <summary>Whether the output is marked as synthetic; recorded in the report's header.</summary>
    public bool Provenance { get; init; } = true;
}

/// <summary>How far a swap has come.</summary>
/// <param name="Frames">Frames done.</param>
/// <param name="FramesExpected">Frames the container promises; null where it does not.</param>
/// <param name="GazeErrorDegrees">Angular error of the latest measured face; null where none was measured yet.</param>
public readonly record struct SwapProgress(long Frames, long? FramesExpected, double? GazeErrorDegrees);

/// <summary>What a swap came to.</summary>
/// <param name="Output">The video written.</param>
/// <param name="FacesReplaced">Faces replaced, summed over all frames.</param>
/// <param name="Gaze">How well gaze was kept; null where it was not measured.</param>
/// <param name="Models">Every network that took part, with its hash.</param>
/// <param name="Provider">What the generator ran on: <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Damage">What was wrong with the input.</param>
/// <param name="Run">Time and queues of every step.</param>
public sealed record SwapResult(
    EncodeResult Output,
    long FacesReplaced,
    GazeSummary? Gaze,
    IReadOnlyList<ModelRecord> Models,
    string Provider,
    DamageReport Damage,
    RunReport Run)
{
    /// <summary>What a user should know of the photos, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
