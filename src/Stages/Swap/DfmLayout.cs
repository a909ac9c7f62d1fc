using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Swap;

/// <summary>
/// Which tensors of a network play which part in the DeepFaceLab export contract (.dfm): <c>in_face</c> NHWC BGR 0..1 in; the new face,
/// its mask and the mask of the face it replaces out. Recognised by name and shape; the contract entry in the file's metadata, where there is one, must agree.
/// </summary>
/// <param name="Template">How crops are aligned.</param>
/// <param name="CropSize">Side of the input.</param>
/// <param name="FaceSize">Side of the outputs.</param>
/// <param name="Crop">Name of the input crop.</param>
/// <param name="Morph">Name of the morph factor input, or null.</param>
/// <param name="Face">Name of the new face.</param>
/// <param name="FaceMask">Name of the new face's mask.</param>
/// <param name="TargetMask">Name of the mask of the face replaced.</param>
internal sealed record DfmLayout(
    AlignmentTemplate Template,
    int CropSize,
    int FaceSize,
    string Crop,
    string? Morph,
    string Face,
    string FaceMask,
    string TargetMask)
{
    private const string Expected =
        "input in_face:0 float32 1xRxRx3 (and at most morph_value:0 float32 1) and outputs out_face_mask:0 1xSxSx1, out_celeb_face:0 1xSxSx3, out_celeb_face_mask:0 1xSxSx1, S being R or more";

    // Smaller than this no eye has a pixel; larger crops are no DeepFaceLab export (its limit is 640) and would take gigabytes.
    private const int LeastSize = 32;
    private const int MostSize = 1024;

    /// <summary>Reads the layout of a loaded file.</summary>
    /// <exception cref="UserFacingException">The file is another kind of network, or its contract does not fit its tensors.</exception>
    public static DfmLayout Of(string path, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs, IReadOnlyDictionary<string, string> metadata)
    {
        ModelContract? contract = ContractOf(path, metadata);
        TensorSpec crop = Named(inputs, "in_face") ?? throw Wrong();
        TensorSpec? morph = Named(inputs, "morph_value");
        TensorSpec face = Named(outputs, "out_celeb_face") ?? throw Wrong();
        TensorSpec faceMask = Named(outputs, "out_celeb_face_mask") ?? throw Wrong();
        TensorSpec targetMask = Named(outputs, "out_face_mask") ?? throw Wrong();

        int cropSize = Square(crop, 3) ?? contract?.Size ?? throw Wrong();
        int faceSize = Square(face, 3) ?? cropSize;
        bool fits = inputs.Count == (morph is null ? 1 : 2)
            && IsImage(crop, cropSize, 3)
            && IsImage(face, faceSize, 3)
            && IsImage(faceMask, faceSize, 1)
            && IsImage(targetMask, faceSize, 1)
            && (morph is null || (morph.Kind == TensorKind.Float32 && morph.Shape is [1 or TensorSpec.Free]))
            && cropSize is >= LeastSize and <= MostSize
            && faceSize >= cropSize
            && faceSize <= MostSize;
        if (!fits)
        {
            throw Wrong();
        }

        if (contract is not null && contract.Size != cropSize)
        {
            throw Invalid(path, $"its contract says crops of {contract.Size} px, its input takes {cropSize} px; export it again");
        }

        return new(TemplateOf(path, contract), cropSize, faceSize, crop.Name, morph?.Name, face.Name, faceMask.Name, targetMask.Name);

        UserFacingException Wrong() => Invalid(
            path,
            $"it is no face generator of the .dfm contract, nor of {string.Join(", ", SwapperContracts.All.Select(contract => contract.Id))}; expected {Expected}; found inputs [{string.Join(", ", inputs)}] and outputs [{string.Join(", ", outputs)}]; name a trained generator");
    }

    private static ModelContract? ContractOf(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(ModelContract.MetadataKey, out string? json))
        {
            return null;
        }

        ModelContract contract;
        try
        {
            contract = ModelContract.FromJson(json);
        }
        catch (JsonException failure)
        {
            throw Invalid(path, $"its metadata entry '{ModelContract.MetadataKey}' is no contract; export it again", failure);
        }

        return contract.Id == ModelContract.DfmId
            ? contract
            : throw Invalid(path, $"its contract is '{contract.Id}', and this version runs '{ModelContract.DfmId}' only; name another generator");
    }

    private static AlignmentTemplate TemplateOf(string path, ModelContract? contract) =>
        contract is null
            ? AlignmentTemplate.DflWholeFace
            : AlignmentTemplate.Find(contract.Template)
                ?? throw Invalid(path, $"its contract asks for the alignment '{contract.Template}', which is none of {string.Join(", ", AlignmentTemplate.All.Select(t => t.Name))}; export it again");

    /// <summary>A tensor by its bare name: DeepFaceLab's names end in ":0", converters tend to drop it.</summary>
    private static TensorSpec? Named(IReadOnlyList<TensorSpec> tensors, string name) =>
        tensors.FirstOrDefault(tensor => tensor.Name == name || tensor.Name == name + ":0");

    private static int? Square(TensorSpec tensor, int channels) =>
        tensor.Shape is [_, > 0, > 0, var last] && last == channels && tensor.Shape[1] == tensor.Shape[2] && tensor.Shape[1] <= MostSize ? (int)tensor.Shape[1] : null;

    private static bool IsImage(TensorSpec tensor, int size, int channels) =>
        tensor.Kind == TensorKind.Float32
        && tensor.Shape is [1 or TensorSpec.Free, _, _, _]
        && (tensor.Shape[1] == size || tensor.Shape[1] < 0)
        && (tensor.Shape[2] == size || tensor.Shape[2] < 0)
        && (tensor.Shape[3] == channels || tensor.Shape[3] < 0);

    private static UserFacingException Invalid(string path, string why, Exception? inner = null) =>
        new(FailureKind.ModelInvalid, $"The generator '{path}' cannot be used: {why}.", inner);
}
