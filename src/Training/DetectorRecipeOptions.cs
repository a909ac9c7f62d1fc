namespace VideoGaze.Training;

/// <summary>How the face detector is trained.</summary>
/// <param name="Labels">Label files of rendered people.</param>
/// <param name="HeldOutLabels">Label files of other people, for the stated recall.</param>
/// <param name="Frames">Frame sets of real pictures with a teacher's faces; may be empty.</param>
/// <param name="Output">The ONNX file to write; a checkpoint beside it is resumed.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="BatchSize">Pictures of 256 x 256 a step.</param>
/// <param name="LearningRate">Peak rate, reached after a warm-up; cosine down to 0 over the run.</param>
/// <param name="Seed">Of everything random.</param>
/// <param name="CheckpointEvery">Steps between checkpoints.</param>
/// <param name="Threads">Threads of the tensor library.</param>
/// <param name="Side">Side of all training pictures; null varies it.</param>
/// <param name="MixedPrecision">Convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere.</param>
/// <param name="Teacher">Detector of YuNet's contract that is asked about every picture instead of the labels; null for the labels.</param>
/// <param name="LeastScore">The network's score that the file gives as .6, from which a face is taken for one: who learns another's scores doubts more than that one.</param>
/// <param name="Origin">What the file's metadata says of data, licence and command, beside what the recipe knows itself.</param>
public sealed record DetectorRecipeOptions(
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> HeldOutLabels,
    IReadOnlyList<string> Frames,
    string Output,
    int Steps = 12000,
    int BatchSize = 12,
    double LearningRate = 2e-3,
    int Seed = 1,
    int CheckpointEvery = 250,
    int Threads = 1,
    int? Side = null,
    bool MixedPrecision = false,
    string? Teacher = null,
    double LeastScore = 0.6,
    IReadOnlyDictionary<string, string>? Origin = null)
{
    /// <summary>Tiny and quick: shows that a machine can train, not how well.</summary>
    public DetectorRecipeOptions AsSmokeTest() => this with { Steps = 100, BatchSize = 4, Side = 96, CheckpointEvery = 50 };
}

/// <summary>What a finished run came to.</summary>
/// <param name="Output">The ONNX file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="LargestDifference">Largest difference of any output between the file in ONNX Runtime and the network in TorchSharp.</param>
/// <param name="HeldOut">Held-out rendered pictures.</param>
/// <param name="Recall">Share of them whose face was found (score of .6 in the file, overlap of .5).</param>
/// <param name="OthersPerPicture">Answers elsewhere (overlap below .4), a picture.</param>
/// <param name="PointError">Median distance of the five points over the distance between the eyes.</param>
public sealed record DetectorRecipeResult(string Output, long Bytes, double LargestDifference, int HeldOut, double Recall, double OthersPerPicture, double PointError);
