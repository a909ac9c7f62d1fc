using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Lighting;

/// <summary>A depth map seen from one light direction (orthographic), and which vertices it lights. Reused from direction to direction; one thread.</summary>
/// <param name="side">Pixels.</param>
/// <param name="vertexCount">Most vertices it will see.</param>
internal sealed class ShadowMap(int side, int vertexCount)
{
    /// <summary>How far a vertex may lie behind the map's surface and still be lit, cm; a texel of the map is as wide.</summary>
    public const float Bias = 0.22f;

    /// <summary>The same for thin things, which else would shade themselves in patches.</summary>
    public const float ThinBias = 0.7f;

    private readonly float[] depth = new float[side * side];
    private readonly Vector3[] seen = new Vector3[vertexCount];

    /// <summary>Looks from a direction.</summary>
    /// <param name="direction">Unit vector to the light.</param>
    /// <param name="positions">Vertices.</param>
    /// <param name="occluders">Triangles that cast shadows.</param>
    /// <param name="centre">Middle of what the map covers.</param>
    /// <param name="radius">Radius of what it covers; outside is lit.</param>
    public void Draw(Vector3 direction, ReadOnlySpan<Vector3> positions, ReadOnlySpan<Triangle> occluders, Vector3 centre, float radius)
    {
        Vector3 across = Vector3.Normalize(Vector3.Cross(MathF.Abs(direction.Y) > 0.9f ? Vector3.UnitX : Vector3.UnitY, direction));
        Vector3 up = Vector3.Cross(direction, across);
        float scale = side / (2 * radius);
        for (int i = 0; i < positions.Length; i++)
        {
            Vector3 from = positions[i] - centre;
            seen[i] = new(((Vector3.Dot(from, across) + radius) * scale) - 0.5f, ((Vector3.Dot(from, up) + radius) * scale) - 0.5f, -Vector3.Dot(from, direction));
        }

        Array.Fill(depth, float.PositiveInfinity);
        foreach (Triangle triangle in occluders)
        {
            Fill(seen[triangle.A], seen[triangle.B], seen[triangle.C]);
        }
    }

    /// <summary>Share of the light that reaches a vertex, in [0, 1], from the map drawn last; 2 x 2 texels are compared.</summary>
    /// <param name="vertex">Index.</param>
    /// <param name="facing">Cosine between its normal and the light.</param>
    /// <param name="bias"><see cref="Bias"/> or <see cref="ThinBias"/>.</param>
    public float Visibility(int vertex, float facing, float bias)
    {
        // The light wraps a little around skin, so vertices just turned away are asked as well.
        if (facing <= -0.2f)
        {
            return 0;
        }

        Vector3 at = seen[vertex];
        float limit = at.Z - (bias * (1 + (2 * (1 - Math.Max(facing, 0)))));
        int x = (int)MathF.Floor(at.X), y = (int)MathF.Floor(at.Y);
        float fx = at.X - x, fy = at.Y - y;
        return ((1 - fy) * (((1 - fx) * Lit(x, y, limit)) + (fx * Lit(x + 1, y, limit))))
            + (fy * (((1 - fx) * Lit(x, y + 1, limit)) + (fx * Lit(x + 1, y + 1, limit))));
    }

    private float Lit(int x, int y, float limit) => (uint)x >= (uint)side || (uint)y >= (uint)side || depth[(y * side) + x] >= limit ? 1 : 0;

    private void Fill(Vector3 a, Vector3 b, Vector3 c)
    {
        Vector3 least = Vector3.Min(a, Vector3.Min(b, c));
        Vector3 most = Vector3.Max(a, Vector3.Max(b, c));
        int left = Math.Max(0, (int)MathF.Ceiling(least.X)), right = Math.Min(side - 1, (int)MathF.Floor(most.X));
        int top = Math.Max(0, (int)MathF.Ceiling(least.Y)), bottom = Math.Min(side - 1, (int)MathF.Floor(most.Y));
        if (left > right || top > bottom)
        {
            // Most triangles are smaller than a texel and miss all centres.
            return;
        }

        float area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
        if (MathF.Abs(area) < 1e-9f)
        {
            return;
        }

        float inverse = 1 / area;
        float dxB = (c.Y - a.Y) * inverse, dyB = -(c.X - a.X) * inverse;
        float dxC = -(b.Y - a.Y) * inverse, dyC = (b.X - a.X) * inverse;
        for (int y = top; y <= bottom; y++)
        {
            float weightB = ((left - a.X) * dxB) + ((y - a.Y) * dyB);
            float weightC = ((left - a.X) * dxC) + ((y - a.Y) * dyC);
            for (int x = left; x <= right; x++, weightB += dxB, weightC += dxC)
            {
                if (weightB >= 0 && weightC >= 0 && weightB + weightC <= 1)
                {
                    float z = a.Z + (weightB * (b.Z - a.Z)) + (weightC * (c.Z - a.Z));
                    ref float nearest = ref depth[(y * side) + x];
                    nearest = Math.Min(nearest, z);
                }
            }
        }
    }
}
