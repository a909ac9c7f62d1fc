using System.Security.Cryptography;
using VideoGaze.Faces.Models;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap.OneShot;

/// <summary>
/// A tiny one-shot generator, written as ONNX on the spot: the encoder gives a photo's mean colour, the generator gives a face of that colour all over and half a mask.
/// </summary>
internal sealed record OneShotStandIn(string Folder)
{
    public const int Size = 32;

    /// <summary>Length of the vector the generator takes; its encoder always gives three numbers.</summary>
    public int Length { get; init; } = 3;

    /// <summary>The size that the contract states.</summary>
    public int StatedSize { get; init; } = Size;

    /// <summary>Factor on the face; infinite for a diverged one.</summary>
    public float Gain { get; init; } = 1;

    /// <summary>Hash of the encoder as the generator states it; null for the right one.</summary>
    public string? EncoderHash { get; init; }

    public string Generator => Path.Combine(Folder, "swap.onnx");

    public string Encoder => Path.Combine(Folder, "swap-source.onnx");

    /// <summary>Writes both files.</summary>
    public OneShotStandIn Write()
    {
        ModelContract contract = new(OneShotContract.GeneratorId, "dfl_whole_face", StatedSize, "stand-in");
        byte[] encoder = new TinyOnnx()
            .Input("photo", 1, Size, Size, 3)
            .Output("identity", 1, 3)
            .Node("ReduceMean", ["photo"], ["identity"], ("axes", new[] { 1, 2 }), ("keepdims", 0))
            .Metadata(ModelContract.MetadataKey, (contract with { Id = OneShotContract.EncoderId, Size = Size }).ToJson())
            .ToBytes();
        File.WriteAllBytes(Encoder, encoder);
        TinyOnnx generator = new TinyOnnx()
            .Input("target", 1, Size, Size, 3)
            .Input("identity", 1, Length)
            .Output("face", 1, Size, Size, 3)
            .Output("mask", 1, Size, Size, 1)
            .Weights("zero", [0], 1)
            .Weights("half", [0.5f], 1)
            .Weights("gain", [Gain], 1)
            .Node("Mul", ["target", "zero"], ["blank"])
            .Node("ReduceMean", ["blank"], ["grey"], ("axes", new[] { 3 }), ("keepdims", 1))
            .Node("Add", ["grey", "half"], ["mask"])
            .Node("Mul", ["identity", "gain"], ["colour"]);
        string colour = "colour";
        if (Length != 3)
        {
            generator.Node("ReduceMean", ["colour"], ["one"], ("axes", new[] { 1 }), ("keepdims", 1));
            colour = "one";
        }

        generator
            .Node("Add", ["blank", colour], ["face"])
            .Metadata(ModelContract.MetadataKey, contract.ToJson())
            .Metadata(OneShotContract.EncoderHashKey, EncoderHash ?? Convert.ToHexStringLower(SHA256.HashData(encoder)))
            .Save(Generator);
        return this;
    }
}
