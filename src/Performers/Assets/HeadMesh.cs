using System.Numerics;

namespace VideoGaze.Performers.Assets;

/// <summary>
/// The neutral head, neck and bust of ICT-FaceKit. Head frame: x to the person's left, y up, z out of the face; about cm.
/// </summary>
/// <param name="Neutral">26 719 vertices.</param>
/// <param name="NeutralNormals">Unit normals of the skin vertices at rest.</param>
/// <param name="TextureCoordinates">28 911 pairs, v up, the tile in the integer part of u.</param>
/// <param name="Triangles">52 220, into the vertices.</param>
/// <param name="TextureTriangles">The same triangles, into the texture coordinates.</param>
/// <param name="Materials">Of each triangle.</param>
/// <param name="Landmarks68">Vertex of each landmark, iBUG order.</param>
/// <param name="MouthInnerLoop">Vertices of the inner border of the lips, 74, a closed ring.</param>
internal sealed record HeadMesh(
    Vector3[] Neutral,
    Vector3[] NeutralNormals,
    Vector2[] TextureCoordinates,
    Triangle[] Triangles,
    Triangle[] TextureTriangles,
    HeadMaterial[] Materials,
    int[] Landmarks68,
    int[] MouthInnerLoop)
{
    /// <summary>Vertices 0 to here (exclusive) are skin: face, head, neck, bust.</summary>
    public const int SkinEnd = 11248;

    /// <summary>Vertices 0 to here are the face with the ears' front.</summary>
    public const int FaceEnd = 9409;

    /// <summary>Vertices 0 to here are the face from hairline to chin; the face box is around these.</summary>
    public const int NarrowFaceEnd = 6706;

    /// <summary>Vertices of the mouth's inside wall.</summary>
    public static Range MouthSocket => 11248..13294;

    /// <summary>Vertices of gums, tongue and teeth.</summary>
    public static Range GumsAndTeeth => 14062..21451;

    /// <summary>The point the neck bends about, cm.</summary>
    public static Vector3 NeckPivot => new(0, -8.5f, -1);

    /// <summary>
    /// How much of the head's rotation a vertex takes: from 0 at the collar to 1 at the jaw, along y + 0.3 z so that the nape bends lower than the throat.
    /// </summary>
    public static float NeckWeight(int vertex, Vector3 neutral) => vertex >= SkinEnd ? 1 : SmoothStep(-13.5f, -6.5f, neutral.Y + (0.3f * neutral.Z));

    /// <summary>How much of the identity a vertex takes: it fades out below the neck, so that every body, and its clothes, is the same.</summary>
    public static float BodyFade(int vertex, Vector3 neutral) => vertex >= SkinEnd ? 1 : SmoothStep(-15, -9, neutral.Y + (0.3f * neutral.Z));

    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth between.</summary>
    public static float SmoothStep(float from, float to, float x)
    {
        float t = Math.Clamp((x - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>Reads the head.</summary>
    public static HeadMesh Read(AssetReader reader)
    {
        Vector3[] neutral = reader.ReadRows<float, Vector3>("ict/neutral.f32");
        Triangle[] triangles = reader.ReadRows<int, Triangle>("ict/tri.i32");
        HeadMaterial[] materials = Array.ConvertAll(reader.Read<byte>("ict/trimat.u8"), number => (HeadMaterial)number);
        if (materials.Length != triangles.Length || neutral.Length < SkinEnd || triangles.Max(triangle => Math.Max(triangle.A, Math.Max(triangle.B, triangle.C))) >= neutral.Length)
        {
            throw AssetReader.Damaged("the triangles of 'ict/tri.i32' do not belong to its vertices");
        }

        return new(
            neutral,
            reader.ReadRows<float, Vector3>("ict/neutral.normal.f32"),
            reader.ReadRows<float, Vector2>("ict/uv.f32"),
            triangles,
            reader.ReadRows<int, Triangle>("ict/triuv.i32"),
            materials,
            reader.Index.Landmarks68,
            reader.Index.MouthInnerLoop);
    }
}
