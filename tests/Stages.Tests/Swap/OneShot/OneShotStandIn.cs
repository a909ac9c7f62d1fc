using VideoGaze.Faces.Models;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap.OneShot;

/// <summary>A tiny one-shot generator, written as ONNX on the spot: the person's skin as it was laid onto the target is the face, how well it is known the mask.</summary>
internal sealed record OneShotStandIn(string Folder)
{
    public const int Size = 64;

    /// <summary>The size that the contract states.</summary>
    public int StatedSize { get; init; } = Size;

    /// <summary>Factor on the face; infinite for a diverged one.</summary>
    public float Gain { get; init; } = 1;

    public string Generator => Path.Combine(Folder, "swap.onnx");

    /// <summary>Writes the file.</summary>
    public OneShotStandIn Write()
    {
        new TinyOnnx()
            .Input("target", 1, Size, Size, 3)
            .Input("source", 1, 7, Size, Size)
            .Output("face", 1, Size, Size, 3)
            .Output("mask", 1, Size, Size, 1)
            .Weights("zero", [0], 1)
            .Weights("gain", [Gain], 1)
            .Node("Transpose", ["source"], ["rows"], ("perm", new[] { 0, 2, 3, 1 }))
            .Node("Split", ["rows"], ["blue", "green", "red", "mask", "right", "down", "place"], ("axis", 3))
            .Node("Concat", ["blue", "green", "red"], ["skin"], ("axis", 3))
            .Node("Mul", ["target", "zero"], ["blank"])
            .Node("Mul", ["skin", "gain"], ["scaled"])
            .Node("Add", ["blank", "scaled"], ["face"])
            .Metadata(ModelContract.MetadataKey, new ModelContract(OneShotContract.Id, "dfl_whole_face", StatedSize, "stand-in").ToJson())
            .Save(Generator);
        return this;
    }
}
