using System.Text.Json;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Swap.OneShot;

/// <summary>Alignment and size of a file under <see cref="OneShotContract"/>.</summary>
/// <param name="Template">How its crops are aligned.</param>
/// <param name="Size">Side of its pictures.</param>
internal sealed record OneShotLayout(AlignmentTemplate Template, int Size)
{
    // As for pair generators: below this no eye has a pixel, above it is no network of ours.
    private const int LeastSize = 32, MostSize = 1024;

    /// <summary>The layout of a one-shot generator, or null where the file says that it is something else.</summary>
    /// <exception cref="UserFacingException">It says that it is one, and its tensors are not.</exception>
    public static OneShotLayout? Of(OnnxSession session)
    {
        if (ContractOf(session) is not { } contract || contract.Id != OneShotContract.Id)
        {
            return null;
        }

        long side = contract.Size;
        bool fits = AlignmentTemplate.Find(contract.Template) is not null && contract.Size is >= LeastSize and <= MostSize
            && Are(session.Inputs, (OneShotContract.Target, [1, side, side, 3]), (OneShotContract.Source, [1, FaceTexture.Planes, side, side]))
            && Are(session.Outputs, (OneShotContract.Face, [1, side, side, 3]), (OneShotContract.Mask, [1, side, side, 1]));
        return fits
            ? new(AlignmentTemplate.Find(contract.Template)!, contract.Size)
            : throw new UserFacingException(
                FailureKind.ModelInvalid,
                $"The model file '{session.Path}' cannot be used: its contract says {contract}, but it has inputs [{string.Join(", ", session.Inputs)}] and outputs [{string.Join(", ", session.Outputs)}]; export it again.");
    }

    private static bool Are(IReadOnlyList<TensorSpec> found, params ReadOnlySpan<(string Name, long[] Shape)> wanted)
    {
        foreach ((string name, long[] shape) in wanted)
        {
            if (!found.Any(other => other.Name == name && other.Kind == TensorKind.Float32 && other.Shape.AsSpan().SequenceEqual(shape)))
            {
                return false;
            }
        }

        return found.Count == wanted.Length;
    }

    private static ModelContract? ContractOf(OnnxSession session)
    {
        try
        {
            return session.Metadata.TryGetValue(ModelContract.MetadataKey, out string? json) ? ModelContract.FromJson(json) : null;
        }
        catch (JsonException)
        {
            // Not one of ours; the other kinds of generator say what is wrong with it.
            return null;
        }
    }
}
