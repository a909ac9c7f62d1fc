using System.Numerics.Tensors;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Identity;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Data.Landmarks;
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

    /// <summary>How a border parts the pairs within each group of people: skin and spectacles, where the identities beside the label files state them.</summary>
    /// <param name="vectors">Of the faces.</param>
    /// <param name="faces">Rendered people.</param>
    /// <param name="people">Folder and name of each.</param>
    /// <param name="labels">The label files.</param>
    /// <param name="border">Cosine from which two pictures are taken to show one person.</param>
    public static IReadOnlyList<IdentityGroup> Groups(float[][] vectors, IReadOnlyList<IdentityFace> faces, IReadOnlyList<string> people, IEnumerable<string> labels, double border)
    {
        var groupsOf = new Dictionary<string, List<(string Kind, string Group)>>();
        foreach (string file in labels)
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            foreach (var (name, groups) in PersonGroups.Beside(file))
            {
                groupsOf[folder + "/" + name] = groups;
            }
        }

        ILookup<(string Kind, string Group), int> rows = Enumerable.Range(0, faces.Count)
            .SelectMany(row => groupsOf.GetValueOrDefault(people[faces[row].Person], []).Select(group => (group, row)))
            .ToLookup(entry => entry.group, entry => entry.row);
        return [.. rows.OrderBy(group => group.Key).Select(group =>
        {
            var (same, different) = Likenesses([.. group.Select(row => vectors[row])], [.. group.Select(row => faces[row])]);
            return new IdentityGroup(group.Key.Group, same.Count + different.Count, Share(same, border), Share(different, border));
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

    /// <summary>
    /// The cosine that one in twenty pairs of vectors reach whom the teacher takes for two people, by the usual border of its own; not a number where it takes none for two. Not one in a hundred: mixed faces have parts in
    /// common, which strangers have not, and tracking goes by the mean of five pictures, which strays less than one.
    /// </summary>
    /// <param name="vectors">The network's, of length 1.</param>
    /// <param name="taught">The teacher's of the same faces.</param>
    public static double Border(float[][] vectors, float[][] taught)
    {
        List<double> two = [];
        for (int i = 0; i < vectors.Length; i++)
        {
            for (int k = i + 1; k < vectors.Length; k++)
            {
                if (TensorPrimitives.Dot<float>(taught[i], taught[k]) < SamePerson.Usual)
                {
                    two.Add(TensorPrimitives.Dot<float>(vectors[i], vectors[k]));
                }
            }
        }

        two.Sort();
        return two.Count == 0 ? double.NaN : two[(int)(0.95 * (two.Count - 1))];
    }

    private static double Share(List<double> likenesses, double border) => likenesses.Count == 0 ? double.NaN : (double)likenesses.Count(likeness => likeness >= border) / likenesses.Count;
}
