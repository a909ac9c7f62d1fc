using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Align;

/// <summary>The landmark network that <c>train landmarks</c> makes: points in crop sides, probability of a face. Its 68 points and lid openings are left in the file.</summary>
internal sealed class LandmarkMesh : IMeshNetwork
{
    /// <summary>Name of the input, which tells this network from others.</summary>
    public const string Input = "crop";

    private readonly OnnxBinding binding;

    /// <summary>Checks the network; the session stays the caller's.</summary>
    /// <exception cref="Faces.Failures.UserFacingException">The network is not this one.</exception>
    public LandmarkMesh(OnnxSession model)
    {
        model.Expect(
            "a videogaze landmark network",
            [new(Input, TensorKind.Float32, 1, 3, FaceMeshEstimator.InputSide, FaceMeshEstimator.InputSide)],
            [new("mesh", TensorKind.Float32, 1, FaceMesh.PointCount, 3), new("presence", TensorKind.Float32, 1, 1)]);
        binding = model.Bind();
    }

    /// <inheritdoc/>
    public FaceMesh Measure(ReadOnlySpan<float> planes)
    {
        binding.Input(Input).Write(planes);
        binding.Run();
        return FaceMesh.FromCoordinates(binding.Output("mesh").Floats, FaceMeshEstimator.InputSide, binding.Output("presence").Floats[0]);
    }

    /// <inheritdoc/>
    public void Dispose() => binding.Dispose();
}
