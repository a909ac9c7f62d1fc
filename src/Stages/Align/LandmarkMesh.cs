using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Align;

/// <summary>
/// The landmark network that <c>train landmarks</c> makes: points in crop sides, probability of a face. Its lid openings are left in the file. It is asked about the crop and about its mirror image, and
/// the mean is taken: a small network errs differently on both (talk.mp4: 2.4 % of the eye distance become 2.1, irises and trembling gain more), for a millisecond.
/// </summary>
internal sealed class LandmarkMesh : IMeshNetwork
{
    /// <summary>Name of the input, which tells this network from others.</summary>
    public const string Input = "crop";

    private const string Landmarks = "landmarks";
    private const int Side = FaceMeshEstimator.InputSide;

    private readonly OnnxBinding binding;
    private readonly bool hasLandmarks;
    private readonly float[] mirrored = new float[3 * Side * Side];

    /// <summary>Checks the network; the session stays the caller's.</summary>
    /// <exception cref="Faces.Failures.UserFacingException">The network is not this one.</exception>
    public LandmarkMesh(OnnxSession model)
    {
        model.Expect(
            "a videogaze landmark network",
            [new(Input, TensorKind.Float32, 1, 3, Side, Side)],
            [new("mesh", TensorKind.Float32, 1, FaceMesh.PointCount, 3), new("presence", TensorKind.Float32, 1, 1)]);
        binding = model.Bind();
        hasLandmarks = model.Outputs.Any(output => output.Name == Landmarks && output.Shape is [1, IbugLandmarks.Count, 2]);
    }

    /// <inheritdoc/>
    public FaceMesh Measure(ReadOnlySpan<float> planes)
    {
        FaceMesh seen = Ask(planes);
        planes.CopyTo(mirrored);
        for (int row = 0; row < mirrored.Length; row += Side)
        {
            mirrored.AsSpan(row, Side).Reverse();
        }

        FaceMesh back = MeshTopology.Mirrored(Ask(mirrored), Side);
        return seen with
        {
            Points = [.. seen.Points.Zip(back.Points, (point, other) => (point + other) / 2)],
            Landmarks68 = seen.Landmarks68 is { } landmarks ? [.. landmarks.Zip(back.Landmarks68!, (point, other) => (point + other) / 2)] : null,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => binding.Dispose();

    private FaceMesh Ask(ReadOnlySpan<float> planes)
    {
        binding.Input(Input).Write(planes);
        binding.Run();
        var mesh = FaceMesh.FromCoordinates(binding.Output("mesh").Floats, Side, binding.Output("presence").Floats[0]);
        if (!hasLandmarks)
        {
            return mesh;
        }

        ReadOnlySpan<float> landmarks = binding.Output(Landmarks).Floats;
        var points = new Vector2[IbugLandmarks.Count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new Vector2(landmarks[2 * i], landmarks[(2 * i) + 1]) * Side;
        }

        return mesh with { Landmarks68 = points };
    }
}
