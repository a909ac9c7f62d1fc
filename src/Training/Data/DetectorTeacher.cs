using System.Numerics.Tensors;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training.Data;

/// <summary>
/// A public detector of YuNet's contract, asked about every picture as the network sees it: it answers at the same cells in the same form, so each cell of each
/// picture teaches, faces, doubts and background alike, whatever was done to the picture.
/// </summary>
internal sealed class DetectorTeacher : IDisposable
{
    /// <summary>Numbers a cell: class and objectness in [0, 1], box (4) and points (10) in strides.</summary>
    public const int Channels = DetectorNetwork.Channels;

    private static readonly (string Stem, int From, int Length)[] Parts = [("cls", 0, 1), ("obj", 1, 1), ("bbox", 2, 4), ("kps", 6, 10)];

    private readonly OnnxSession session;

    // Batches are drawn ahead of the loop that owns this: one may still be drawn when an interrupted loop lets go of it.
    private readonly Lock one = new();

    // Sides vary from step to step; there are a handful.
    private readonly Dictionary<int, OnnxBinding> bindings = [];

    private bool disposed;

    private DetectorTeacher(OnnxSession session) => this.session = session;

    /// <summary>File name, for the metadata.</summary>
    public string FileName => session.FileName;

    /// <summary>Opens it.</summary>
    /// <param name="path">ONNX file with a free input size.</param>
    /// <exception cref="UserFacingException">It is missing or another network.</exception>
    public static DetectorTeacher Open(string path)
    {
        OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu));
        try
        {
            session.Expect(
                "a face detector of YuNet's contract and any input size, which teaches",
                [new("input", TensorKind.Float32, TensorSpec.Free, 3, TensorSpec.Free, TensorSpec.Free)],
                [.. DetectorNetwork.Strides.SelectMany(stride => Parts.Select(part => new TensorSpec($"{part.Stem}_{stride}", TensorKind.Float32, TensorSpec.Free, TensorSpec.Free, part.Length)))]);
            return session.Inputs[0].Shape[2] > 0
                ? throw new UserFacingException(FailureKind.ModelInvalid, $"The detector {path} sees pictures of one size only and cannot teach; name one with a free input size, such as yunet_n_dynamic.onnx.")
                : new DetectorTeacher(session);
        }
        catch (UserFacingException)
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Writes the answers about one picture.</summary>
    /// <param name="planes">(3, side, side), BGR in [0, 1].</param>
    /// <param name="side">Pixels, a multiple of 32.</param>
    /// <param name="picture">Number of the picture in its batch.</param>
    /// <param name="pictures">Pictures of the batch.</param>
    /// <param name="rows">(cells, <see cref="Channels"/>) of the whole batch, stride after stride, picture after picture, row after row.</param>
    public void Answer(ReadOnlySpan<float> planes, int side, int picture, int pictures, Span<float> rows)
    {
        using Lock.Scope held = one.EnterScope();
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!bindings.TryGetValue(side, out OnnxBinding? binding))
        {
            bindings[side] = binding = session.Bind(("input", [1, 3, side, side]));
        }

        TensorPrimitives.Multiply(planes, 255, binding.Input("input").Floats);
        binding.Run();
        int before = 0;
        foreach (int stride in DetectorNetwork.Strides)
        {
            int cells = side / stride * (side / stride);
            Span<float> level = rows.Slice((before + (picture * cells)) * Channels, cells * Channels);
            foreach (var (stem, from, length) in Parts)
            {
                ReadOnlySpan<float> values = binding.Output($"{stem}_{stride}").Floats;
                for (int cell = 0; cell < cells; cell++)
                {
                    values.Slice(cell * length, length).CopyTo(level[((cell * Channels) + from)..]);
                }
            }

            before += pictures * cells;
        }
    }

    /// <summary>Cells of a batch over all strides.</summary>
    public static int Cells(int pictures, int side) => pictures * DetectorNetwork.Strides.Sum(stride => side / stride * (side / stride));

    /// <inheritdoc/>
    public void Dispose()
    {
        using Lock.Scope held = one.EnterScope();
        disposed = true;
        foreach (OnnxBinding binding in bindings.Values)
        {
            binding.Dispose();
        }

        session.Dispose();
    }
}
