using VideoGaze.Faces.Models;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap;

/// <summary>
/// Tiny generators of the .dfm contract, written as ONNX on the spot: face = crop x gain + offset, masks constant or given.
/// Gain 1 and offset 0 is the identity generator, gain 0 gives a constant colour.
/// </summary>
internal sealed record DfmStandIn
{
    public int Size { get; init; } = 64;

    public float Gain { get; init; } = 1;

    /// <summary>Added to blue, green, red, in 0..1.</summary>
    public float[] Offset { get; init; } = [0, 0, 0];

    public float FaceMask { get; init; } = 1;

    public float TargetMask { get; init; } = 1;

    /// <summary>Appended to every name, as DeepFaceLab does.</summary>
    public string Suffix { get; init; } = ":0";

    public bool Morph { get; init; }

    /// <summary>JSON for the metadata entry, or null for none.</summary>
    public string? Contract { get; init; }

    public bool FreeBatch { get; init; }

    public byte[] ToBytes()
    {
        int batch = FreeBatch ? -1 : 1;
        string crop = "in_face" + Suffix;
        TinyOnnx onnx = new TinyOnnx()
            .Input(crop, batch, Size, Size, 3)
            .Output("out_face_mask" + Suffix, batch, Size, Size, 1)
            .Output("out_celeb_face" + Suffix, batch, Size, Size, 3)
            .Output("out_celeb_face_mask" + Suffix, batch, Size, Size, 1)
            .Weights("gain", [Gain], 1)
            .Weights("offset", Offset, 3)
            .Weights("zero", [0], 1)
            .Weights("face_mask", [FaceMask], 1)
            .Weights("target_mask", [TargetMask], 1)
            .Node("Mul", [crop, "gain"], ["scaled"])
            .Node("Add", ["scaled", "offset"], ["out_celeb_face" + Suffix])
            .Node("ReduceMean", [crop], ["grey"], ("axes", new[] { 3 }), ("keepdims", 1))
            .Node("Mul", ["grey", "zero"], ["blank"]);
        string faceMask = "face_mask";
        if (Morph)
        {
            onnx.Input("morph_value" + Suffix, 1);
            onnx.Node("Mul", ["face_mask", "morph_value" + Suffix], ["morphed"]);
            faceMask = "morphed";
        }

        onnx.Node("Add", ["blank", faceMask], ["out_celeb_face_mask" + Suffix]);
        onnx.Node("Add", ["blank", "target_mask"], ["out_face_mask" + Suffix]);
        if (Contract is not null)
        {
            onnx.Metadata(ModelContract.MetadataKey, Contract);
        }

        return onnx.ToBytes();
    }
}
