using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Swap.OneShot;

/// <summary>Alignment and sizes of a file under <see cref="OneShotContract"/>.</summary>
/// <param name="Template">How its crops are aligned.</param>
/// <param name="Size">Side of its pictures.</param>
/// <param name="IdentityLength">Length of a person's vector.</param>
internal sealed record OneShotLayout(AlignmentTemplate Template, int Size, int IdentityLength)
{
    // As for pair generators: below this no eye has a pixel, above it is no network of ours.
    private const int LeastSize = 32, MostSize = 1024;

    /// <summary>The layout of a one-shot generator, or null where the file says that it is something else.</summary>
    /// <exception cref="UserFacingException">It says that it is one, and its tensors are not.</exception>
    public static OneShotLayout? OfGenerator(OnnxSession session) => Of(
        session,
        OneShotContract.GeneratorId,
        (size, length) => [(OneShotContract.Target, [1, size, size, 3]), (OneShotContract.Identity, [1, length])],
        (size, _) => [(OneShotContract.Face, [1, size, size, 3]), (OneShotContract.Mask, [1, size, size, 1])]);

    /// <summary>The layout of a one-shot generator's encoder, or null where the file says that it is something else.</summary>
    /// <exception cref="UserFacingException">It says that it is one, and its tensors are not.</exception>
    public static OneShotLayout? OfEncoder(OnnxSession session) => Of(
        session,
        OneShotContract.EncoderId,
        (size, _) => [(OneShotContract.Photo, [1, size, size, 3])],
        (_, length) => [(OneShotContract.Identity, [1, length])]);

    private static OneShotLayout? Of(
        OnnxSession session, string id, Func<long, long, (string Name, long[] Shape)[]> inputs, Func<long, long, (string Name, long[] Shape)[]> outputs)
    {
        if (ContractOf(session) is not { } contract || contract.Id != id)
        {
            return null;
        }

        long length = session.Inputs.Concat(session.Outputs).FirstOrDefault(tensor => tensor.Name == OneShotContract.Identity) is { Shape: [_, > 0 and var found] } ? found : 0;
        AlignmentTemplate? template = AlignmentTemplate.Find(contract.Template);
        bool fits = template is not null && length > 0 && contract.Size is >= LeastSize and <= MostSize
            && Are(session.Inputs, inputs(contract.Size, length)) && Are(session.Outputs, outputs(contract.Size, length));
        return fits
            ? new(template!, contract.Size, (int)length)
            : throw new UserFacingException(
                FailureKind.ModelInvalid,
                $"The model file '{session.Path}' cannot be used: its contract says {contract}, but it has inputs [{string.Join(", ", session.Inputs)}] and outputs [{string.Join(", ", session.Outputs)}]; export it again.");
    }

    private static bool Are(IReadOnlyList<TensorSpec> found, (string Name, long[] Shape)[] wanted) =>
        found.Count == wanted.Length
        && wanted.All(tensor => found.Any(other => other.Name == tensor.Name && other.Kind == TensorKind.Float32 && other.Shape.AsSpan().SequenceEqual(tensor.Shape)));

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
