using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training.Data;

/// <summary>Eye pictures and truth of some faces as plain arrays, rows as <see cref="EyesNetwork"/> wants them: left eye, mirrored right eye.</summary>
/// <param name="Faces">N.</param>
/// <param name="RealFrom">First face that is no rendered one but a real one labelled by other networks; N where there are none.</param>
internal sealed record EyesBatch(int Faces, int RealFrom)
{
    // iBUG 36 to 41 in the order of the mirror image, 42 to 47; the iris stays last.
    private static readonly int[] RightAsLeft = [3, 2, 1, 0, 5, 4, 6];

    /// <summary>Floats of one eye picture.</summary>
    public const int Area = 3 * EyesNetwork.Width * EyesNetwork.Height;

    /// <summary>(2N, 3, H, W).</summary>
    public float[] Eyes { get; } = new float[2 * Faces * Area];

    /// <summary>(2N, 2), yaw and pitch of the head, radians.</summary>
    public float[] Heads { get; } = new float[2 * Faces * 2];

    /// <summary>(2N, 2), the eye's own visual axis.</summary>
    public float[] Own { get; } = new float[2 * Faces * 2];

    /// <summary>(2N, 2), both visual axes together.</summary>
    public float[] Both { get; } = new float[2 * Faces * 2];

    /// <summary>(2N, 14), contour and iris.</summary>
    public float[] Points { get; } = new float[2 * Faces * EyesNetwork.PointNumbers];

    /// <summary>(2N, 2), aperture and openness.</summary>
    public float[] Lids { get; } = new float[2 * Faces * 2];

    /// <summary>(2N): how much the gaze counts; 0 where the lids are shut and for real faces, whose gaze is only known up to a bias.</summary>
    public float[] GazeWeights { get; } = new float[2 * Faces];

    /// <summary>(2N): how much the iris counts.</summary>
    public float[] IrisWeights { get; } = new float[2 * Faces];

    /// <summary>(2N, 2): how much aperture and openness count.</summary>
    public float[] LidWeights { get; } = new float[2 * Faces * 2];

    /// <summary>Augmented faces for a step of training; everything random follows from seed and step.</summary>
    /// <param name="samples">Rendered faces.</param>
    /// <param name="faces">How many of them.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="step">Number of the step.</param>
    /// <param name="real">Clips of real faces.</param>
    /// <param name="realFaces">How many faces, all of one clip.</param>
    public static EyesBatch Draw(List<EyesSample> samples, int faces, int seed, int step, IReadOnlyList<List<EyesSample>>? real = null, int realFaces = 0)
    {
        Random random = StepRandom.Of(seed, step, 0);
        bool withReal = real is { Count: > 0 } && realFaces > 0;
        var batch = new EyesBatch(withReal ? faces + realFaces : faces, faces);
        for (int i = 0; i < faces; i++)
        {
            // Small eyes show less than their labels say; downscaling makes enough of them.
            EyesSample sample;
            do
            {
                sample = samples[random.Next(samples.Count)];
            }
            while (random.NextDouble() * SurelyTaken > Math.Max(sample.Left.Width, sample.Right.Width) || (LooksIntoCamera(sample) && random.NextDouble() > CameraShare));

            batch.Put(i, sample, random);
        }

        if (withReal)
        {
            List<EyesSample> clip = real![random.Next(real.Count)];
            for (int i = faces; i < batch.Faces; i++)
            {
                batch.Put(i, clip[random.Next(clip.Count)], random);
            }
        }

        return batch;
    }

    /// <summary>Faces without augmentation, looked for in the right place, for measuring.</summary>
    public static EyesBatch Plain(IReadOnlyList<EyesSample> samples)
    {
        var batch = new EyesBatch(samples.Count, samples.Count);
        for (int i = 0; i < samples.Count; i++)
        {
            batch.Put(i, samples[i], random: null);
        }

        return batch;
    }

    // Eye width in pixels from which a face is always taken.
    private const double SurelyTaken = 14;

    // A third of the performers look exactly into the camera. Taken as they come, they teach the network to answer (0, 0) to whoever looks nearly there: on held-out people the error was 0.2 degrees
    // for them and 3.6 for all others. A quarter of them is kept.
    private const double CameraShare = 0.25;

    /// <summary>Within half a degree.</summary>
    private static bool LooksIntoCamera(EyesSample sample) => sample.Gaze.Z < -0.99996f;

    private void Put(int face, EyesSample sample, Random? random)
    {
        EyesAugmentation.Misplacement wrong = random is null ? default : EyesAugmentation.Misplacement.Draw(random);
        double tilt = sample.Tilt + wrong.Turn;
        int stream = random?.Next() ?? 0;
        GazeAngles facing = Levelled(sample.Facing, tilt);
        Vector2 head = new(facing.Yaw, facing.Pitch);
        head = random is null ? head : EyesAugmentation.Misjudged(head, random);
        bool covered = random?.NextDouble() < 0.06;
        int coveredEye = random?.Next(2) ?? 0;
        foreach (bool left in new[] { true, false })
        {
            int row = (2 * face) + (left ? 0 : 1);
            float sign = left ? 1 : -1;
            EyeSample eye = left ? sample.Left : sample.Right;
            SimilarityTransform toCrop = random is null
                ? EyesCrop.TransformFor(eye.Centre, eye.Width, sample.Tilt)
                : wrong.TransformFor(eye.Centre, eye.Width, sample.Tilt, random);
            using Mat crop = EyesCrop.Cut(eye.Picture, toCrop);
            if (random is not null)
            {
                EyesAugmentation.Degrade(crop, new Random(stream), random);
                if (covered && coveredEye == row % 2)
                {
                    EyesAugmentation.Cover(crop, random);
                }
            }

            EyesCrop.Write(crop, mirrored: !left, Eyes.AsSpan(row * Area, Area));
            GazeAngles own = Levelled(eye.Gaze, tilt), both = Levelled(sample.Gaze, tilt);
            (Heads[2 * row], Heads[(2 * row) + 1]) = (sign * head.X, head.Y);
            (Own[2 * row], Own[(2 * row) + 1]) = (sign * own.Yaw, own.Pitch);
            (Both[2 * row], Both[(2 * row) + 1]) = (sign * both.Yaw, both.Pitch);
            for (int p = 0; p < RightAsLeft.Length; p++)
            {
                Vector2 place = toCrop.Apply(eye.Points[left ? p : RightAsLeft[p]]);
                int at = (row * EyesNetwork.PointNumbers) + (2 * p);
                const float half = EyesNetwork.Width / 2f;
                Points[at] = sign * (place.X - half) / half;
                Points[at + 1] = (place.Y - (EyesNetwork.Height / 2f)) / half;
            }

            (Lids[2 * row], Lids[(2 * row) + 1]) = (eye.Aperture, Math.Clamp(eye.Openness, 0, 1.2f));
            bool open = eye.Openness >= LeastOpen, isReal = face >= RealFrom;
            GazeWeights[row] = open && !isReal ? Math.Min(1, eye.Openness + 0.2f) : 0;
            IrisWeights[row] = open ? 1 : 0.05f;
            (LidWeights[2 * row], LidWeights[(2 * row) + 1]) = (1, isReal ? 0 : 1);
        }
    }

    // Lids below this hide the iris: what the eye does behind them is not in the picture.
    private const float LeastOpen = 0.3f;

    /// <summary>A direction as a picture shows it that was turned until the eyes' line is level.</summary>
    private static GazeAngles Levelled(Vector3 direction, double tilt) => GazeAngles.FromDirection(GazeSamples.TurnedInPlane(direction, -tilt));
}
