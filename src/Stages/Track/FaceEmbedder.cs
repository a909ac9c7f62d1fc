using System.Numerics;
using System.Numerics.Tensors;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;

namespace VideoGaze.Stages.Track;

/// <summary>MobileFaceNet, or a network under its contract: a face aligned to arcface_112_v2 in, a unit vector of identity out. BGR (value - 127.5) / 127.5. Not thread-safe.</summary>
internal sealed class FaceEmbedder : IDisposable
{
    /// <summary>What reports call the network.</summary>
    public const string NetworkName = "MobileFaceNet";

    /// <summary>Side of the crop in pixels.</summary>
    public const int Side = 112;

    private readonly OnnxBinding binding;
    private readonly PixelBuffer crop;

    /// <summary>Checks the network and prepares its buffers; the session stays the caller's.</summary>
    /// <exception cref="Faces.Failures.UserFacingException">The network is not this one.</exception>
    public FaceEmbedder(OnnxSession model, PixelPool pool)
    {
        model.Expect(
            "a MobileFaceNet identity network",
            [new("input", TensorKind.Float32, TensorSpec.Free, 3, Side, Side)],
            [new("output", TensorKind.Float32, TensorSpec.Free, 128)]);
        SamePerson = Faces.Identity.SamePerson.Of(model.Path, model.Metadata);
        binding = model.Bind(("input", [1, 3, Side, Side]));
        crop = pool.Rent(new PixelSpec(Side, Side, PixelFormat.Bgr24));
    }

    /// <summary>Cosine from which this network takes two pictures to show one person.</summary>
    public float SamePerson { get; }

    /// <summary>The identity of a face; the dot product of two is their likeness in [-1, 1].</summary>
    public float[] Embed(PictureView picture, ReadOnlySpan<Vector2> fivePoints)
    {
        picture.WarpTo(AlignmentTemplate.ArcFace112V2.TransformFrom(fivePoints, Side), crop);
        using (Mat bgr = Mat.FromPixelData(Side, Side, MatType.CV_8UC3, crop.PinnedArray))
        {
            PlanarInput.Write(bgr, binding.Input("input"), redFirst: false, offset: 127.5, scale: 1 / 127.5);
        }

        binding.Run();
        float[] embedding = binding.Output("output").Floats.ToArray();
        TensorPrimitives.Divide(embedding, TensorPrimitives.Norm<float>(embedding), embedding);
        return embedding;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        crop.Dispose();
    }
}
