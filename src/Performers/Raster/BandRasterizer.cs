using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Lighting;

namespace VideoGaze.Performers.Raster;

/// <summary>
/// Draws one band of pixel rows: first which triangle is nearest at each sample, then the colour of what is seen, then translucent triangles from far to
/// near. A pixel whose samples lie on one smooth surface is coloured once. One thread; buffers are reused from band to band.
/// </summary>
internal sealed class BandRasterizer
{
    private const int Side = Rasterizer.SamplesPerSide;

    // Samples whose depths differ by a larger share lie on different surfaces: 0.35 cm at 88 cm, less than a nostril's rim.
    private const float SmoothDepth = 0.004f;

    // How far behind an opaque surface a translucent one is still drawn, as share of the depth: lashes and hair roots lie on the skin. 0.02 cm at 88 cm.
    private const float SurfaceShare = 0.02f / 88;

    private readonly Topology topology;
    private readonly LitVertex[] vertices;
    private readonly Vector3[] screen;
    private readonly ISurfaceShader shader;
    private readonly int width;
    private readonly float[] nearness;
    private readonly int[] nearest;
    private readonly Vector4[] colors;

    public BandRasterizer(Topology topology, LitVertex[] vertices, Vector3[] screen, ISurfaceShader shader, int pixelWidth, int pixelRows)
    {
        this.topology = topology;
        this.vertices = vertices;
        this.screen = screen;
        this.shader = shader;
        width = pixelWidth * Side;
        int samples = width * pixelRows * Side;
        nearness = new float[samples];
        nearest = new int[samples];
        colors = new Vector4[samples];
    }

    /// <summary>Draws a band into the layer.</summary>
    /// <param name="firstRow">First pixel row.</param>
    /// <param name="rows">Pixel rows.</param>
    /// <param name="opaque">Triangles on the band.</param>
    /// <param name="translucent">Triangles on the band, farthest first.</param>
    /// <param name="layer">Written in the band's rows.</param>
    public void Draw(int firstRow, int rows, List<int> opaque, List<int> translucent, RenderedLayer layer)
    {
        if (opaque.Count == 0 && translucent.Count == 0)
        {
            return;
        }

        int samples = width * rows * Side;
        Array.Clear(nearness, 0, samples);
        Array.Fill(nearest, -1, 0, samples);
        Array.Clear(colors, 0, samples);
        foreach (int triangle in opaque)
        {
            FindNearest(triangle, firstRow * Side, rows * Side);
        }

        for (int row = 0; row < rows; row++)
        {
            ShadeRow(firstRow, row);
        }

        foreach (int triangle in translucent)
        {
            Cover(triangle, firstRow, rows);
        }

        for (int row = 0; row < rows; row++)
        {
            Resolve(firstRow, row, layer);
        }
    }

    private ScreenTriangle OnScreen(int t)
    {
        Triangle triangle = topology.Triangles[t];
        return new(screen[triangle.A], screen[triangle.B], screen[triangle.C]);
    }

    private (Vector3 Least, Vector3 Most) Bounds(int t)
    {
        Triangle triangle = topology.Triangles[t];
        Vector3 a = screen[triangle.A], b = screen[triangle.B], c = screen[triangle.C];
        return (Vector3.Min(a, Vector3.Min(b, c)), Vector3.Max(a, Vector3.Max(b, c)));
    }

    private void FindNearest(int t, int firstSampleRow, int sampleRows)
    {
        (Vector3 least, Vector3 most) = Bounds(t);
        int left = Math.Max(0, (int)MathF.Ceiling(least.X - 0.5f)), right = Math.Min(width - 1, (int)MathF.Floor(most.X - 0.5f));
        int top = Math.Max(firstSampleRow, (int)MathF.Ceiling(least.Y - 0.5f)), bottom = Math.Min(firstSampleRow + sampleRows - 1, (int)MathF.Floor(most.Y - 0.5f));
        if (left > right || top > bottom)
        {
            return;
        }

        ScreenTriangle triangle = OnScreen(t);
        if (MathF.Abs(triangle.Area) < 1e-9f)
        {
            return;
        }

        Vector2 step = triangle.Step;
        for (int y = top; y <= bottom; y++)
        {
            int at = ((y - firstSampleRow) * width) + left;
            Vector2 weights = triangle.Weights(left + 0.5f, y + 0.5f);
            for (int x = left; x <= right; x++, at++, weights += step)
            {
                if (ScreenTriangle.Contains(weights))
                {
                    float near = triangle.InverseDepth(weights);
                    if (near > nearness[at])
                    {
                        nearness[at] = near;
                        nearest[at] = t;
                    }
                }
            }
        }
    }

    private void ShadeRow(int firstRow, int row)
    {
        int above = row * Side * width, below = above + width;
        for (int x = 0; x < width; x += Side)
        {
            int a = above + x, c = below + x;
            if (nearest[a] < 0 && nearest[a + 1] < 0 && nearest[c] < 0 && nearest[c + 1] < 0)
            {
                continue;
            }

            float centreX = x + 1, centreY = ((firstRow + row) * Side) + 1;
            if (IsSmooth(a, a + 1, c, c + 1))
            {
                Vector4 color = ShadeAt(nearest[a], centreX, centreY);
                colors[a] = colors[a + 1] = colors[c] = colors[c + 1] = color;
                continue;
            }

            foreach ((int sample, float dx, float dy) in (ReadOnlySpan<(int, float, float)>)[(a, -0.5f, -0.5f), (a + 1, 0.5f, -0.5f), (c, -0.5f, 0.5f), (c + 1, 0.5f, 0.5f)])
            {
                if (nearest[sample] >= 0)
                {
                    colors[sample] = ShadeAt(nearest[sample], centreX + dx, centreY + dy);
                }
            }
        }
    }

    private bool IsSmooth(int a, int b, int c, int d)
    {
        if (nearest[a] < 0 || nearest[b] < 0 || nearest[c] < 0 || nearest[d] < 0)
        {
            return false;
        }

        HeadMaterial material = topology.Materials[nearest[a]];
        if (topology.Materials[nearest[b]] != material || topology.Materials[nearest[c]] != material || topology.Materials[nearest[d]] != material
            || material is HeadMaterial.LeftEyeball or HeadMaterial.RightEyeball)
        {
            return false;
        }

        float most = Math.Max(Math.Max(nearness[a], nearness[b]), Math.Max(nearness[c], nearness[d]));
        float least = Math.Min(Math.Min(nearness[a], nearness[b]), Math.Min(nearness[c], nearness[d]));
        return most - least < SmoothDepth * most;
    }

    private void Cover(int t, int firstRow, int rows)
    {
        (Vector3 least, Vector3 most) = Bounds(t);
        int left = Math.Max(0, (int)MathF.Floor((least.X - 0.5f) / Side)), right = Math.Min((width / Side) - 1, (int)MathF.Floor((most.X + 0.5f) / Side));
        int top = Math.Max(firstRow, (int)MathF.Floor((least.Y - 0.5f) / Side)), bottom = Math.Min(firstRow + rows - 1, (int)MathF.Floor((most.Y + 0.5f) / Side));
        ScreenTriangle triangle = OnScreen(t);
        if (MathF.Abs(triangle.Area) < 1e-9f)
        {
            return;
        }

        bool writesDepth = topology.Materials[t] == HeadMaterial.Hair;
        Span<int> covered = stackalloc int[Side * Side];
        Span<float> near = stackalloc float[Side * Side];
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                int count = Covered(triangle, x, y, firstRow, covered, near);
                if (count == 0)
                {
                    continue;
                }

                Vector4 color = ShadeAt(t, (x * Side) + 1, (y * Side) + 1);
                for (int i = 0; i < count; i++)
                {
                    ref Vector4 under = ref colors[covered[i]];
                    under = (under * (1 - color.W)) + (new Vector4(color.AsVector3(), 1) * color.W);
                    if (writesDepth && color.W > 0.5f)
                    {
                        nearest[covered[i]] = t;
                        nearness[covered[i]] = Math.Max(nearness[covered[i]], near[i]);
                    }
                }
            }
        }
    }

    // The samples of a pixel that a triangle covers and nothing opaque hides.
    private int Covered(in ScreenTriangle triangle, int x, int y, int firstRow, Span<int> covered, Span<float> near)
    {
        int count = 0;
        for (int j = 0; j < Side; j++)
        {
            for (int i = 0; i < Side; i++)
            {
                Vector2 weights = triangle.Weights((x * Side) + i + 0.5f, (y * Side) + j + 0.5f);
                if (ScreenTriangle.Contains(weights))
                {
                    int at = ((((y - firstRow) * Side) + j) * width) + (x * Side) + i;
                    float inverseDepth = triangle.InverseDepth(weights);
                    if (inverseDepth * (1 + SurfaceShare) >= nearness[at])
                    {
                        covered[count] = at;
                        near[count++] = inverseDepth;
                    }
                }
            }
        }

        return count;
    }

    private Vector4 ShadeAt(int t, float x, float y)
    {
        Triangle triangle = topology.Triangles[t];
        ScreenTriangle onScreen = OnScreen(t);
        Vector2 weights = onScreen.Weights(x, y);

        // A pixel's middle may lie just outside the triangle that covers its samples.
        float b = Math.Clamp(weights.X, 0, 1), c = Math.Clamp(weights.Y, 0, 1), a = Math.Clamp(1 - weights.X - weights.Y, 0, 1);
        a *= screen[triangle.A].Z;
        b *= screen[triangle.B].Z;
        c *= screen[triangle.C].Z;
        float sum = 1 / (a + b + c);
        a *= sum;
        b *= sum;
        c *= sum;
        ref readonly LitVertex p = ref vertices[triangle.A];
        ref readonly LitVertex q = ref vertices[triangle.B];
        ref readonly LitVertex r = ref vertices[triangle.C];
        Triangle texture = topology.TextureTriangles[t];
        SurfacePoint point = new()
        {
            Material = topology.Materials[t],
            Position = (a * p.Position) + (b * q.Position) + (c * r.Position),
            Normal = (a * p.Normal) + (b * q.Normal) + (c * r.Normal),
            Irradiance = (a * p.Irradiance) + (b * q.Irradiance) + (c * r.Irradiance),
            Bent = (a * p.Bent) + (b * q.Bent) + (c * r.Bent),
            Rest = (a * p.Rest) + (b * q.Rest) + (c * r.Rest),
            Openness = (a * p.Openness) + (b * q.Openness) + (c * r.Openness),
            Uv = (a * topology.TextureCoordinates[texture.A]) + (b * topology.TextureCoordinates[texture.B]) + (c * topology.TextureCoordinates[texture.C]),
            TextureAreaPerPixel = topology.TextureAreas[t] * 2 * Side * Side / MathF.Abs(onScreen.Area),
        };
        return shader.Shade(point);
    }

    private void Resolve(int firstRow, int row, RenderedLayer layer)
    {
        int above = row * Side * width, below = above + width;
        int to = (firstRow + row) * layer.Width;
        for (int x = 0; x < layer.Width; x++)
        {
            int a = above + (x * Side), c = below + (x * Side);
            layer.Pixels[to + x] = (colors[a] + colors[a + 1] + colors[c] + colors[c + 1]) / (Side * Side);
            int last = c + 1;
            if (nearest[last] >= 0)
            {
                layer.Materials[to + x] = (byte)topology.Materials[nearest[last]];
                layer.Depths[to + x] = 1 / nearness[last];
            }
        }
    }
}
