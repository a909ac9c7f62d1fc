namespace VideoGaze.Training;

/// <summary>How the one-shot generator's mask is trained.</summary>
/// <param name="Labels">Label files of rendered people, with class masks.</param>
/// <param name="HeldOutLabels">Label files of other people, for the stated figures.</param>
/// <param name="Generator">Checkpoint of the one-shot generator whose mask is taught; only read.</param>
/// <param name="Output">Checkpoint to write; one that is there is resumed.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="BatchSize">Crops a step.</param>
/// <param name="LearningRate">Peak rate, reached after a warm-up; cosine down to 0 over the run.</param>
/// <param name="Seed">Of everything random.</param>
/// <param name="CheckpointEvery">Steps between checkpoints.</param>
/// <param name="Threads">Threads of the tensor library.</param>
/// <param name="MixedPrecision">Convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere.</param>
public sealed record MaskRecipeOptions(
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> HeldOutLabels,
    string Generator,
    string Output,
    int Steps = 6000,
    int BatchSize = 16,
    double LearningRate = 1e-3,
    int Seed = 1,
    int CheckpointEvery = 200,
    int Threads = 1,
    bool MixedPrecision = false)
{
    /// <summary>Quick: shows that a machine can train, not how well.</summary>
    public MaskRecipeOptions AsSmokeTest() => this with { Steps = 20, BatchSize = 4, CheckpointEvery = 10 };
}

/// <summary>What a finished run came to.</summary>
/// <param name="Output">The checkpoint.</param>
/// <param name="Right">Share of the held-out pixels of each class that the mask has right: shown for what belongs to the face, hidden for what lies over it.</param>
public sealed record MaskRecipeResult(string Output, IReadOnlyDictionary<string, double> Right);
