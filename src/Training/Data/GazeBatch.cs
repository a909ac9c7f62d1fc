using System.Numerics;
using OpenCvSharp;

namespace VideoGaze.Training.Data;

/// <summary>The augmented crops of one step of the gaze recipe as plain arrays.</summary>
/// <param name="Side">Side of the crops; varies from step to step, so that the network suits generators of any resolution.</param>
/// <param name="Crops">(N, 3, Side, Side), BGR in [0, 1].</param>
/// <param name="Angles">(N, 2), yaw and pitch in radians.</param>
/// <param name="Weights">(N): open eyes and large faces count more.</param>
internal sealed record GazeBatch(int Side, float[] Crops, float[] Angles, float[] Weights)
{
    private static readonly int[] Sides = [96, 128, 128, 160];

    // Pixels between the eyes below which the label says more than the picture shows.
    private const float SmallFace = 24;

    /// <summary>Everything random follows from the seed and the step.</summary>
    public static GazeBatch Draw(List<GazeSample> samples, GazeRecipeOptions options, int step)
    {
        Random random = StepRandom.Of(options.Seed, step, 0);
        int side = Sides[random.Next(Sides.Length)], area = 3 * side * side;
        var batch = new GazeBatch(side, new float[options.BatchSize * area], new float[options.BatchSize * 2], new float[options.BatchSize]);
        for (int i = 0; i < options.BatchSize; i++)
        {
            GazeSample sample = samples[random.Next(samples.Count)];
            var (crop, gaze) = GazeSamples.Cut(sample, side, GazeAugmentation.Jitter(side, random));
            using (crop)
            {
                if (random.Next(2) == 0)
                {
                    Cv2.Flip(crop, crop, FlipMode.Y);
                    gaze = gaze.Mirrored();
                }

                GazeAugmentation.Degrade(crop, random);
                Pixels.ToPlanes(crop, batch.Crops.AsSpan(i * area, area));
            }

            batch.Angles[2 * i] = gaze.Yaw;
            batch.Angles[(2 * i) + 1] = gaze.Pitch;
            float open = sample.Openness < 0.25f ? 0.02f : sample.Openness;
            batch.Weights[i] = open * Math.Min(1, Vector2.Distance(sample.Points[0], sample.Points[1]) / SmallFace);
        }

        return batch;
    }
}
