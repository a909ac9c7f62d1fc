using OpenCvSharp;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Detect;

/// <summary>SCRFD with five points, fixed to 640 x 640. RGB (value - 127.5) / 128 in.</summary>
internal sealed class ScrfdDetector : IFaceDetector
{
    private const long Free = TensorSpec.Free;
    private static readonly int[] Strides = [8, 16, 32];
    private readonly TensorSpec inputSpec;
    private readonly OnnxBinding binding;

    private ScrfdDetector(OnnxSession model)
    {
        Model = model;
        inputSpec = model.Inputs[0];
        binding = model.Bind();
    }

    /// <inheritdoc/>
    public OnnxSession Model { get; }

    /// <summary>Whether a network has SCRFD's output names.</summary>
    public static bool Fits(OnnxSession model) => model.Outputs.Any(output => output.Name == "score_8");

    /// <summary>Checks the network and takes it over.</summary>
    public static ScrfdDetector Over(OnnxSession model)
    {
        model.Expect(
            "an SCRFD face detector",
            [new("input.1", TensorKind.Float32, 1, 3, 640, 640)],
            [.. Strides.SelectMany(stride => (TensorSpec[])
            [
                new($"score_{stride}", TensorKind.Float32, Free, Free, 1),
                new($"bbox_{stride}", TensorKind.Float32, Free, Free, 4),
                new($"kps_{stride}", TensorKind.Float32, Free, Free, 10),
            ])]);
        return new(model);
    }

    /// <inheritdoc/>
    public Size InputSize(Size content) => new((int)inputSpec.Shape[3], (int)inputSpec.Shape[2]);

    /// <inheritdoc/>
    public IReadOnlyList<DetectedFace> Detect(Mat input, float minimumScore)
    {
        PlanarInput.Write(input, binding.Input("input.1"), redFirst: true, offset: 127.5, scale: 1 / 128.0);
        binding.Run();
        var faces = new List<DetectedFace>();
        foreach (int stride in Strides)
        {
            ScrfdDecoder.Decode(
                binding.Output($"score_{stride}").Floats,
                binding.Output($"bbox_{stride}").Floats,
                binding.Output($"kps_{stride}").Floats,
                input.Width / stride,
                stride,
                minimumScore,
                faces);
        }

        return NonMaximumSuppression.Apply(faces);
    }

    /// <inheritdoc/>
    public void Dispose() => binding.Dispose();
}
