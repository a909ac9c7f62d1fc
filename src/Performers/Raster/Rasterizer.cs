using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Lighting;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Raster;

/// <summary>
/// Draws lit triangles with four samples a pixel. The picture is cut into bands of rows that are drawn independently, so that the result does not depend
/// on the number of threads.
/// </summary>
internal static class Rasterizer
{
    /// <summary>Samples a pixel in each direction.</summary>
    public const int SamplesPerSide = 2;

    /// <summary>Pixel rows of a band: enough bands for some threads, few enough that triangles on two bands are rare.</summary>
    private const int BandRows = 16;

    /// <summary>Nearest distance that is drawn, cm.</summary>
    private const float NearPlane = 1;

    /// <summary>Draws a layer.</summary>
    /// <param name="topology">Triangles.</param>
    /// <param name="vertices">Lit vertices, camera frame.</param>
    /// <param name="shader">Colours points.</param>
    /// <param name="camera">Who sees it.</param>
    /// <param name="parallel">Threads.</param>
    public static RenderedLayer Draw(Topology topology, LitVertex[] vertices, ISurfaceShader shader, PinholeCamera camera, ParallelOptions parallel)
    {
        RenderedLayer layer = RenderedLayer.Empty(camera.Width, camera.Height);
        Vector3[] screen = Project(vertices, camera);
        int bands = (camera.Height + BandRows - 1) / BandRows;
        int[] opaque = [.. Enumerable.Range(0, topology.Triangles.Length).Where(t => !Topology.IsTranslucent(topology.Materials[t]))];
        int[] translucent = FarthestFirst(topology, vertices);
        List<int>[] opaqueByBand = Bin(topology, vertices, screen, opaque, camera, bands);
        List<int>[] translucentByBand = Bin(topology, vertices, screen, translucent, camera, bands);
        Parallel.For(0, bands, parallel, () => new BandRasterizer(topology, vertices, screen, shader, camera.Width, BandRows), (band, _, rasterizer) =>
        {
            int first = band * BandRows;
            rasterizer.Draw(first, Math.Min(BandRows, camera.Height - first), opaqueByBand[band], translucentByBand[band], layer);
            return rasterizer;
        }, _ => { });
        return layer;
    }

    // Sample coordinates (two a pixel), and 1/z, which is linear on the screen.
    private static Vector3[] Project(LitVertex[] vertices, PinholeCamera camera)
    {
        var screen = new Vector3[vertices.Length];
        for (int i = 0; i < screen.Length; i++)
        {
            Vector3 position = vertices[i].Position;
            float inverse = 1 / position.Z;
            screen[i] = new(
                ((camera.FocalX * position.X * inverse) + camera.CentreX) * SamplesPerSide,
                ((camera.FocalY * position.Y * inverse) + camera.CentreY) * SamplesPerSide,
                inverse);
        }

        return screen;
    }

    private static int[] FarthestFirst(Topology topology, LitVertex[] vertices)
    {
        int[] translucent = [.. Enumerable.Range(0, topology.Triangles.Length).Where(t => Topology.IsTranslucent(topology.Materials[t]))];
        float[] nearness = Array.ConvertAll(translucent, t =>
        {
            Triangle triangle = topology.Triangles[t];
            return -(vertices[triangle.A].Position.Z + vertices[triangle.B].Position.Z + vertices[triangle.C].Position.Z);
        });

        // Ties keep their order of drawing, or equal depths would flicker with the sorting algorithm.
        return [.. Enumerable.Range(0, translucent.Length).OrderBy(i => nearness[i]).Select(i => translucent[i])];
    }

    private static List<int>[] Bin(Topology topology, LitVertex[] vertices, Vector3[] screen, int[] order, PinholeCamera camera, int bands)
    {
        var binned = new List<int>[bands];
        for (int band = 0; band < bands; band++)
        {
            binned[band] = new(order.Length / bands);
        }

        float right = camera.Width * SamplesPerSide;
        const float BandSamples = BandRows * SamplesPerSide;
        foreach (int t in order)
        {
            Triangle triangle = topology.Triangles[t];
            Vector3 a = screen[triangle.A], b = screen[triangle.B], c = screen[triangle.C];
            Vector3 least = Vector3.Min(a, Vector3.Min(b, c)), most = Vector3.Max(a, Vector3.Max(b, c));
            bool isNear = vertices[triangle.A].Position.Z < NearPlane || vertices[triangle.B].Position.Z < NearPlane || vertices[triangle.C].Position.Z < NearPlane;
            if (isNear || most.X < 0 || least.X > right || MathF.Ceiling(least.X - 0.5f) > MathF.Floor(most.X - 0.5f) || MathF.Ceiling(least.Y - 0.5f) > MathF.Floor(most.Y - 0.5f))
            {
                continue;
            }

            int first = Math.Max(0, (int)MathF.Floor((least.Y - 0.5f) / BandSamples)), last = Math.Min(bands - 1, (int)MathF.Floor((most.Y + 0.5f) / BandSamples));
            for (int band = first; band <= last; band++)
            {
                binned[band].Add(t);
            }
        }

        return binned;
    }
}
