using VideoGaze.Faces.Identity;

namespace VideoGaze.Training;

/// <summary>How the identity network is trained.</summary>
/// <param name="Labels">Label files of rendered people.</param>
/// <param name="HeldOutLabels">Label files of other people, for the stated figures.</param>
/// <param name="Frames">Frame sets of real pictures; may be empty.</param>
/// <param name="Teacher">A public identity network under MobileFaceNet's contract.</param>
/// <param name="Output">The ONNX file to write; a checkpoint beside it is resumed.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="BatchSize">Crops a step.</param>
/// <param name="LearningRate">Peak rate, reached after a warm-up; cosine down to 0 over the run.</param>
/// <param name="Seed">Of everything random.</param>
/// <param name="CheckpointEvery">Steps between checkpoints.</param>
/// <param name="Threads">Threads of the tensor library.</param>
/// <param name="MixedPrecision">Convolutions in bfloat16: faster where the processor has avx512_bf16, slower elsewhere.</param>
/// <param name="TeacherMaps">Names of tensors inside the teacher, 28, 14 or 7 places wide, that are learned too.</param>
/// <param name="Origin">What the file's metadata says of data, licence and command, beside what the recipe knows itself.</param>
public sealed record IdentityRecipeOptions(
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> HeldOutLabels,
    IReadOnlyList<string> Frames,
    string Teacher,
    string Output,
    int Steps = 3000,
    int BatchSize = 48,
    double LearningRate = 2e-3,
    int Seed = 1,
    int CheckpointEvery = 100,
    int Threads = 1,
    bool MixedPrecision = false,
    IReadOnlyList<string>? TeacherMaps = null,
    IReadOnlyDictionary<string, string>? Origin = null)
{
    /// <summary>Quick: shows that a machine can train, not how well.</summary>
    public IdentityRecipeOptions AsSmokeTest() => this with { Steps = 20, BatchSize = 8, CheckpointEvery = 10 };
}

/// <summary>What a finished run came to.</summary>
/// <param name="Output">The ONNX file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="LargestDifference">Largest difference of any output between the file in ONNX Runtime and the network in TorchSharp.</param>
/// <param name="HeldOut">On held-out rendered people.</param>
/// <param name="TeacherHeldOut">The teacher on the same pairs.</param>
/// <param name="Correlation">Of both networks' likenesses over these pairs.</param>
/// <param name="Border">Cosine from which the file takes two pictures to show one person: what 5 % of the pairs of mixed faces reach that the teacher takes for two people.</param>
/// <param name="Groups">The same pairs within groups of people, at the border that the file states.</param>
public sealed record IdentityRecipeResult(string Output, long Bytes, double LargestDifference, Verification HeldOut, Verification TeacherHeldOut, double Correlation, double Border, IReadOnlyList<IdentityGroup> Groups);
