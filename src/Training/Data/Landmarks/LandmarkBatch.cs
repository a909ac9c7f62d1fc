using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Networks.Landmarks;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>The augmented crops of one step of the landmark recipe as plain arrays.</summary>
internal sealed class LandmarkBatch
{
    // Share of crops that show nobody.
    private const double Empty = 0.1;

    // Teachers' lid openings are rougher than true ones.
    private const float TaughtOpenness = 0.3f;

    private LandmarkBatch(int count)
    {
        Crops = new float[count * 3 * LandmarkNetwork.Side * LandmarkNetwork.Side];
        Points = new float[count * (LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers)];
        Units = new float[count];
        Taught = new float[count];
        Openness = new float[count * 2];
        OpennessWeights = new float[count];
        Presence = new float[count];
        Array.Fill(Units, 1);
    }

    /// <summary>(N, 3, 128, 128), RGB in [0, 1].</summary>
    public float[] Crops { get; }

    /// <summary>(N, 1570), see <see cref="LandmarkOutput.Points"/>.</summary>
    public float[] Points { get; }

    /// <summary>(N): distance of the outer eye corners, crop sides.</summary>
    public float[] Units { get; }

    /// <summary>(N): 1 where the points count, 0 where nobody is.</summary>
    public float[] Taught { get; }

    /// <summary>(N, 2).</summary>
    public float[] Openness { get; }

    /// <summary>(N).</summary>
    public float[] OpennessWeights { get; }

    /// <summary>(N): 1 where a face is.</summary>
    public float[] Presence { get; }

    /// <summary>Everything random follows from the seed and the step.</summary>
    public static LandmarkBatch Draw(LandmarkSet set, LandmarkRecipeOptions options, int step)
    {
        Random random = StepRandom.Of(options.Seed, step, 0);
        var batch = new LandmarkBatch(options.BatchSize);
        for (int i = 0; i < options.BatchSize; i++)
        {
            if (random.NextDouble() < Empty && batch.DrawNobody(i, set, random))
            {
                continue;
            }

            batch.DrawFace(i, random.NextDouble() < options.RealShare && set.Real.Count > 0 ? set.Real : set.Rendered, random);
        }

        return batch;
    }

    /// <summary>Cuts and halves a crop as the network will see it.</summary>
    /// <param name="picture">BGR.</param>
    /// <param name="toCrop">Picture pixels to a crop of <see cref="LandmarkNetwork.InputSide"/>.</param>
    public static Mat Cut(Mat picture, SimilarityTransform toCrop)
    {
        using Mat crop = CropWarp.Warp(picture, toCrop, LandmarkNetwork.InputSide);
        var half = new Mat();
        Cv2.Resize(crop, half, new Size(LandmarkNetwork.Side, LandmarkNetwork.Side), 0, 0, InterpolationFlags.Area);
        return half;
    }

    /// <summary>Writes a BGR crop as RGB planes.</summary>
    public static void Write(Mat crop, Span<float> planes)
    {
        using var rgb = new Mat();
        Cv2.CvtColor(crop, rgb, ColorConversionCodes.BGR2RGB);
        Pixels.ToPlanes(rgb, planes);
    }

    private void DrawFace(int i, IReadOnlyList<LandmarkSample> samples, Random random)
    {
        LandmarkSample sample = samples[random.Next(samples.Count)];
        SimilarityTransform toCrop = MeshCrop.Around(sample.Place!, LandmarkNetwork.InputSide).Then(LandmarkAugmentation.Jitter(random));
        bool mirrored = random.Next(2) == 0;
        using (Mat crop = Cut(sample.Picture, toCrop))
        {
            if (mirrored)
            {
                Cv2.Flip(crop, crop, FlipMode.Y);
            }

            LandmarkAugmentation.Degrade(crop, random, cover: true);
            Fill(i, crop);
        }

        const int numbers = LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers;
        SimilarityTransform toSides = toCrop.Then(new(1.0 / LandmarkNetwork.InputSide, 0, 0, 0));
        LandmarkTargets.Write(sample.Mesh!, sample.Landmarks!, toSides, mirrored, Points.AsSpan(i * numbers, numbers));
        Units[i] = LandmarkTargets.EyeDistance(sample.Mesh!) * (float)toSides.Scale;
        Taught[i] = 1;
        Openness[2 * i] = sample.Openness![mirrored ? 1 : 0];
        Openness[(2 * i) + 1] = sample.Openness[mirrored ? 0 : 1];
        OpennessWeights[i] = sample.Exact ? 1 : TaughtOpenness;
        Presence[i] = 1;
    }

    private bool DrawNobody(int i, LandmarkSet set, Random random)
    {
        IReadOnlyList<LandmarkSample> samples = set.Empty.Count > 0 && random.Next(4) == 0 ? set.Empty : random.Next(4) == 0 && set.Real.Count > 0 ? set.Real : set.Rendered;
        LandmarkSample sample = samples[random.Next(samples.Count)];
        if (LandmarkAugmentation.Nobody(sample, random) is not { } toCrop)
        {
            return false;
        }

        using Mat crop = Cut(sample.Picture, toCrop);
        LandmarkAugmentation.Degrade(crop, random, cover: false);
        Fill(i, crop);
        return true;
    }

    private void Fill(int i, Mat crop)
    {
        const int area = 3 * LandmarkNetwork.Side * LandmarkNetwork.Side;
        Write(crop, Crops.AsSpan(i * area, area));
    }
}
