using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Raster;

/// <summary>How the vertices of a performer hang together, with what is attached to the head; the same in every pose.</summary>
internal sealed class Topology
{
    private Topology(Vector3[] rest, Vector2[] textureCoordinates, Triangle[] triangles, Triangle[] textureTriangles, HeadMaterial[] materials, int torsoStart, int hairStart, int attachedStart, bool hairHasStrands)
    {
        HairHasStrands = hairHasStrands;
        Rest = rest;
        TextureCoordinates = textureCoordinates;
        Triangles = triangles;
        TextureTriangles = textureTriangles;
        Materials = materials;
        TorsoStart = torsoStart;
        HairStart = hairStart;
        AttachedStart = attachedStart;
        Occluders = [.. triangles.Where((_, index) => CastsShadow(materials[index]))];
        TextureAreas = [.. textureTriangles.Select(AreaOf)];
    }

    /// <summary>Vertices of the neutral head and of all that is on it: what noise is looked up by, so that it sticks to the skin.</summary>
    public Vector3[] Rest { get; }

    public Vector2[] TextureCoordinates { get; }

    public Triangle[] Triangles { get; }

    public Triangle[] TextureTriangles { get; }

    public HeadMaterial[] Materials { get; }

    /// <summary>Triangles that cast shadows: what light meets first. The mouth's inside and the eyes are darkened by other means.</summary>
    public Triangle[] Occluders { get; }

    /// <summary>Area of each triangle on its texture, whose area is 1.</summary>
    public float[] TextureAreas { get; }

    public int TorsoStart { get; }

    public int HairStart { get; }

    public int AttachedStart { get; }

    /// <summary>Whether hair runs along v of its texture; curls run nowhere.</summary>
    public bool HairHasStrands { get; }

    public static Topology Of(Performer performer)
    {
        PerformerAssets assets = performer.Assets;
        HeadMesh head = assets.Head;
        List<Triangle> triangles = [], textureTriangles = [];
        List<HeadMaterial> materials = [];
        for (int t = 0; t < head.Triangles.Length; t++)
        {
            if (IsDrawn(head.Materials[t]))
            {
                triangles.Add(head.Triangles[t]);
                textureTriangles.Add(head.TextureTriangles[t]);
                materials.Add(head.Materials[t]);
            }
        }

        triangles.AddRange(assets.TorsoTriangles);
        textureTriangles.AddRange(new Triangle[assets.TorsoTriangles.Length]);
        materials.AddRange(Enumerable.Repeat(HeadMaterial.Cloth, assets.TorsoTriangles.Length));
        Vector2[] coordinates = Array.ConvertAll(head.TextureCoordinates, WithoutTile);
        int torsoStart = head.Neutral.Length, hairStart = torsoStart + assets.TorsoVertices.Length;
        Vector3[] rest = [.. head.Neutral, .. assets.TorsoVertices];
        if (performer.HairStyle is HairMesh hair)
        {
            triangles.AddRange(hair.Triangles.Select(triangle => triangle.Shifted(hairStart)));
            textureTriangles.AddRange(hair.TextureTriangles.Select(triangle => triangle.Shifted(coordinates.Length)));
            materials.AddRange(Enumerable.Repeat(HeadMaterial.Hair, hair.Triangles.Length));
            coordinates = [.. coordinates, .. hair.TextureCoordinates];
            rest = [.. rest, .. performer.RestHair];
        }

        return new(rest, coordinates, [.. triangles], [.. textureTriangles], [.. materials], torsoStart, hairStart, rest.Length, !performer.Identity.Hair.IsCurly);
    }

    /// <summary>This and more that is attached to the head.</summary>
    public Topology With(IReadOnlyList<AttachedMesh> attached)
    {
        if (attached.Count == 0)
        {
            return this;
        }

        List<Triangle> triangles = [.. Triangles];
        List<HeadMaterial> materials = [.. Materials];
        List<Vector3> rest = [.. Rest];
        foreach (AttachedMesh mesh in attached)
        {
            int start = rest.Count;
            triangles.AddRange(mesh.Triangles.Select(triangle => triangle.Shifted(start)));
            materials.AddRange(mesh.Materials);
            rest.AddRange(mesh.Vertices);
        }

        Triangle[] textureTriangles = [.. TextureTriangles, .. new Triangle[triangles.Count - Triangles.Length]];
        return new([.. rest], TextureCoordinates, [.. triangles], textureTriangles, [.. materials], TorsoStart, HairStart, AttachedStart, HairHasStrands);
    }

    /// <summary>Whether a material lets what is behind it show.</summary>
    public static bool IsTranslucent(HeadMaterial material) => material is HeadMaterial.Hair or HeadMaterial.Lashes or HeadMaterial.Lens or HeadMaterial.Strand;

    private static bool IsDrawn(HeadMaterial material) =>
        material is not (HeadMaterial.LeftIris or HeadMaterial.RightIris or HeadMaterial.LacrimalFluid or HeadMaterial.EyeBlend or HeadMaterial.EyeOcclusion);

    private static bool CastsShadow(HeadMaterial material) =>
        material is HeadMaterial.Face or HeadMaterial.BackHead or HeadMaterial.MouthSocket or HeadMaterial.Cloth or HeadMaterial.Hair
            or HeadMaterial.GlassesFrame or HeadMaterial.Prop or HeadMaterial.Hand or HeadMaterial.Headwear;

    // A coordinate of exactly 1 belongs to the tile on its left.
    private static Vector2 WithoutTile(Vector2 uv) => new(uv.X - MathF.Floor(uv.X - 1e-6f), uv.Y);

    private float AreaOf(Triangle triangle)
    {
        Vector2 a = TextureCoordinates[triangle.A], ab = TextureCoordinates[triangle.B] - a, ac = TextureCoordinates[triangle.C] - a;
        return MathF.Abs((ab.X * ac.Y) - (ab.Y * ac.X)) / 2;
    }
}
