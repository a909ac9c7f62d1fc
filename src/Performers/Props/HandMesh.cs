using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Props;

/// <summary>A hand of simple bodies: palm, four fingers, thumb, forearm. Lengths are those of an adult hand of 18 cm.</summary>
internal static class HandMesh
{
    // Length and radius of the fingers from index to little finger, cm.
    private static readonly (float Length, float Radius)[] Fingers = [(7.0f, 0.92f), (7.7f, 0.95f), (7.1f, 0.90f), (5.6f, 0.80f)];

    /// <summary>Adds a hand.</summary>
    /// <param name="builder">Gets the parts.</param>
    /// <param name="grip">Where the hand is.</param>
    /// <param name="random">How fingers spread and bend.</param>
    public static void Build(MeshBuilder builder, Grip grip, Random random)
    {
        Vector3 up = grip.Up, back = Vector3.Normalize(grip.Back - (Vector3.Dot(grip.Back, up) * up));
        Vector3 thumbward = grip.Side * Vector3.Cross(up, back);
        Vector3 palm = grip.Knuckles - (up * 4.2f);
        builder.Ellipsoid(palm, Handed(4.1f * thumbward, 4.9f * up, 1.35f * back), HeadMaterial.Hand);
        builder.Ellipsoid(grip.Knuckles - (up * 1.6f), Handed(3.9f * thumbward, 2.4f * up, 1.15f * back), HeadMaterial.Hand);
        for (int i = 0; i < Fingers.Length; i++)
        {
            (float length, float radius) = Fingers[i];
            float place = 1.5f - i;
            Vector3 root = grip.Knuckles + (thumbward * place * 1.75f) - (up * (0.5f * MathF.Abs(place)));
            Vector3 direction = Vector3.Normalize(up + (thumbward * place * random.NextSingle(0.0f, 0.08f)));
            Finger(builder, root - (direction * 1.2f), direction, back, length + 1.2f, radius, grip.Bend + random.NextSingle(-0.1f, 0.15f));
        }

        Vector3 thumbRoot = palm + (thumbward * 1.8f) - (up * 2.4f);
        Finger(builder, thumbRoot, Vector3.Normalize((up * 0.75f) + (thumbward * 0.8f)), back, 7.4f, 1.2f, grip.Bend * 0.5f);
        Vector3 wrist = palm - (up * 3.5f);
        Vector3 elbowward = Vector3.Normalize(-up + new Vector3(0, -0.6f, -0.1f));
        builder.Tube([.. Enumerable.Range(0, 8).Select(i => wrist + (elbowward * (3.2f * i)))], i => 2.4f + (0.2f * i), closed: false, HeadMaterial.Hand, sides: 16, flatten: 0.75f);
    }

    // The finger curls toward the palm, more at each joint; its tip is round.
    private static void Finger(MeshBuilder builder, Vector3 root, Vector3 direction, Vector3 back, float length, float radius, float bend)
    {
        const int Points = 12;
        var path = new Vector3[Points];
        Vector3 at = root;
        for (int i = 0; i < Points; i++)
        {
            path[i] = at;
            float angle = bend * 1.6f * i / Points;
            at += ((MathF.Cos(angle) * direction) - (MathF.Sin(angle) * back)) * (length / (Points - 1));
        }

        builder.Tube(path, Radius, closed: false, HeadMaterial.Hand, sides: 12);

        float Radius(int i)
        {
            float along = i / (Points - 1f);
            float tip = MathF.Sqrt(Math.Max(0.02f, 1 - MathF.Pow(Math.Max(0, (along - 0.86f) / 0.14f), 2)));
            float joint = 1 + (0.06f * MathF.Cos(along * 14));
            return radius * (1 - (0.22f * along)) * tip * joint;
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
