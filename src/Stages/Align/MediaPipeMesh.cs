using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Align;

/// <summary>The MediaPipe mesh network: half precision at both ends, points in crop pixels, log-odds of a face.</summary>
internal sealed class MediaPipeMesh : IMeshNetwork
{
    private readonly OnnxBinding binding;
    private readonly float[] coordinates = new float[FaceMesh.PointCount * 3];
    private readonly float[] score = new float[1];

    /// <summary>Checks the network; the session stays the caller's.</summary>
    /// <exception cref="Faces.Failures.UserFacingException">The network is not this one.</exception>
    public MediaPipeMesh(OnnxSession model)
    {
        model.Expect(
            "a MediaPipe face mesh network with irises",
            [new("input_12", TensorKind.Float16, 1, 3, FaceMeshEstimator.InputSide, FaceMeshEstimator.InputSide)],
            [new("Identity", TensorKind.Float16, 1, 1, 1, FaceMesh.PointCount * 3), new("Identity_1", TensorKind.Float16, 1, 1, 1, 1)]);
        binding = model.Bind();
    }

    /// <inheritdoc/>
    public FaceMesh Measure(ReadOnlySpan<float> planes)
    {
        binding.Input("input_12").Write(planes);
        binding.Run();
        binding.Output("Identity").Read(coordinates);
        binding.Output("Identity_1").Read(score);
        return Decode(coordinates, score[0]);
    }

    /// <inheritdoc/>
    public void Dispose() => binding.Dispose();

    /// <summary>The network's answer as a mesh in crop pixels.</summary>
    /// <param name="coordinates">478 x (x, y, z) in crop pixels.</param>
    /// <param name="logit">Log-odds that a face is there.</param>
    internal static FaceMesh Decode(ReadOnlySpan<float> coordinates, float logit) =>
        FaceMesh.FromCoordinates(coordinates, 1, 1 / (1 + MathF.Exp(-logit)));
}
