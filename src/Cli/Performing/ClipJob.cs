using VideoGaze.Performers.Directing;
using VideoGaze.Performers.People;
using VideoGaze.Stages.Encode;

namespace VideoGaze.Cli.Performing;

/// <summary>A clip as it was asked for.</summary>
internal sealed record ClipJob
{
    /// <summary>What is played.</summary>
    public required Script Script { get; init; }

    /// <summary>The video to write.</summary>
    public required string Output { get; init; }

    /// <summary>The value of <c>--assets</c>; null where it was not given.</summary>
    public string? AssetsFolder { get; init; }

    /// <summary>Whose face the first role gets in the true swap; null: no swap.</summary>
    public PerformerIdentity? SwapTruth { get; init; }

    /// <summary>File whose sound moves the mouths and goes along; null: silent.</summary>
    public string? Sound { get; init; }

    /// <summary>How the videos are written.</summary>
    public required EncodeOptions Encode { get; init; }

    /// <summary>The truth of the video.</summary>
    public string Truth => Path.ChangeExtension(Output, ".truth.ndjson");

    /// <summary>The video of the true swap.</summary>
    public string SwappedOutput => Path.ChangeExtension(Output, ".swapped-truth" + Path.GetExtension(Output));

    /// <summary>The truth of the true swap.</summary>
    public string SwappedTruth => Path.ChangeExtension(Output, ".swapped-truth.truth.ndjson");
}

/// <summary>What came of it.</summary>
/// <param name="Files">Everything written, the video first.</param>
/// <param name="Frames">Frames in each video.</param>
/// <param name="StoppedEarly">Whether the user ended it; the files are whole but shorter.</param>
/// <param name="Notes">What a user should know, a sentence each.</param>
/// <param name="AssetsFolder">The asset pack that was used.</param>
internal sealed record ClipResult(IReadOnlyList<string> Files, long Frames, bool StoppedEarly, IReadOnlyList<string> Notes, string AssetsFolder);
