using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Align;

/// <summary>
/// The MediaPipe mesh network: a square crop of 256 pixels with the face upright in, 478 points out. RGB 0..1, half precision at both ends.
/// Not thread-safe.
/// </summary>
internal sealed class FaceMeshEstimator : IDisposable
{
    /// <summary>Side of the network's input in pixels.</summary>
    public const int InputSide = 256;

    /// <summary>Below this score there is no face to speak of; MediaPipe's own default.</summary>
    public const float MinimumScore = 0.5f;

    private readonly OnnxBinding binding;
    private readonly PixelBuffer crop;
    private readonly float[] planes = GC.AllocateArray<float>(3 * InputSide * InputSide, pinned: true);
    private readonly float[] coordinates = new float[FaceMesh.PointCount * 3];
    private readonly float[] score = new float[1];

    /// <summary>Checks the network and prepares its buffers; the session stays the caller's.</summary>
    /// <exception cref="Faces.Failures.UserFacingException">The network is not this one.</exception>
    public FaceMeshEstimator(OnnxSession model, PixelPool pool)
    {
        model.Expect(
            "a MediaPipe face mesh network with irises",
            [new("input_12", TensorKind.Float16, 1, 3, InputSide, InputSide)],
            [new("Identity", TensorKind.Float16, 1, 1, 1, FaceMesh.PointCount * 3), new("Identity_1", TensorKind.Float16, 1, 1, 1, 1)]);
        binding = model.Bind();
        crop = pool.Rent(new PixelSpec(InputSide, InputSide, PixelFormat.Bgr24));
    }

    /// <summary>Measures the mesh of the face in a crop.</summary>
    /// <param name="picture">Where the face is.</param>
    /// <param name="toCrop">Picture pixels to the network's 256-pixel crop (see <see cref="MeshCrop"/>).</param>
    /// <returns>Picture pixels. Its score tells whether there is a face at all.</returns>
    public FaceMesh Estimate(PictureView picture, SimilarityTransform toCrop)
    {
        picture.WarpTo(toCrop, crop);
        using (Mat bgr = Mat.FromPixelData(InputSide, InputSide, MatType.CV_8UC3, crop.PinnedArray))
        {
            PlanarInput.Write(bgr, planes, redFirst: true, offset: 0, scale: 1 / 255.0);
        }

        binding.Input("input_12").Write(planes);
        binding.Run();
        binding.Output("Identity").Read(coordinates);
        binding.Output("Identity_1").Read(score);
        return Decode(coordinates, score[0]).Transformed(toCrop.Inverse());
    }

    /// <summary>Measures a face of which only the detector's box is known: the first mesh places the crop of the second, so the result hardly depends on the box.</summary>
    public FaceMesh EstimateTwice(PictureView picture, DetectedFace face)
    {
        FaceMesh first = Estimate(picture, MeshCrop.From(face));
        return first.Score < MinimumScore ? first : Estimate(picture, MeshCrop.From(first));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        crop.Dispose();
    }

    /// <summary>The network's answer as a mesh in crop pixels.</summary>
    /// <param name="coordinates">478 x (x, y, z) in crop pixels.</param>
    /// <param name="logit">Log-odds that a face is there.</param>
    internal static FaceMesh Decode(ReadOnlySpan<float> coordinates, float logit)
    {
        var points = new Vector3[FaceMesh.PointCount];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new(coordinates[3 * i], coordinates[(3 * i) + 1], coordinates[(3 * i) + 2]);
        }

        return new(points, 1 / (1 + MathF.Exp(-logit)));
    }
}
