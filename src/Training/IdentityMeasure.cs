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

    /// <summary>Area under the ROC curve, and the share accepted where 1 % is accepted wrongly.</summary>
    public static Verification Of(IReadOnlyList<double> same, IReadOnlyList<double> different)
    {
        if (same.Count == 0 || different.Count == 0)
        {
            return new(same.Count + different.Count, double.NaN, double.NaN);
        }

        double[] others = [.. different.Order()];
        double below = 0;
        foreach (double likeness in same)
        {
            // Pairs of two people that are less alike; one that is equally alike counts half.
            int first = Array.BinarySearch(others, likeness), last = first;
            if (first < 0)
            {
                below += ~first;
                continue;
            }

            while (first > 0 && others[first - 1] == likeness)
            {
                first--;
            }

            while (last + 1 < others.Length && others[last + 1] == likeness)
            {
                last++;
            }

            below += first + ((last - first + 1) / 2.0);
        }

        double bound = others[Math.Min(others.Length - 1, (int)Math.Ceiling(others.Length * 0.99))];
        return new(same.Count + different.Count, below / ((double)same.Count * others.Length), (double)same.Count(likeness => likeness > bound) / same.Count);
    }

    /// <summary>Pearson's correlation.</summary>
    public static double Correlation(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double shared = 0, spreadA = 0, spreadB = 0;
        for (int i = 0; i < a.Count; i++)
        {
            double x = a[i] - meanA, y = b[i] - meanB;
            (shared, spreadA, spreadB) = (shared + (x * y), spreadA + (x * x), spreadB + (y * y));
        }

        return shared / Math.Sqrt(spreadA * spreadB);
    }
}
