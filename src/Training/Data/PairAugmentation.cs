using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Random views of a training face. The numbers are DeepFaceLab's unless said otherwise.</summary>
internal static class PairAugmentation
{
    /// <summary>One view of one face; planes of floats in [0, 1].</summary>
    /// <param name="Input">What the network sees: (3, R, R).</param>
    /// <param name="Goal">What it shall give back: (3, R, R); the same view without the warp.</param>
    /// <param name="Mask">Of the goal: (1, R, R).</param>
    /// <param name="EyesAndMouth">Of the goal: (1, R, R).</param>
    public readonly ref struct View(Span<float> Input, Span<float> Goal, Span<float> Mask, Span<float> EyesAndMouth)
    {
        public Span<float> Input { get; } = Input;

        public Span<float> Goal { get; } = Goal;

        public Span<float> Mask { get; } = Mask;

        public Span<float> EyesAndMouth { get; } = EyesAndMouth;
    }

    /// <summary>Draws a view: turn within 10 degrees, scale within 1.15, shift within 5 % (all times the reach), mirrored at 40 %, colours alike, input warped.</summary>
    public static void Draw(TrainingFace face, Random random, bool flip, double geometryReach, double colorReach, bool warp, int side, View view)
    {
        double turn = Spread(random, 10 * geometryReach), scale = Math.Exp(Spread(random, Math.Log(1.15) * geometryReach));
        double shiftX = Spread(random, 0.05 * geometryReach), shiftY = Spread(random, 0.05 * geometryReach);
        bool mirrored = flip && random.NextDouble() < 0.4;
        double exposure = Math.Exp(Spread(random, colorReach));
        var gain = new Scalar(exposure * Math.Exp(Spread(random, colorReach / 3)), exposure * Math.Exp(Spread(random, colorReach / 3)), exposure * Math.Exp(Spread(random, colorReach / 3)));
        double stored = (double)side / face.Picture.Rows;
        SimilarityTransform toView = new SimilarityTransform(stored, 0, 0, 0).Then(CropWarp.AboutCentre(side, turn, scale, shiftX, shiftY));

        using Mat goal = CropWarp.Warp(face.Picture, toView, side, InterpolationFlags.Cubic);
        using Mat mask = CropWarp.Warp(face.Mask, toView, side, InterpolationFlags.Linear, BorderTypes.Constant);
        using Mat eyes = CropWarp.Warp(face.EyesAndMouth, toView, side, InterpolationFlags.Linear, BorderTypes.Constant);
        using Mat input = warp ? Warped(face.Picture, toView, side, random) : goal.Clone();
        foreach (Mat picture in new[] { goal, input })
        {
            if (colorReach > 0)
            {
                Cv2.Multiply(picture, gain, picture);
            }
        }

        if (mirrored)
        {
            foreach (Mat picture in new[] { goal, input, mask, eyes })
            {
                Cv2.Flip(picture, picture, FlipMode.Y);
            }
        }

        Pixels.ToPlanes(input, view.Input);
        Pixels.ToPlanes(goal, view.Goal);
        Pixels.ToPlanes(mask, view.Mask);
        Pixels.ToPlanes(eyes, view.EyesAndMouth);
    }

    /// <summary>The view without anything random, for previews.</summary>
    public static void DrawPlain(TrainingFace face, int side, View view)
    {
        var toView = new SimilarityTransform((double)side / face.Picture.Rows, 0, 0, 0);
        using Mat goal = CropWarp.Warp(face.Picture, toView, side, InterpolationFlags.Cubic);
        using Mat mask = CropWarp.Warp(face.Mask, toView, side);
        using Mat eyes = CropWarp.Warp(face.EyesAndMouth, toView, side);
        Pixels.ToPlanes(goal, view.Input);
        Pixels.ToPlanes(goal, view.Goal);
        Pixels.ToPlanes(mask, view.Mask);
        Pixels.ToPlanes(eyes, view.EyesAndMouth);
    }

    /// <summary>Moves the nodes of a grid of 2, 4 or 8 cells by up to .24 of a cell and bends the picture with them; the border stays.</summary>
    private static Mat Warped(Mat picture, SimilarityTransform toView, int side, Random random)
    {
        int cells = 2 << random.Next(3), nodes = cells + 1;
        double reach = 0.24 * side / cells;
        float[] moveX = new float[nodes * nodes], moveY = new float[nodes * nodes];
        for (int y = 1; y < cells; y++)
        {
            for (int x = 1; x < cells; x++)
            {
                moveX[(y * nodes) + x] = (float)(TruncatedNormal(random) * reach);
                moveY[(y * nodes) + x] = (float)(TruncatedNormal(random) * reach);
            }
        }

        SimilarityTransform back = toView.Inverse();
        float[] mapX = new float[side * side], mapY = new float[side * side];
        for (int v = 0; v < side; v++)
        {
            float gy = (v + 0.5f) * cells / side;
            int top = Math.Min((int)gy, cells - 1);
            float down = gy - top;
            for (int u = 0; u < side; u++)
            {
                float gx = (u + 0.5f) * cells / side;
                int left = Math.Min((int)gx, cells - 1);
                float right = gx - left;
                int node = (top * nodes) + left;
                double px = u + 0.5 + Between(moveX, node, nodes, right, down);
                double py = v + 0.5 + Between(moveY, node, nodes, right, down);
                mapX[(v * side) + u] = (float)((back.A * px) - (back.B * py) + back.Tx - 0.5);
                mapY[(v * side) + u] = (float)((back.B * px) + (back.A * py) + back.Ty - 0.5);
            }
        }

        using Mat viewX = Mat.FromPixelData(side, side, MatType.CV_32FC1, mapX), viewY = Mat.FromPixelData(side, side, MatType.CV_32FC1, mapY);
        var warped = new Mat();
        Cv2.Remap(picture, warped, viewX, viewY, InterpolationFlags.Linear, BorderTypes.Replicate);
        return warped;
    }

    private static float Between(float[] grid, int node, int nodes, float right, float down) =>
        ((1 - down) * (((1 - right) * grid[node]) + (right * grid[node + 1]))) + (down * (((1 - right) * grid[node + nodes]) + (right * grid[node + nodes + 1])));

    /// <summary>Normal, kept within 2.5 deviations and divided by 2.5: in [-1, 1].</summary>
    private static double TruncatedNormal(Random random)
    {
        while (true)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (Math.Abs(normal) <= 2.5)
            {
                return normal / 2.5;
            }
        }
    }

    private static double Spread(Random random, double reach) => ((2 * random.NextDouble()) - 1) * reach;
}
