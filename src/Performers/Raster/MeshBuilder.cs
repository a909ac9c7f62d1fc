using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Raster;

/// <summary>Puts simple bodies together to an <see cref="AttachedMesh"/>.</summary>
internal sealed class MeshBuilder
{
    private readonly List<Vector3> vertices = [];
    private readonly List<Triangle> triangles = [];
    private readonly List<HeadMaterial> materials = [];

    /// <summary>A tube around a path.</summary>
    /// <param name="path">Points of its middle line.</param>
    /// <param name="radius">At each point, cm.</param>
    /// <param name="closed">Whether the last point meets the first; open ends are capped.</param>
    /// <param name="material">Of its surface.</param>
    /// <param name="sides">Of its cross-section.</param>
    /// <param name="flatten">Factor on the radius along z: a flat bar is below 1.</param>
    public void Tube(IReadOnlyList<Vector3> path, Func<int, float> radius, bool closed, HeadMaterial material, int sides = 8, float flatten = 1)
    {
        int first = vertices.Count, count = path.Count;
        for (int i = 0; i < count; i++)
        {
            Vector3 before = path[closed ? (i + count - 1) % count : Math.Max(i - 1, 0)];
            Vector3 after = path[closed ? (i + 1) % count : Math.Min(i + 1, count - 1)];
            Vector3 along = Vector3.Normalize(after - before);
            Vector3 helper = MathF.Abs(along.Z) < 0.8f ? Vector3.UnitZ : Vector3.UnitY;
            Vector3 across = Vector3.Normalize(Vector3.Cross(helper, along));
            Vector3 up = Vector3.Cross(along, across);
            for (int k = 0; k < sides; k++)
            {
                (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * k / sides);
                vertices.Add(path[i] + (radius(i) * ((cosine * across) + (flatten * sine * up))));
            }
        }

        for (int i = 0; i < (closed ? count : count - 1); i++)
        {
            for (int k = 0; k < sides; k++)
            {
                int a = first + (i * sides) + k, b = first + (i * sides) + ((k + 1) % sides);
                int c = first + ((i + 1) % count * sides) + k, d = first + ((i + 1) % count * sides) + ((k + 1) % sides);
                Add(new(a, b, c), material);
                Add(new(b, d, c), material);
            }
        }

        if (!closed)
        {
            Cap(first, sides, path[0], material);
            Cap(first + ((count - 1) * sides), sides, path[^1], material);
        }
    }

    /// <summary>A flat or slightly domed sheet inside a closed outline.</summary>
    /// <param name="outline">In order.</param>
    /// <param name="dome">How far its middle stands out along z, cm.</param>
    /// <param name="material">Of its surface.</param>
    public void Sheet(IReadOnlyList<Vector3> outline, float dome, HeadMaterial material)
    {
        const int Rings = 5;
        Vector3 middle = outline.Aggregate(Vector3.Zero, (sum, point) => sum + point) / outline.Count;
        int centre = vertices.Count;
        vertices.Add(middle + new Vector3(0, 0, dome));
        for (int ring = 1; ring <= Rings; ring++)
        {
            float share = ring / (float)Rings;
            foreach (Vector3 point in outline)
            {
                vertices.Add(Vector3.Lerp(middle, point, share) + new Vector3(0, 0, dome * (1 - (share * share))));
            }
        }

        int count = outline.Count;
        for (int i = 0; i < count; i++)
        {
            int next = (i + 1) % count;
            Add(new(centre, centre + 1 + i, centre + 1 + next), material);
            for (int ring = 1; ring < Rings; ring++)
            {
                int inner = centre + 1 + ((ring - 1) * count), outer = inner + count;
                Add(new(inner + i, outer + i, outer + next), material);
                Add(new(inner + i, outer + next, inner + next), material);
            }
        }
    }

    /// <summary>A surface over a grid of points, closed from its last column to its first where that is asked for.</summary>
    /// <param name="points">Row after row.</param>
    /// <param name="columns">Points of a row.</param>
    /// <param name="closed">Whether the last column meets the first.</param>
    /// <param name="material">Of its surface.</param>
    /// <param name="flipped">Turns its front to the other side.</param>
    public void Grid(IReadOnlyList<Vector3> points, int columns, bool closed, HeadMaterial material, bool flipped = false)
    {
        int first = vertices.Count, rows = points.Count / columns;
        vertices.AddRange(points);
        for (int row = 0; row + 1 < rows; row++)
        {
            for (int column = 0; column < (closed ? columns : columns - 1); column++)
            {
                int a = first + (row * columns) + column, b = first + (row * columns) + ((column + 1) % columns);
                (int left, int right) = flipped ? (b, a) : (a, b);
                Add(new(left, left + columns, right), material);
                Add(new(right, left + columns, right + columns), material);
            }
        }
    }

    /// <summary>An ellipsoid.</summary>
    /// <param name="centre">Middle.</param>
    /// <param name="axes">Three half axes, perpendicular to each other.</param>
    /// <param name="material">Of its surface.</param>
    public void Ellipsoid(Vector3 centre, (Vector3 X, Vector3 Y, Vector3 Z) axes, HeadMaterial material)
    {
        const int Rows = 14, Columns = 20;
        int first = vertices.Count;
        for (int row = 0; row <= Rows; row++)
        {
            (float sine, float cosine) = MathF.SinCos(MathF.PI * row / Rows);
            for (int column = 0; column < Columns; column++)
            {
                (float side, float ahead) = MathF.SinCos(2 * MathF.PI * column / Columns);
                vertices.Add(centre + (cosine * axes.Y) + (sine * ((side * axes.X) + (ahead * axes.Z))));
            }
        }

        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int next = (column + 1) % Columns;
                int a = first + (row * Columns) + column, b = first + (row * Columns) + next;
                Add(new(a, a + Columns, b), material);
                Add(new(b, a + Columns, b + Columns), material);
            }
        }
    }

    /// <summary>The mesh so far.</summary>
    public AttachedMesh Build() => new([.. vertices], [.. triangles], [.. materials]);

    private void Cap(int first, int sides, Vector3 middle, HeadMaterial material)
    {
        int centre = vertices.Count;
        vertices.Add(middle);
        for (int k = 0; k < sides; k++)
        {
            Add(new(centre, first + k, first + ((k + 1) % sides)), material);
        }
    }

    private void Add(Triangle triangle, HeadMaterial material)
    {
        triangles.Add(triangle);
        materials.Add(material);
    }
}
