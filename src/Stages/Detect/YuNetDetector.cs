using OpenCvSharp;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Detect;

/// <summary>YuNet, in the file with a free input size or in the one fixed to 640 x 640. Raw BGR 0..255 in.</summary>
internal sealed class YuNetDetector : IFaceDetector
{
    private const long Free = TensorSpec.Free;
    private static readonly int[] Strides = [8, 16, 32];
    private readonly TensorSpec inputSpec;
    private OnnxBinding? binding;
    private Size boundSize;

    private YuNetDetector(OnnxSession model)
    {
        Model = model;
        inputSpec = model.Inputs[0];
    }

    /// <inheritdoc/>
    public OnnxSession Model { get; }

    /// <summary>Whether a network has YuNet's output names.</summary>
    public static bool Fits(OnnxSession model) => model.Outputs.Any(output => output.Name == "obj_8");

    /// <summary>Checks the network and takes it over.</summary>
    public static YuNetDetector Over(OnnxSession model)
    {
        model.Expect(
            "a YuNet face detector",
            [new("input", TensorKind.Float32, Free, 3, Free, Free)],
            [.. Strides.SelectMany(stride => (TensorSpec[])
            [
                new($"cls_{stride}", TensorKind.Float32, Free, Free, 1),
                new($"obj_{stride}", TensorKind.Float32, Free, Free, 1),
                new($"bbox_{stride}", TensorKind.Float32, Free, Free, 4),
                new($"kps_{stride}", TensorKind.Float32, Free, Free, 10),
            ])]);
        return new(model);
    }

    /// <inheritdoc/>
    public Size InputSize(Size content) => new(Side(content.Width, inputSpec.Shape[3]), Side(content.Height, inputSpec.Shape[2]));

    /// <inheritdoc/>
    public IReadOnlyList<DetectedFace> Detect(Mat input, float minimumScore)
    {
        OnnxBinding bound = BindingFor(input.Size());
        PlanarInput.Write(input, bound.Input("input"), redFirst: false, offset: 0, scale: 1);
        bound.Run();
        var faces = new List<DetectedFace>();
        foreach (int stride in Strides)
        {
            YuNetDecoder.Decode(
                bound.Output($"cls_{stride}").Floats,
                bound.Output($"obj_{stride}").Floats,
                bound.Output($"bbox_{stride}").Floats,
                bound.Output($"kps_{stride}").Floats,
                input.Width / stride,
                stride,
                minimumScore,
                faces);
        }

        return NonMaximumSuppression.Apply(faces);
    }

    /// <inheritdoc/>
    public void Dispose() => binding?.Dispose();

    private static int Side(int content, long given) => given > 0 ? (int)given : (content + 31) / 32 * 32;

    private OnnxBinding BindingFor(Size size)
    {
        if (binding is null || boundSize != size)
        {
            binding?.Dispose();
            binding = Model.Bind(("input", [1, 3, size.Height, size.Width]));
            boundSize = size;
        }

        return binding;
    }
}
