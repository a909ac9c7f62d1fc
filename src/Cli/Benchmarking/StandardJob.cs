using VideoGaze.Faces.Models;
using VideoGaze.Performers.People;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Score;

namespace VideoGaze.Cli.Benchmarking;

/// <summary>A run of a standard set as it was asked for.</summary>
internal sealed record StandardJob
{
    /// <summary>The clips.</summary>
    public required StandardSet Set { get; init; }

    /// <summary>The generator, or a folder that holds one.</summary>
    public required string Generator { get; init; }

    /// <summary>The one person whose face the generator makes; null for a generator that takes any: each pair then has its own.</summary>
    public PerformerIdentity? Source { get; init; }

    /// <summary>Folder of photos of that person; null for none, and for photos that are rendered where the generator takes some.</summary>
    public string? Identity { get; init; }

    /// <summary>The value of <c>--assets</c>; null where it was not given.</summary>
    public string? AssetsFolder { get; init; }

    /// <summary>The value of <c>--models</c>; null where it was not given.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Networks asked for by name or file.</summary>
    public ModelChoices Choices { get; init; } = ModelChoices.None;

    /// <summary>Where clips and swaps are kept; null for a folder that goes when the run ends.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>Where the generator runs.</summary>
    public InferenceDevice Device { get; init; }

    /// <summary>Whose face a pair gets.</summary>
    public PerformerIdentity SourceOf(StandardPair pair) => Source ?? PerformerIdentity.Random(pair.Source);
}

/// <summary>How far a run has come. A frame counts three times: rendered, swapped, scored.</summary>
/// <param name="Frames">Frames done.</param>
/// <param name="FramesExpected">Frames to do.</param>
/// <param name="Pair">Number of the pair in hand, from 1.</param>
/// <param name="Step">What is done with it.</param>
internal readonly record struct StandardProgress(long Frames, long FramesExpected, int Pair, string Step);

/// <summary>A pair that could not be scored.</summary>
/// <param name="Pair">Its name.</param>
/// <param name="Reason">Why, a sentence.</param>
internal sealed record FailedPair(string Pair, string Reason);

/// <summary>What a run of a standard set came to.</summary>
/// <param name="Version">Of the set.</param>
/// <param name="Fingerprint">SHA-256 of the set.</param>
/// <param name="PairsInSet">Pairs that were asked for.</param>
/// <param name="Source">Name of the person put in; null where each pair has its own.</param>
/// <param name="Generator">The generator with its hash.</param>
/// <param name="Scored">Names of the pairs that were scored, in the order of the scores.</param>
/// <param name="Failed">Pairs that were not, and why.</param>
internal sealed record StandardRun(int Version, string Fingerprint, int PairsInSet, string? Source, ModelRecord Generator, IReadOnlyList<string> Scored, IReadOnlyList<FailedPair> Failed);

/// <summary>A run with its scores.</summary>
/// <param name="Run">What was run.</param>
/// <param name="Pairs">A score a pair.</param>
/// <param name="Notes">What a user should know, a sentence each.</param>
/// <param name="StoppedEarly">Whether the user ended it; the pairs that were whole are there.</param>
internal sealed record StandardResult(StandardRun Run, IReadOnlyList<PairScore> Pairs, IReadOnlyList<string> Notes, bool StoppedEarly);
