using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Props;

/// <summary>Builds what is held before a face, fitted to the face's landmarks at rest. Head frame, cm.</summary>
internal static class OccluderMesh
{
    public static AttachedMesh Build(Occluder occluder, Performer performer)
    {
        var random = new Random(occluder.Seed);
        var builder = new MeshBuilder();
        ReadOnlySpan<Vector3> head = performer.RestHead;
        int[] landmarks = performer.Assets.Head.Landmarks68;
        Vector3 mouth = (head[landmarks[62]] + head[landmarks[66]]) / 2, chin = head[landmarks[8]];
        Vector3 cheek = (head[landmarks[14]] + head[landmarks[45]]) / 2;
        int side = random.Next(2) == 0 ? 1 : -1;
        switch (occluder.Kind)
        {
            case OccluderKind.Microphone:
                Microphone(builder, mouth + occluder.Offset, side, random);
                break;
            case OccluderKind.HandOnChin:
                HandMesh.Build(builder, new(chin + new Vector3(side * 1.2f, -1.0f, 1.3f) + occluder.Offset, Upward(side, 0.35f, random), Back(side, 0.2f), side, 0.75f), random);
                break;
            case OccluderKind.HandOverMouth:
                HandMesh.Build(builder, new(mouth + new Vector3(side * 3.4f, -2.2f, 1.5f) + occluder.Offset, Upward(side, 1.1f, random), Back(side, 0.1f), side, 0.15f), random);
                break;
            default:
                HandMesh.Build(builder, new(new Vector3(side * (MathF.Abs(cheek.X) + 0.6f), chin.Y + 1.5f, cheek.Z + 0.3f) + occluder.Offset, Upward(side, 0.1f, random), Back(side, 1f), side, 0.3f), random);
                break;
        }

        return builder.Build();
    }

    // Where the fingers point: up, leaning to the other side of the face.
    private static Vector3 Upward(int side, float lean, Random random) => Vector3.Normalize(new(-side * (lean + random.NextSingle(-0.15f, 0.15f)), 1, 0.05f));

    // The back of the hand: away from the face.
    private static Vector3 Back(int side, float sideways) => Vector3.Normalize(new(side * sideways, -0.1f, 1));

    private static void Microphone(MeshBuilder builder, Vector3 mouth, int side, Random random)
    {
        float radius = random.NextSingle(1.7f, 2.6f);
        Vector3 along = Vector3.Normalize(new(side * random.NextSingle(0.1f, 0.7f), -1, random.NextSingle(0.2f, 0.7f)));
        Vector3 head = mouth + new Vector3(side * random.NextSingle(0, 1.2f), random.NextSingle(-3.4f, -1.6f), 1.4f + radius);
        Vector3 across = Vector3.Normalize(Vector3.Cross(along, Vector3.UnitZ));
        builder.Ellipsoid(head, (radius * across, -radius * 1.1f * along, radius * Vector3.Cross(across, -along)), HeadMaterial.Prop);
        Vector3[] grip = [.. Enumerable.Range(0, 8).Select(i => head + (along * ((radius * 0.8f) + (i * 2.6f))))];
        builder.Tube(grip, i => i == 0 ? radius * 0.72f : radius * (0.62f - (0.02f * i)), closed: false, HeadMaterial.Prop, sides: 14);
    }
}
