using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data.Landmarks;
using VideoGaze.Training.Networks;
using VideoGaze.Training.Networks.Landmarks;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Measures a network as it is used: a rough first crop, a second one placed by the first answer, and both asked about together with their mirror images.</summary>
internal static class LandmarkExam
{
    /// <summary>All held-out and unseen pictures, whole and in groups.</summary>
    public static LandmarkRecipeResult Run(LandmarkNetwork network, LandmarkRecipeOptions options, MeshTeacher teacher, TeacherBias bias)
    {
        List<LandmarkErrors> errors = [];
        List<Found> rendered = [];
        List<((string Kind, string Group) Key, Found Found)> grouped = [];
        foreach (string file in options.HeldOut)
        {
            Dictionary<string, List<(string Kind, string Group)>> people = PersonGroups.Beside(file);
            foreach (LandmarkSample sample in RenderedFaces.Load(file, null))
            {
                Found found = Examine(network, sample, RenderedFaces.PlaceOf(sample.Landmarks!));
                rendered.Add(found);
                grouped.AddRange(people.GetValueOrDefault(sample.Person!, []).Select(key => (key, found)));
                sample.Picture.Dispose();
            }
        }

        if (rendered.Count > 0)
        {
            errors.Add(Of(LandmarkErrors.Whole, "held-out renders", rendered));
            foreach ((string name, float from, float to) in new[] { ("yaw to 15", 0f, 15f), ("yaw 15 to 30", 15, 30), ("yaw 30 to 45", 30, 45), ("yaw from 45", 45, 180) })
            {
                Add(errors, "yaw", name, rendered.Where(found => Math.Abs(found.Sample.YawDegrees) is var yaw && yaw >= from && yaw < to));
            }

            foreach (var group in grouped.GroupBy(entry => entry.Key).OrderBy(group => group.Key))
            {
                Add(errors, group.Key.Kind, group.Key.Group, group.Select(entry => entry.Found));
            }
        }

        List<Found> real = [.. options.Unseen.SelectMany(set => RealFaces.Load(set, teacher)).Select(bias.Completed).Where(sample => sample.Mesh is not null)
            .Select(sample => Examine(network, sample, MeshCrop.Around(sample.Place!, LandmarkNetwork.InputSide)))];
        if (real.Count > 0)
        {
            errors.Add(Of(LandmarkErrors.Whole, "unseen real pictures", real));
            foreach (IGrouping<string, Found> group in real.GroupBy(found => found.Sample.Source))
            {
                Add(errors, LandmarkErrors.RealSource, group.Key, group);
            }
        }

        return new(errors);
    }

    private static void Add(List<LandmarkErrors> errors, string kind, string name, IEnumerable<Found> group)
    {
        List<Found> list = [.. group];
        if (list.Count > 0)
        {
            errors.Add(Of(kind, name, list));
        }
    }

    private static LandmarkErrors Of(string kind, string name, List<Found> list)
    {
        double[] landmarks = [.. list.Select(found => found.Landmarks).Order()];
        double[] irises = [.. list.Where(found => double.IsFinite(found.Iris)).Select(found => found.Iris).Order()];
        return new(
            kind,
            name,
            list.Count,
            landmarks[landmarks.Length / 2],
            landmarks[(int)(landmarks.Length * 0.95)],
            irises.Length > 0 ? irises[irises.Length / 2] : double.NaN,
            list.Average(found => found.Openness),
            list.Average(found => found.Present ? 1.0 : 0));
    }

    private static Found Examine(LandmarkNetwork network, LandmarkSample sample, SimilarityTransform place)
    {
        (FaceMesh first, _, _) = Ask(network, sample, place);
        (FaceMesh mesh, Vector2[] landmarks, float[] openness) = Ask(network, sample, MeshCrop.Around(first, LandmarkNetwork.InputSide));

        // On real pictures the teacher's mesh is the measure, so mesh is compared with mesh.
        Vector2[] measured = sample.Exact ? landmarks : IbugLandmarks.FromMesh(mesh);
        Vector2[] wanted = sample.Exact ? sample.Landmarks! : IbugLandmarks.FromMesh(sample.Place!);
        double error = measured.Zip(wanted, Vector2.Distance).Average() / IbugLandmarks.OuterEyeDistance(wanted);
        List<double> irises = [];
        for (int eye = 0; eye < 2; eye++)
        {
            if (sample.Openness![eye] > 0.5f)
            {
                int iris = eye == 0 ? MeshTopology.ImageLeftIrisCentre : MeshTopology.ImageRightIrisCentre;
                (int outer, int inner) = eye == 0 ? (36, 39) : (45, 42);
                Vector2 truth = sample.Exact ? sample.Irises![eye] : sample.Mesh!.At(iris);
                irises.Add(Vector2.Distance(mesh.At(iris), truth) / Vector2.Distance(wanted[outer], wanted[inner]));
            }
        }

        return new(sample, error, irises.Count > 0 ? irises.Average() : double.NaN, openness.Zip(sample.Openness!, (a, b) => Math.Abs(a - b)).Average(), mesh.Score > 0.5f);
    }

    /// <summary>The mean of the answers to a crop and to its mirror image, picture pixels.</summary>
    private static (FaceMesh Mesh, Vector2[] Landmarks, float[] Openness) Ask(LandmarkNetwork network, LandmarkSample sample, SimilarityTransform toCrop)
    {
        float[] planes = new float[3 * LandmarkNetwork.Side * LandmarkNetwork.Side];
        using (Mat crop = LandmarkBatch.Cut(sample.Picture, toCrop))
        {
            LandmarkBatch.Write(crop, planes);
        }

        var (mesh, landmarks, openness) = Answer(network, planes);
        for (int row = 0; row < planes.Length; row += LandmarkNetwork.Side)
        {
            planes.AsSpan(row, LandmarkNetwork.Side).Reverse();
        }

        var (mirrored, others, opennessOfMirrored) = Answer(network, planes);
        FaceMesh back = MeshTopology.Mirrored(mirrored, 1);
        mesh = mesh with { Points = [.. mesh.Points.Zip(back.Points, (point, other) => (point + other) / 2)] };
        for (int i = 0; i < landmarks.Length; i++)
        {
            Vector2 other = others[IbugLandmarks.Mirror(i)];
            landmarks[i] = (landmarks[i] + new Vector2(1 - other.X, other.Y)) / 2;
        }

        SimilarityTransform toPicture = new SimilarityTransform(LandmarkNetwork.InputSide, 0, 0, 0).Then(toCrop.Inverse());
        return (mesh.Transformed(toPicture), Array.ConvertAll(landmarks, toPicture.Apply), [(openness[0] + opennessOfMirrored[1]) / 2, (openness[1] + opennessOfMirrored[0]) / 2]);
    }

    /// <summary>What the network says of one crop, crop sides.</summary>
    private static (FaceMesh Mesh, Vector2[] Landmarks, float[] Openness) Answer(LandmarkNetwork network, float[] planes)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        LandmarkOutput output = network.forward(Numbers.Tensor(planes, 1, 3, LandmarkNetwork.Side, LandmarkNetwork.Side));
        float[] points = TensorFile.Numbers(output.Points), state = TensorFile.Numbers(output.State);
        var landmarks = new Vector2[IbugLandmarks.Count];
        for (int i = 0; i < landmarks.Length; i++)
        {
            landmarks[i] = new(points[LandmarkTargets.MeshNumbers + (2 * i)], points[LandmarkTargets.MeshNumbers + (2 * i) + 1]);
        }

        return (FaceMesh.FromCoordinates(points.AsSpan(0, LandmarkTargets.MeshNumbers), 1, 1 / (1 + MathF.Exp(-state[2]))), landmarks, [state[0], state[1]]);
    }

    private sealed record Found(LandmarkSample Sample, double Landmarks, double Iris, double Openness, bool Present);
}
