using System.Numerics.Tensors;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Verification: does a likeness tell pairs of one person from pairs of two?</summary>
internal static class IdentityMeasure
{
    /// <summary>The network's unit vectors of undamaged crops.</summary>
    public static float[][] Vectors(IdentityNetwork network, IReadOnlyList<IdentityFace> faces)
    {
        using var noGradient = no_grad();
        float[] planes = new float[3 * IdentityNetwork.Side * IdentityNetwork.Side];
        return [.. faces.Select(face =>
        {
            using var scope = NewDisposeScope();
            using OpenCvSharp.Mat view = IdentityFaces.View(face.Crop, SimilarityTransform.Identity);
            IdentityFaces.ToPlanes(view, planes);
            return TensorFile.Numbers(network.forward(Numbers.Tensor(planes, 1, 3, IdentityNetwork.Side, IdentityNetwork.Side)));
        })];
    }

    /// <summary>Likenesses of all pairs, those of one person first.</summary>
    public static (List<double> Same, List<double> Different) Likenesses(float[][] vectors, IReadOnlyList<IdentityFace> faces)
    {
        List<double> same = [], different = [];
        for (int i = 0; i < vectors.Length; i++)
        {
            for (int k = i + 1; k < vectors.Length; k++)
            {
                (faces[i].Person == faces[k].Person ? same : different).Add(TensorPrimitives.Dot<float>(vectors[i], vectors[k]));
            }
        }

        return (same, different);
    }
}
