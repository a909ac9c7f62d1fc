using System.Numerics.Tensors;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training.Data;

/// <summary>The public identity network (MobileFaceNet's contract) that real likeness is learned from. Not thread-safe.</summary>
internal sealed class IdentityTeacher(string path) : IDisposable
{
    private readonly FloatNetwork network = FloatNetwork.Open(path);

    /// <summary>File name, for the metadata.</summary>
    public string FileName { get; } = Path.GetFileName(path);

    /// <summary>Unit vectors of crops as they are, without jitter or damage.</summary>
    public float[][] Of(IReadOnlyList<IdentityFace> faces) => [.. faces.Select(face =>
    {
        using Mat view = IdentityFaces.View(face.Crop, SimilarityTransform.Identity);
        return Of(view);
    })];

    /// <summary>The unit vector of one aligned 112 x 112 crop.</summary>
    public float[] Of(Mat view)
    {
        IdentityFaces.ToPlanes(view, network.Input("input"));
        network.Run();
        float[] embedding = network.Output("output").ToArray();
        TensorPrimitives.Divide(embedding, TensorPrimitives.Norm<float>(embedding), embedding);
        return embedding.Length == IdentityNetwork.Features ? embedding : throw new InvalidOperationException($"{path} gives {embedding.Length} numbers, not {IdentityNetwork.Features}.");
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
