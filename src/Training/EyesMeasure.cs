using System.Globalization;
using VideoGaze.Faces.Gaze;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>What the gaze network gets wrong on faces it never saw, eyes open (openness .5 or more), heads within 40 degrees, eyes looked for in the right place.</summary>
/// <param name="Faces">How many.</param>
/// <param name="MedianDegrees">Angle between found and true gaze of both eyes together.</param>
/// <param name="MeanDegrees">The same, mean.</param>
/// <param name="P95Degrees">The same, 95th percentile.</param>
/// <param name="OwnMedianDegrees">Angle of one eye's own axis.</param>
/// <param name="CornerMedian">Distance of found and true corners over the eye's width.</param>
/// <param name="IrisMedian">Distance of found and true iris centres over the eye's width.</param>
public sealed record EyesMeasure(int Faces, double MedianDegrees, double MeanDegrees, double P95Degrees, double OwnMedianDegrees, double CornerMedian, double IrisMedian)
{
    private const float WidestTurn = 40 * MathF.PI / 180;

    /// <summary>Measures.</summary>
    internal static EyesMeasure Of(EyesNetwork network, List<EyesSample> samples)
    {
        List<EyesSample> open = [.. samples.Where(sample => sample.Openness >= 0.5f && MathF.Abs(GazeAngles.FromDirection(sample.Facing).Yaw) <= WidestTurn)];
        if (open.Count == 0)
        {
            return new(0, 0, 0, 0, 0, 0, 0);
        }

        using var noGradient = no_grad();
        ScalarType before = network.TrunkType;
        network.TrunkType = ScalarType.Float32;
        List<double> both = [], own = [], corner = [], iris = [];
        foreach (EyesSample[] part in open.Chunk(32))
        {
            using var scope = NewDisposeScope();
            EyesBatch batch = EyesBatch.Plain(part);
            int rows = 2 * part.Length;
            float[] found = Checkpoints.TensorFile.Numbers(network.forward(
                Numbers.Tensor(batch.Eyes, rows, 3, EyesNetwork.Height, EyesNetwork.Width), Numbers.Tensor(batch.Heads, rows, 2)));
            for (int face = 0; face < part.Length; face++)
            {
                int l = 2 * face * EyesNetwork.Outputs, r = l + EyesNetwork.Outputs;
                var together = new GazeAngles((found[l + EyesNetwork.Both] - found[r + EyesNetwork.Both]) / 2, (found[l + EyesNetwork.Both + 1] + found[r + EyesNetwork.Both + 1]) / 2);
                both.Add(Degrees(together, new(batch.Both[4 * face], batch.Both[(4 * face) + 1])));
                for (int row = 2 * face; row < (2 * face) + 2; row++)
                {
                    int at = row * EyesNetwork.Outputs, points = row * EyesNetwork.PointNumbers;
                    own.Add(Degrees(new(found[at], found[at + 1]), new(batch.Own[2 * row], batch.Own[(2 * row) + 1])));
                    double Gap(int point) => Math.Sqrt(
                        Square(found[at + EyesNetwork.Points + (2 * point)] - batch.Points[points + (2 * point)]) + Square(found[at + EyesNetwork.Points + (2 * point) + 1] - batch.Points[points + (2 * point) + 1]))
                        * EyesNetwork.Extent / 2;
                    corner.Add(Gap(0));
                    corner.Add(Gap(3));
                    iris.Add(Gap(6));
                }
            }
        }

        network.TrunkType = before;
        both.Sort();
        return new(both.Count, Median(both), both.Average(), both[(int)(both.Count * 0.95)], Median(own), Median(corner), Median(iris));
    }

    /// <summary>Numbers as the fields of a JSON object, without braces.</summary>
    internal string ToJsonFields() => string.Create(
        CultureInfo.InvariantCulture,
        $"\"faces\":{Faces},\"median\":{MedianDegrees:0.000},\"mean\":{MeanDegrees:0.000},\"p95\":{P95Degrees:0.000},\"own_median\":{OwnMedianDegrees:0.000},\"corner\":{CornerMedian:0.0000},\"iris\":{IrisMedian:0.0000}");

    private static double Square(double x) => x * x;

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static double Degrees(GazeAngles a, GazeAngles b) => GazeAngles.AngularError(a, b) * 180 / Math.PI;
}
