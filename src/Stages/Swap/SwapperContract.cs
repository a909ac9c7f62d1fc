using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Swap;

/// <summary>In what form a generator wants the person who is put in.</summary>
public enum SourceForm
{
    /// <summary>The source embedder's numbers, as they are.</summary>
    Embedding,

    /// <summary>The source embedder's numbers, made unit length.</summary>
    UnitEmbedding,

    /// <summary>The embedder's numbers times a matrix that lies in the generator's file, over their length.</summary>
    ProjectedEmbedding,

    /// <summary>An aligned picture of the face, RGB 0..1.</summary>
    Picture,
}

/// <summary>
/// How a family of public generators is spoken to: inputs <c>source</c> (the person put in) and <c>target</c> (the crop, planes of RGB); the first output is the new face.
/// Families are rows of <see cref="SwapperContracts"/>; the one class <see cref="ContractSwapper"/> runs them all.
/// </summary>
public sealed record SwapperContract
{
    /// <summary>Name of the contract.</summary>
    public required string Id { get; init; }

    /// <summary>What names of its files begin with: several families have inputs and outputs of the same names and shapes.</summary>
    public required string FilePrefix { get; init; }

    /// <summary>How target crops are aligned.</summary>
    public required AlignmentTemplate Template { get; init; }

    /// <summary>Side in pixels of target crop and new face.</summary>
    public required int Size { get; init; }

    /// <summary>Subtracted from the target's red, green and blue in 0..1.</summary>
    public Vector3 Mean { get; init; }

    /// <summary>What the difference is divided by.</summary>
    public Vector3 Deviation { get; init; } = Vector3.One;

    /// <summary>Whether the face comes out in the target's range, to be multiplied by <see cref="Deviation"/> and moved by <see cref="Mean"/>; else it is in 0..1 already.</summary>
    public bool FaceInTargetRange { get; init; }

    /// <summary>Whether the second output is a mask in 0..1.</summary>
    public bool HasMask { get; init; }

    /// <summary>What <c>source</c> holds.</summary>
    public required SourceForm Source { get; init; }

    /// <summary>File of the network that carries the source embedder's numbers over to this family's own; null where it takes them as they are.</summary>
    public string? Converter { get; init; }

    /// <summary>How source pictures are aligned: for the family itself where it takes a picture, else for the source embedder.</summary>
    public AlignmentTemplate SourceTemplate { get; init; } = AlignmentTemplate.ArcFace112V2;

    /// <summary>Side of source pictures in pixels.</summary>
    public int SourceSize { get; init; } = SourceEmbedder.Side;

    /// <summary>Whether a network's inputs and outputs are those of this family.</summary>
    public bool Fits(IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs) =>
        inputs.Count == 2
        && inputs.Any(input => input.Name == ContractSwapper.Target && IsShape(input, 3, Size, Size))
        && inputs.Any(input => input.Name == ContractSwapper.Source
            && (Source == SourceForm.Picture ? IsShape(input, 3, SourceSize, SourceSize) : IsShape(input, SourceEmbedder.Length)))
        && outputs.Count == (HasMask ? 2 : 1)
        && IsShape(outputs[0], 3, Size, Size)
        && (!HasMask || IsShape(outputs[1], 1, Size, Size));

    /// <summary>Whether a tensor has these sizes after the batch; free ones fit.</summary>
    private static bool IsShape(TensorSpec tensor, params ReadOnlySpan<long> sizes)
    {
        if (tensor.Kind is not (TensorKind.Float32 or TensorKind.Float16) || tensor.Shape.Length != sizes.Length + 1 || tensor.Shape[0] > 1)
        {
            return false;
        }

        for (int i = 0; i < sizes.Length; i++)
        {
            if (tensor.Shape[i + 1] >= 0 && tensor.Shape[i + 1] != sizes[i])
            {
                return false;
            }
        }

        return true;
    }
}
