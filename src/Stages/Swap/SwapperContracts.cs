using System.Numerics;
using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Swap;

/// <summary>The public generators that are understood, a row a family. Numbers: facefusion 33cc6b4 (3.8.1).</summary>
public static class SwapperContracts
{
    private static readonly Vector3 Half = new(0.5f);

    /// <summary>All rows.</summary>
    public static IReadOnlyList<SwapperContract> All { get; } =
    [
        new() { Id = "inswapper_128", FilePrefix = "inswapper", Template = AlignmentTemplate.ArcFace128, Size = 128, Source = SourceForm.ProjectedEmbedding },
        new()
        {
            Id = "hyperswap_256", FilePrefix = "hyperswap", Template = AlignmentTemplate.ArcFace128, Size = 256, Mean = Half, Deviation = Half, FaceInTargetRange = true,
            HasMask = true, Source = SourceForm.UnitEmbedding,
        },
        new()
        {
            // Mean and deviation of ImageNet.
            Id = "simswap_256", FilePrefix = "simswap", Template = AlignmentTemplate.ArcFace112V1, Size = 256, Mean = new(0.485f, 0.456f, 0.406f), Deviation = new(0.229f, 0.224f, 0.225f),
            Source = SourceForm.UnitEmbedding, Converter = "crossface_simswap.onnx",
        },
        new()
        {
            Id = "simswap_unofficial_512", FilePrefix = "simswap", Template = AlignmentTemplate.ArcFace112V1, Size = 512,
            Source = SourceForm.UnitEmbedding, Converter = "crossface_simswap.onnx",
        },
        new()
        {
            Id = "ghost_256", FilePrefix = "ghost", Template = AlignmentTemplate.ArcFace112V1, Size = 256, Mean = Half, Deviation = Half, FaceInTargetRange = true,
            Source = SourceForm.Embedding, Converter = "crossface_ghost.onnx",
        },
        new()
        {
            Id = "hififace_unofficial_256", FilePrefix = "hififace", Template = AlignmentTemplate.Mtcnn, Size = 256, Mean = Half, Deviation = Half, FaceInTargetRange = true,
            Source = SourceForm.UnitEmbedding, Converter = "crossface_hififace.onnx",
        },
        new()
        {
            Id = "uniface_256", FilePrefix = "uniface", Template = AlignmentTemplate.Ffhq, Size = 256, Mean = Half, Deviation = Half, FaceInTargetRange = true,
            Source = SourceForm.Picture, SourceTemplate = AlignmentTemplate.Ffhq, SourceSize = 256,
        },
        new() { Id = "blendswap_256", FilePrefix = "blendswap", Template = AlignmentTemplate.Ffhq, Size = 256, Source = SourceForm.Picture },
    ];

    /// <summary>The family of a loaded file: by the contract in its metadata, else by inputs and outputs, and where several families share those, by the file's name.</summary>
    /// <returns>Null where it is of none.</returns>
    /// <exception cref="UserFacingException">It may be of several, or is not what its metadata says.</exception>
    public static SwapperContract? Recognise(string path, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs, IReadOnlyDictionary<string, string> metadata)
    {
        SwapperContract[] fitting = [.. All.Where(contract => contract.Fits(inputs, outputs))];
        if (Stated(metadata) is { } stated)
        {
            return fitting.Contains(stated)
                ? stated
                : throw Invalid(path, $"its contract says {stated.Id}, but its inputs [{string.Join(", ", inputs)}] and outputs [{string.Join(", ", outputs)}] are not of that kind; export it again");
        }

        if (fitting.Length < 2)
        {
            return fitting.FirstOrDefault();
        }

        string name = Path.GetFileName(path);
        SwapperContract[] named = [.. fitting.Where(contract => name.StartsWith(contract.FilePrefix, StringComparison.OrdinalIgnoreCase))];
        return named.Length == 1
            ? named[0]
            : throw Invalid(
                path,
                $"its inputs and outputs are those of {string.Join(" and ", fitting.Select(contract => contract.Id))}; give it a name that begins with {string.Join(" or ", fitting.Select(contract => contract.FilePrefix))}");
    }

    private static SwapperContract? Stated(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(ModelContract.MetadataKey, out string? json))
        {
            return null;
        }

        try
        {
            string id = ModelContract.FromJson(json).Id;
            return All.FirstOrDefault(contract => contract.Id == id);
        }
        catch (JsonException)
        {
            // Not one of ours to read; the other kinds of generator say what is wrong with it.
            return null;
        }
    }

    private static UserFacingException Invalid(string path, string why) => new(FailureKind.ModelInvalid, $"The generator '{path}' cannot be used: {why}.");
}
