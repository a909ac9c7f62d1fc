using System.Numerics;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Draws the triangles of <see cref="FaceLayout"/> and carries four numbers of each point to every pixel. What is seen from behind is not drawn; of two triangles on one pixel the
/// nearer one is. Keeps its buffers; not thread-safe.
/// </summary>
/// <param name="side">Side of the square that is drawn, pixels.</param>
public sealed class MeshRaster(int side)
{
    private readonly Vector4[] _values = new Vector4[side * side];
    private readonly float[] _depths = new float[side * side];

    /// <summary>Side of the square.</summary>
    public int Side => side;

    /// <summary>Row by row: the numbers carried to each pixel's centre; of pixels that are not <see cref="IsDrawn"/> without meaning.</summary>
    public ReadOnlySpan<Vector4> Values => _values;

    /// <summary>Whether a triangle covers a pixel's centre.</summary>
    /// <param name="pixel">Row times side plus column.</param>
    public bool IsDrawn(int pixel) => !float.IsPositiveInfinity(_depths[pixel]);

    /// <summary>Draws all triangles.</summary>
    /// <param name="points"><see cref="FaceLayout.PointCount"/> points: x, y in pixels from the square's upper left corner, z smaller is nearer.</param>
    /// <param name="values">As many: what to carry.</param>
    public void Draw(ReadOnlySpan<Vector3> points, ReadOnlySpan<Vector4> values)
    {
        Array.Fill(_depths, float.PositiveInfinity);
        foreach (FaceLayout.Triangle triangle in FaceLayout.Triangles)
        {
            Draw(points[triangle.A], points[triangle.B], points[triangle.C], values[triangle.A], values[triangle.B], values[triangle.C]);
        }
    }

    private void Draw(Vector3 a, Vector3 b, Vector3 c, Vector4 atA, Vector4 atB, Vector4 atC)
    {
        float area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));

        // Behind, edge-on, or not a number at all.
        if (!(area > 1e-6f))
        {
            return;
        }

        int left = Math.Max(0, (int)MathF.Floor(Math.Min(a.X, Math.Min(b.X, c.X)))), right = Math.Min(side - 1, (int)MathF.Ceiling(Math.Max(a.X, Math.Max(b.X, c.X))));
        int top = Math.Max(0, (int)MathF.Floor(Math.Min(a.Y, Math.Min(b.Y, c.Y)))), bottom = Math.Min(side - 1, (int)MathF.Ceiling(Math.Max(a.Y, Math.Max(b.Y, c.Y))));
        float scale = 1 / area;
        for (int y = top; y <= bottom; y++)
        {
            float py = y + 0.5f;
            for (int x = left; x <= right; x++)
            {
                float px = x + 0.5f;
                float u = (((b.X - px) * (c.Y - py)) - ((b.Y - py) * (c.X - px))) * scale;
                float v = (((c.X - px) * (a.Y - py)) - ((c.Y - py) * (a.X - px))) * scale;
                float w = 1 - u - v;
                if (u < 0 || v < 0 || w < 0)
                {
                    continue;
                }

                float depth = (u * a.Z) + (v * b.Z) + (w * c.Z);
                int pixel = (y * side) + x;
                if (depth < _depths[pixel])
                {
                    _depths[pixel] = depth;
                    _values[pixel] = (u * atA) + (v * atB) + (w * atC);
                }
            }
        }
    }
}
