using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Props;

/// <summary>A hand: one body from the forearm to the knuckles, four fingers that bend at their joints, thumb, nails. Lengths are those of an adult hand of 18 cm.</summary>
internal static class HandMesh
{
    // Length and radius of the fingers from index to little finger, cm, and how far their roots lie behind the middle finger's.
    private static readonly (float Length, float Radius, float Back)[] Fingers = [(7.0f, 0.86f, 0.25f), (7.7f, 0.88f, 0), (7.1f, 0.83f, 0.3f), (5.6f, 0.74f, 0.95f)];

    // Sections of the body from the knuckles to the elbow: how far down, half width, half thickness, cm.
    private static readonly (float Down, float Width, float Thick)[] Sections =
    [
        (-0.9f, 3.1f, 0.55f), (-0.35f, 3.75f, 0.85f), (0.6f, 4.0f, 1.10f), (2.2f, 4.0f, 1.35f), (4.2f, 3.85f, 1.55f), (6.2f, 3.4f, 1.60f), (7.8f, 2.75f, 1.55f), (9.2f, 2.6f, 1.65f),
        (11.5f, 2.7f, 1.9f), (15, 3.0f, 2.4f), (20, 3.5f, 3.0f), (27, 4.0f, 3.5f), (34, 4.3f, 3.8f),
    ];

    /// <summary>Adds a hand.</summary>
    /// <param name="builder">Gets the parts.</param>
    /// <param name="grip">Where the hand is.</param>
    /// <param name="random">How fingers spread and bend.</param>
    public static void Build(MeshBuilder builder, Grip grip, Random random)
    {
        Vector3 up = grip.Up, back = Vector3.Normalize(grip.Back - (Vector3.Dot(grip.Back, up) * up));
        Vector3 thumbward = grip.Side * Vector3.Cross(up, back);
        Body(builder, grip, up, back, thumbward);
        for (int i = 0; i < Fingers.Length; i++)
        {
            (float length, float radius, float behind) = Fingers[i];
            float place = 1.5f - i;
            Vector3 root = grip.Knuckles + (thumbward * place * 1.85f) - (up * behind);
            Vector3 direction = Vector3.Normalize(up + (thumbward * place * random.NextSingle(0.01f, 0.09f)));
            float bend = grip.Bend + random.NextSingle(-0.1f, 0.15f);
            Finger(builder, root - (direction * 1.6f) + (back * 0.15f), direction, back, length + 1.6f, radius, bend);

            // The knuckle itself.
            builder.Ellipsoid(root - (up * 0.5f) + (back * 0.26f), Handed(0.95f * thumbward, 1.35f * up, 0.72f * back), HeadMaterial.Hand);
        }

        // The ball of the thumb, and the thumb from it; its nail looks aside.
        Vector3 ball = grip.Knuckles - (up * 6.0f) + (thumbward * 2.3f) - (back * 0.35f);
        builder.Ellipsoid(ball, Handed(1.75f * thumbward, 2.6f * up, 1.5f * back), HeadMaterial.Hand);
        Vector3 thumb = Vector3.Normalize((up * 0.85f) + (thumbward * 0.6f));
        Finger(builder, ball - (thumb * 0.6f) + (thumbward * 0.3f), thumb, Vector3.Normalize((back * 0.6f) + (thumbward * 0.8f)), 7.0f, 1.08f, grip.Bend * 0.4f);
    }

    // The forearm goes down to the elbow, wherever the fingers point.
    private static void Body(MeshBuilder builder, Grip grip, Vector3 up, Vector3 back, Vector3 thumbward)
    {
        const int Around = 28;
        Vector3 elbowward = Vector3.Normalize(-up + new Vector3(0, -0.6f, -0.1f));
        List<Vector3> points = [];
        foreach ((float down, float width, float thick) in Sections)
        {
            // Beyond the wrist the direction turns toward the elbow.
            float turned = HeadMesh.SmoothStep(6.5f, 13, down), straight = Math.Min(down, 8.5f);
            Vector3 middle = grip.Knuckles - (up * straight) + (Vector3.Lerp(-up, elbowward, turned) * (down - straight));
            for (int k = 0; k < Around; k++)
            {
                (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * k / Around);

                // Tendons raise the back between wrist and knuckles.
                float tendons = sine > 0 && down is > 0.5f and < 6 ? 0.07f * MathF.Cos(cosine * 12.5f) : 0;
                points.Add(middle + (thumbward * (width * cosine)) + (back * ((thick + tendons) * sine)));
            }
        }

        builder.Grid(points, Around, closed: true, HeadMaterial.Hand, flipped: grip.Side > 0);
        Vector3 tip = grip.Knuckles + (up * 0.95f);
        builder.Grid([.. Enumerable.Repeat(tip, Around), .. points.Take(Around)], Around, closed: true, HeadMaterial.Hand, flipped: grip.Side > 0);
    }

    // A finger curls toward the palm at three joints; its tip is round and carries a nail.
    private static void Finger(MeshBuilder builder, Vector3 root, Vector3 direction, Vector3 back, float length, float radius, float bend)
    {
        const int Points = 26;
        var path = new Vector3[Points];
        Vector3 at = root, heading = direction;
        for (int i = 0; i < Points; i++)
        {
            path[i] = at;
            float along = i / (Points - 1f);
            float angle = bend * ((0.45f * Joint(0.20f, along)) + (0.75f * Joint(0.56f, along)) + (0.40f * Joint(0.79f, along)));
            heading = (MathF.Cos(angle) * direction) - (MathF.Sin(angle) * back);
            at += heading * (length / (Points - 1));
        }

        builder.Tube(path, Radius, closed: false, HeadMaterial.Hand, sides: 14);
        Vector3 nailward = Vector3.Normalize(back - (Vector3.Dot(back, heading) * heading)), across = Vector3.Cross(heading, nailward);
        Vector3 nail = path[Points - 4] + (nailward * (radius * 0.50f));
        builder.Ellipsoid(nail, Handed(radius * 0.52f * across, radius * 0.66f * heading, radius * 0.26f * nailward), HeadMaterial.Nail);

        static float Joint(float place, float along) => HeadMesh.SmoothStep(place - 0.06f, place + 0.06f, along);

        float Radius(int i)
        {
            float along = i / (Points - 1f);
            float tip = MathF.Sqrt(Math.Max(0.02f, 1 - MathF.Pow(Math.Max(0, (along - 0.9f) / 0.1f), 2)));

            // Joints are thick, the flesh between them thinner.
            float joints = 1 + (0.09f * Bump(0.56f, along)) + (0.05f * Bump(0.79f, along)) - (0.04f * Bump(0.38f, along));
            return radius * (1.03f - (0.24f * along)) * tip * joints;
        }

        static float Bump(float place, float along)
        {
            float off = (along - place) / 0.055f;
            return MathF.Exp(-off * off);
        }
    }

    // Ellipsoids want right-handed axes, or their normals point inward.
    private static (Vector3 X, Vector3 Y, Vector3 Z) Handed(Vector3 x, Vector3 y, Vector3 z) =>
        Vector3.Dot(Vector3.Cross(x, y), z) < 0 ? (-x, y, z) : (x, y, z);

    /// <summary>Where a hand is and how it is turned. Head frame, cm.</summary>
    /// <param name="Knuckles">Middle of the knuckles.</param>
    /// <param name="Up">Where the fingers point, unit vector.</param>
    /// <param name="Back">Where the back of the hand points, unit vector.</param>
    /// <param name="Side">1: from the person's left, -1: from the right.</param>
    /// <param name="Bend">How far the fingers curl, 0 straight to 1.</param>
    internal readonly record struct Grip(Vector3 Knuckles, Vector3 Up, Vector3 Back, int Side, float Bend);
}
