using VideoGaze.Faces.Models;
using VideoGaze.Stages.Swap;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap;

/// <summary>
/// Tiny networks with the inputs and outputs of public generators, written as ONNX on the spot: face = target + tint by colour + weight x the first number of the source
/// (for pictures their mean).
/// </summary>
internal sealed record SwapperStandIn(SwapperContract Contract)
{
    /// <summary>Added to red, green, blue.</summary>
    public float[] Tint { get; init; } = [0, 0, 0];

    public float SourceWeight { get; init; }

    public float Mask { get; init; } = 1;

    /// <summary>512 x 512 numbers kept beside the network, as inswapper does; null for none.</summary>
    public float[]? Matrix { get; init; }

    public string? Metadata { get; init; }

    public bool HalfPrecision { get; init; }

    public byte[] ToBytes()
    {
        int side = Contract.Size;
        bool isPicture = Contract.Source == SourceForm.Picture;
        TinyOnnx onnx = new TinyOnnx(HalfPrecision ? TinyOnnx.Float16 : TinyOnnx.Float32)
            .Input("target", 1, 3, side, side)
            .Output("output", 1, 3, side, side);
        onnx.Input("source", isPicture ? [1, 3, Contract.SourceSize, Contract.SourceSize] : [1, 512]);
        if (HalfPrecision)
        {
            // Constants are 32-bit floats here, and ONNX adds no halves to them.
            return onnx.Node("Identity", ["target"], ["output"]).ToBytes();
        }

        float[] first = new float[512];
        first[0] = 1;
        onnx.Weights("tint", Tint, 1, 3, 1, 1).Weights("weight", [SourceWeight], 1).Weights("first", first, 512, 1);
        if (isPicture)
        {
            onnx.Node("ReduceMean", ["source"], ["person"], ("axes", new[] { 1, 2, 3 }), ("keepdims", 1));
        }
        else
        {
            onnx.Node("MatMul", ["source", "first"], ["person"]);
        }

        onnx.Node("Mul", ["person", "weight"], ["weighed"]).Node("Add", ["target", "tint"], ["tinted"]).Node("Add", ["tinted", "weighed"], ["output"]);
        if (Contract.HasMask)
        {
            onnx.Output("mask", 1, 1, side, side)
                .Weights("zero", [0], 1)
                .Weights("mask value", [Mask], 1)
                .Node("ReduceMean", ["target"], ["grey"], ("axes", new[] { 1 }), ("keepdims", 1))
                .Node("Mul", ["grey", "zero"], ["blank"])
                .Node("Add", ["blank", "mask value"], ["mask"]);
        }

        if (Matrix is not null)
        {
            onnx.Weights("initializer", Matrix, 512, 512);
        }

        if (Metadata is not null)
        {
            onnx.Metadata(ModelContract.MetadataKey, Metadata);
        }

        return onnx.ToBytes();
    }

    /// <summary>A source embedder whose first three numbers are the mean red, green and blue of its input (-1..1); a fourth is 0.5, so that no face gives nothing.</summary>
    public static byte[] Embedder()
    {
        float[] colours = new float[3 * 512];
        (colours[0], colours[512 + 1], colours[1024 + 2]) = (1, 1, 1);
        float[] always = new float[512];
        always[3] = 0.5f;
        return new TinyOnnx()
            .Input("input", -1, 3, 112, 112)
            .Output("output", -1, 512)
            .Weights("colours", colours, 3, 512)
            .Weights("always", always, 1, 512)
            .Node("GlobalAveragePool", ["input"], ["pooled"])
            .Node("Flatten", ["pooled"], ["flat"], ("axis", 1))
            .Node("MatMul", ["flat", "colours"], ["coloured"])
            .Node("Add", ["coloured", "always"], ["output"])
            .ToBytes();
    }

    /// <summary>A converter: twice the number and one.</summary>
    public static byte[] Converter() => new TinyOnnx()
        .Input("input", 1, 512)
        .Output("output", 1, 512)
        .Weights("two", [2], 1)
        .Weights("one", [1], 1)
        .Node("Mul", ["input", "two"], ["doubled"])
        .Node("Add", ["doubled", "one"], ["output"])
        .ToBytes();
}
