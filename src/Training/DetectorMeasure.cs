using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Recall of a detector on pictures with one face whose place is known exactly.</summary>
internal static class DetectorMeasure
{
    // Half an overlap is the usual bound for found, .4 the one of suppression.
    private const float Found = 0.5f, Same = 0.4f;

    /// <summary>Share found, answers elsewhere a picture, median point error over the distance between the eyes, and the number of pictures.</summary>
    public static (double Recall, double OthersPerPicture, double PointError, int Count) Of(DetectorNetwork network, double leastScore, IReadOnlyList<RenderedFace> pictures)
    {
        using var noGradient = no_grad();
        int found = 0, others = 0;
        var errors = new List<double>();
        foreach (RenderedFace face in pictures)
        {
            using var scope = NewDisposeScope();
            using Mat picture = face.Decode();
            float[] planes = new float[3 * picture.Rows * picture.Cols];
            Pixels.ToPlanes(picture, planes);
            FaceBox truth = DetectorPictures.BoxOf(face.Landmarks);
            List<(float Score, FaceBox Box, Vector2[] Points)> answers = Answers(network.forward(Numbers.Tensor(planes, 1, 3, picture.Rows, picture.Cols)), leastScore);
            others += answers.Exists(answer => answer.Box.IntersectionOverUnion(truth) < Same) ? 1 : 0;
            (float Score, FaceBox Box, Vector2[] Points) best = answers.Count > 0 ? answers.MaxBy(answer => answer.Score) : default;
            if (answers.Count > 0 && best.Box.IntersectionOverUnion(truth) >= Found)
            {
                found++;
                double eyes = Vector2.Distance(face.FivePoints[0], face.FivePoints[1]);
                errors.Add(best.Points.Zip(face.FivePoints, Vector2.Distance).Average() / eyes);
            }
        }

        errors.Sort();
        int count = Math.Max(1, pictures.Count);
        return ((double)found / count, (double)others / count, errors.Count > 0 ? errors[errors.Count / 2] : double.NaN, pictures.Count);
    }

    private static List<(float Score, FaceBox Box, Vector2[] Points)> Answers(Tensor[] levels, double leastScore)
    {
        var answers = new List<(float, FaceBox, Vector2[])>();
        for (int level = 0; level < levels.Length; level++)
        {
            int stride = DetectorNetwork.Strides[level], columns = (int)levels[level].shape[3];
            float[] rows = TensorFile.Numbers(levels[level].permute(0, 2, 3, 1));
            for (int cell = 0; cell < rows.Length / DetectorNetwork.Channels; cell++)
            {
                ReadOnlySpan<float> row = rows.AsSpan(cell * DetectorNetwork.Channels, DetectorNetwork.Channels);
                float score = Chance(row[0]) * Chance(row[1]);
                if (score >= leastScore)
                {
                    var corner = new Vector2(cell % columns, cell / columns);
                    Vector2 centre = (corner + new Vector2(row[2], row[3])) * stride, size = new Vector2(MathF.Exp(row[4]), MathF.Exp(row[5])) * stride;
                    var points = new Vector2[5];
                    for (int i = 0; i < points.Length; i++)
                    {
                        points[i] = (corner + new Vector2(row[6 + (2 * i)], row[7 + (2 * i)])) * stride;
                    }

                    answers.Add((score, new(centre.X - (size.X / 2), centre.Y - (size.Y / 2), size.X, size.Y), points));
                }
            }
        }

        return answers;
    }

    private static float Chance(float logOdds) => 1 / (1 + MathF.Exp(-logOdds));
}
