using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Props;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Datasets;

/// <summary>
/// Draws single pictures: head pose, gaze, expression, camera, light. The spreads are those of labelled sets of faces in the wild, wider where a network must
/// not fail: half the yaws are normal about the camera, half even to 45 degrees, some are profiles.
/// </summary>
internal static class ShotSampler
{
    // Height of a face from hairline to chin, cm, for the wanted height in pixels.
    private const float FaceHeight = 22;

    // The body is modelled for so many face heights below the middle of the head; its end must not be seen.
    private const float BodyLength = 2.9f;

    /// <summary>Draws a picture of one person.</summary>
    /// <param name="random">Chance of everything but the scene.</param>
    /// <param name="sceneSeed">Of the scene.</param>
    /// <param name="performer">Who; decides how the eyes turn to a point.</param>
    /// <param name="size">Side of the picture, pixels.</param>
    public static Shot Draw(Random random, int sceneSeed, Performer performer, int size)
    {
        float yaw = Yaw(random);
        float distance = MathF.Exp(random.NextSingle(MathF.Log(40), MathF.Log(150)));

        // Share of the picture that the face is high.
        float share = random.NextSingle() < 0.8f ? random.NextSingle(0.23f, 0.84f) : random.NextSingle(0.16f, 0.35f);
        float focal = share * size * distance / FaceHeight, margin = 0.8f * (1 - share) / 2;
        float across = 0.5f + random.NextSingle(-margin, margin), down = Math.Max(0.5f + random.NextSingle(-margin, margin), 1 - (BodyLength * share));
        PerformerPose placed = new()
        {
            Head = new(yaw, Normal(random, 9, 25), Normal(random, 8, 30)),
            Body = new(Normal(random, 7, 20), 0, Normal(random, 3, 9)),
            Position = new(0, 0, distance),
            Expression = ExpressionOf(random),
        };
        (EyePair<GazeAngles> gaze, Vector3? target) = GazeOf(random, performer, placed, yaw);
        float lids = random.NextSingle();
        float blink = lids < 0.05f ? 1 : lids < 0.13f ? random.NextSingle() : 0;
        Scene scene = Scene.Random(sceneSeed);
        return new()
        {
            Pose = placed.WithGaze(gaze).WithBlink(blink),
            Target = target,
            Camera = new(size, size, focal, focal, size * across, size * down),
            Scene = scene with { Look = Scaled(scene.Look, size) },
            ExposureFactor = MathF.Exp(0.25f * random.NextGaussian()) * (random.NextSingle() < 0.08f ? random.NextSingle(0.12f, 0.4f) : 1),
            Occluders = random.NextSingle() < 0.1f ? [new((OccluderKind)random.Next(4), random.Next())] : [],
            NoiseSeed = random.Next(),
        };
    }

    // Blur was chosen for 512 px; a smaller picture of the same face shows less of it.
    private static CameraLook Scaled(CameraLook look, int size)
    {
        float scale = Math.Min(1, size / 512f);
        return look with { Defocus = look.Defocus * scale, MotionBlur = look.MotionBlur * scale, Softness = look.Softness * MathF.Sqrt(scale) };
    }

    private static float Yaw(Random random)
    {
        float kind = random.NextSingle();
        return kind < 0.47f ? Normal(random, 15, 45)
            : kind < 0.94f ? float.DegreesToRadians(random.NextSingle(-45, 45))
            : float.DegreesToRadians(random.NextSingle(45, 70) * (random.Next(2) == 0 ? 1 : -1));
    }

    private static (EyePair<GazeAngles> Gaze, Vector3? Target) GazeOf(Random random, Performer performer, PerformerPose placed, float headYaw)
    {
        float kind = random.NextSingle();
        if (kind > 0.67f)
        {
            // Anywhere the eyes go, parallel or meeting near the face.
            GazeAngles mean = GazeAngles.FromDegrees(random.NextSingle(-30, 30), random.NextSingle(-22, 18));
            float inward = float.DegreesToRadians(random.NextSingle(0, 2.5f));
            return (EyeReach.Clamp(new EyePair<GazeAngles>(mean with { Yaw = mean.Yaw - inward }, mean with { Yaw = mean.Yaw + inward })), null);
        }

        Vector3 eyes = performer.EyesMidpoint(placed);
        Vector3 point = kind < 0.35f ? Vector3.Zero
            : eyes + (120 * new GazeAngles((0.6f * headYaw) + float.DegreesToRadians(random.NextSingle(-35, 35)), float.DegreesToRadians(random.NextSingle(-22, 18))).ToDirection());
        EyePair<GazeAngles> wanted = performer.LookAt(point, placed), reached = EyeReach.Clamp(wanted);
        return (reached, wanted == reached ? point : null);
    }

    // Up to two expressions and, in two of five pictures, a mouth that speaks.
    private static Expression ExpressionOf(Random random)
    {
        Expression sum = Expression.Neutral;
        for (int i = random.Next(3); i > 0; i--)
        {
            sum = sum.Plus(Expressions.All[random.Next(Expressions.All.Count)], random.NextSingle(0.3f, 1));
        }

        sum = random.NextSingle() < 0.4f ? sum.Plus(Expressions.Visemes[random.Next(Expressions.Visemes.Count)], random.NextSingle(0.3f, 1)) : sum;
        return Expression.Of(sum.Parts().Select(part => (part.Shape, Math.Min(part.Weight, 1))));
    }

    // Degrees in, radians out.
    private static float Normal(Random random, float deviation, float limit) => float.DegreesToRadians(Math.Clamp(deviation * random.NextGaussian(), -limit, limit));
}
