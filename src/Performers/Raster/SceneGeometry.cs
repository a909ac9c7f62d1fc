using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Raster;

/// <summary>A posed performer with all that is attached, ready for light: camera frame, cm.</summary>
/// <param name="Topology">How vertices hang together.</param>
/// <param name="Positions">Vertices.</param>
/// <param name="Normals">Unit normals; those of hair lean outward from the skull, so that crossed cards shade as one body.</param>
/// <param name="Tangents">Of hair and loose strands: unit vectors along the hair, from <see cref="Topology.HairStart"/> on.</param>
internal sealed record SceneGeometry(Topology Topology, Vector3[] Positions, Vector3[] Normals, Vector3[] Tangents)
{
    // How much of a hair normal is the direction away from the skull.
    private const float Outward = 0.65f;

    public static SceneGeometry Of(PosedPerformer posed, Topology topology)
    {
        var positions = new Vector3[topology.Rest.Length];
        posed.Vertices.CopyTo(positions);
        for (int i = topology.AttachedStart; i < positions.Length; i++)
        {
            positions[i] = posed.Placement.ToCamera(topology.Rest[i]);
        }

        Vector3[] normals = NormalsOf(topology, positions);
        var tangents = new Vector3[positions.Length - topology.HairStart];
        AddHairTangents(topology, positions, tangents);
        Vector3 eyes = (posed.Eyes.Left.Centre + posed.Eyes.Right.Centre) / 2;
        Vector3 skull = eyes + Vector3.Transform(new Vector3(0, 1, -8), posed.HeadToCamera);
        for (int i = topology.HairStart; i < topology.AttachedStart; i++)
        {
            Vector3 outward = Vector3.Normalize(positions[i] - skull);
            Vector3 facing = Vector3.Dot(normals[i], outward) < 0 ? -normals[i] : normals[i];
            normals[i] = Vector3.Normalize(((1 - Outward) * facing) + (Outward * outward));
        }

        return new(topology, positions, normals, tangents);
    }

    // Sum of the triangles' normals, each as long as twice its area.
    private static Vector3[] NormalsOf(Topology topology, Vector3[] positions)
    {
        var normals = new Vector3[positions.Length];
        foreach (Triangle triangle in topology.Triangles)
        {
            Vector3 a = positions[triangle.A];
            Vector3 normal = Vector3.Cross(positions[triangle.B] - a, positions[triangle.C] - a);
            normals[triangle.A] += normal;
            normals[triangle.B] += normal;
            normals[triangle.C] += normal;
        }

        for (int i = 0; i < normals.Length; i++)
        {
            float length = normals[i].Length();
            normals[i] = length > 1e-12f ? normals[i] / length : new Vector3(0, 0, -1);
        }

        return normals;
    }

    // Hair runs along v of its texture: the direction in which v grows at constant u.
    private static void AddHairTangents(Topology topology, Vector3[] positions, Vector3[] tangents)
    {
        for (int t = 0; t < topology.Triangles.Length; t++)
        {
            if (topology.Materials[t] != HeadMaterial.Hair)
            {
                continue;
            }

            Triangle triangle = topology.Triangles[t], texture = topology.TextureTriangles[t];
            Vector3 ab = positions[triangle.B] - positions[triangle.A], ac = positions[triangle.C] - positions[triangle.A];
            Vector2 uv = topology.TextureCoordinates[texture.A], uvB = topology.TextureCoordinates[texture.B] - uv, uvC = topology.TextureCoordinates[texture.C] - uv;
            float determinant = (uvB.X * uvC.Y) - (uvB.Y * uvC.X);
            Vector3 along = ((uvB.X * ac) - (uvC.X * ab)) * MathF.Sign(determinant);
            tangents[triangle.A - topology.HairStart] += along;
            tangents[triangle.B - topology.HairStart] += along;
            tangents[triangle.C - topology.HairStart] += along;
        }

        for (int i = 0; i < tangents.Length; i++)
        {
            float length = tangents[i].Length();
            tangents[i] = length > 1e-9f ? tangents[i] / length : Vector3.UnitY;
        }
    }
}
