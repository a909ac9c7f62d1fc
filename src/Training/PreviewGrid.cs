using OpenCvSharp;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>A picture to judge training by: rows of source | its reconstruction | target | its reconstruction | swap | swap's mask | target's mask, always of the same faces.</summary>
internal sealed class PreviewGrid(List<TrainingFace> source, List<TrainingFace> target, int side)
{
    private const int Rows = 6;

    /// <summary>Writes <c>NNNNNN.png</c> and returns its path.</summary>
    public string Write(PairAutoencoder network, string folder, int step)
    {
        Directory.CreateDirectory(folder);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        SideTensors from = Plain(source), to = Plain(target);
        PairOutput output = network.Run(from.Input, to.Input, withSwap: true);
        Tensor[] columns = [from.Goal, output.Source.Face, to.Goal, output.Target.Face, output.Swap!.Value.Face, output.Swap.Value.Mask, output.Target.Mask];
        using var grid = new Mat(Rows * side, columns.Length * side, MatType.CV_8UC3);
        for (int column = 0; column < columns.Length; column++)
        {
            float[] numbers = TensorFile.Numbers(columns[column]);
            int length = numbers.Length / Rows;
            for (int row = 0; row < Rows; row++)
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

    private SideTensors Plain(List<TrainingFace> faces)
    {
        var batch = new SideBatch(Rows, side);
        for (int row = 0; row < Rows; row++)
        {
            PairAugmentation.DrawPlain(faces[(row * faces.Count / Rows) + (faces.Count / (2 * Rows))], side, batch.ViewOf(row));
        }

        return batch.ToTensors();
    }
}
