using OpenCvSharp;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>
/// Swaps of people the training never saw: a picture to judge it by (rows of the person's skin laid onto the target | target | swap | its mask | true swap in the target's colours, always of the same triplets), and figures.
/// </summary>
internal sealed class SwapHeldOut(IReadOnlyList<SwapTriplets> sets, int side)
{
    // Rows of the preview; triplets measured. Both spread over all sets.
    private const int Rows = 8, Measured = 48;

    private readonly List<(SwapTriplets Set, SwapTriplet Triplet)> _chosen = Choose(sets);

    /// <summary>
    /// On the faces of the true swaps, in codes of 255: the mean absolute difference of the new face, of the target left as it is (the figure to be under), and the angle between
    /// the gaze of the new face and of the true swap, degrees, median over open eyes, by the network of the gaze loss.
    /// </summary>
    public Dictionary<string, double> Measure(SwapNetwork network, GazeNetwork? gaze)
    {
        using var noGradient = no_grad();
        network.eval();
        double difference = 0, unchanged = 0, area = 0;
        var angles = new List<double>();
        foreach (var (set, triplet) in _chosen)
        {
            using var scope = NewDisposeScope();
            SwapTensors one = Draw([(set, triplet)]);
            SwapOutput made = network.Forward(one.Target, one.Source);
            difference += Sum((made.Face - one.Truth).abs() * one.Mask);
            unchanged += Sum((one.Target - one.Truth).abs() * one.Mask);
            area += 3 * Sum(one.Mask);
            if (gaze is not null && triplet.SwapOpenness >= 1)
            {
                Tensor cosine = (GazeNetwork.Directions(gaze.forward(made.Face)) * GazeNetwork.Directions(gaze.forward(one.Truth))).sum();
                angles.Add(Math.Acos(Math.Clamp(cosine.item<float>(), -1f, 1f)) * 180 / Math.PI);
            }
        }

        network.train();
        angles.Sort();
        var figures = new Dictionary<string, double> { ["heldOut.difference"] = 255 * difference / area, ["heldOut.unchanged"] = 255 * unchanged / area };
        if (angles.Count > 0)
        {
            figures["heldOut.gazeDegrees"] = angles[angles.Count / 2];
        }

        return figures;
    }

    /// <summary>Writes <c>NNNNNN.png</c> and returns its path.</summary>
    public string Write(SwapNetwork network, string folder, int step)
    {
        Directory.CreateDirectory(folder);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        network.eval();
        int rows = Math.Min(Rows, _chosen.Count);
        SwapTensors shown = Draw([.. Enumerable.Range(0, rows).Select(row => _chosen[row * _chosen.Count / rows])]);
        SwapOutput made = network.Forward(shown.Target, shown.Source);
        network.train();
        Tensor[] columns = [shown.Source.narrow(1, 0, 3).contiguous(), shown.Target, made.Face, made.Mask, shown.Truth];
        using var grid = new Mat(rows * side, columns.Length * side, MatType.CV_8UC3);
        for (int column = 0; column < columns.Length; column++)
        {
            float[] numbers = TensorFile.Numbers(columns[column]);
            int length = numbers.Length / rows;
            for (int row = 0; row < rows; row++)
            {
                using Mat cell = Pixels.FromPlanes(numbers.AsSpan(row * length, length), side);
                using Mat place = grid[new Rect(column * side, row * side, side, side)];
                cell.CopyTo(place);
            }
        }

        string path = Path.Combine(folder, FormattableString.Invariant($"{step:000000}.png"));
        Cv2.ImWrite(path, grid);
        return path;
    }

    private static double Sum(Tensor x) => x.sum().item<float>();

    private static List<(SwapTriplets Set, SwapTriplet Triplet)> Choose(IReadOnlyList<SwapTriplets> sets)
    {
        List<(SwapTriplets Set, SwapTriplet Triplet)> all = [.. sets.SelectMany(set => set.All.Select(triplet => (set, triplet)))];
        int count = Math.Min(Measured, all.Count);
        return [.. Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Count / count)])];
    }

    private SwapTensors Draw(IReadOnlyList<(SwapTriplets Set, SwapTriplet Triplet)> triplets)
    {
        var batch = new SwapBatch(triplets.Count, side);
        for (int i = 0; i < triplets.Count; i++)
        {
            SwapBatches.DrawPlain(batch, i, triplets[i].Set, triplets[i].Triplet, side);
        }

        return batch.ToTensors();
    }
}
