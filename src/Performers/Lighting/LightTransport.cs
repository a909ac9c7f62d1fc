using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Raster;

namespace VideoGaze.Performers.Lighting;

/// <summary>Soft, shadowed light on every vertex: one shadow map a direction, then skin's own spreading of light.</summary>
internal static class LightTransport
{
    // How far light wraps around skin past the terminator, by channel: red most (subsurface scattering).
    private static readonly Vector3 WrapShare = new(0.5f, 0.25f, 0.15f);
    private const float Wrap = 0.25f;

    // Shadow maps cover the head and the shoulders: what is lower is too far from the face to shade it.
    private const float CoveredBelowChin = -24;

    /// <summary>Lights the vertices.</summary>
    /// <param name="geometry">Posed mesh.</param>
    /// <param name="diffusion">Neighbourhood of the skin's vertices.</param>
    /// <param name="samples">Light directions.</param>
    /// <param name="mapSide">Side of a shadow map, pixels.</param>
    /// <param name="parallel">Threads; the result does not depend on them.</param>
    public static LitVertex[] Light(SceneGeometry geometry, SkinDiffusion diffusion, LightSamples samples, int mapSide, ParallelOptions parallel)
    {
        byte[][] visibility = VisibilityOf(geometry, samples, mapSide, parallel);
        var lit = new LitVertex[geometry.Positions.Length];
        var irradiance = new Vector3[lit.Length];
        var bent = new Vector4[lit.Length];
        const int Block = 2048;
        Parallel.For(0, (lit.Length + Block - 1) / Block, parallel, block =>
        {
            for (int i = block * Block; i < Math.Min(lit.Length, (block + 1) * Block); i++)
            {
                (irradiance[i], bent[i]) = Gather(geometry, samples, visibility, i);
            }
        });

        diffusion.Spread(irradiance);
        diffusion.Smooth(bent, passes: 2);
        float open = Percentile97(bent.AsSpan(0, HeadMesh.FaceEnd));
        Topology topology = geometry.Topology;
        for (int i = 0; i < lit.Length; i++)
        {
            Vector3 mean = bent[i].AsVector3();
            float length = mean.Length();
            lit[i] = new()
            {
                Position = geometry.Positions[i],
                Normal = geometry.Normals[i],
                Irradiance = irradiance[i],
                Openness = Math.Clamp(bent[i].W / open, 0, 1),
                Bent = length > 1e-4f ? mean / length : geometry.Normals[i],
                Rest = topology.HairHasStrands && i >= topology.HairStart && i < topology.AttachedStart ? geometry.Tangents[i - topology.HairStart] : topology.Rest[i],
            };
        }

        return lit;
    }

    private static byte[][] VisibilityOf(SceneGeometry geometry, LightSamples samples, int mapSide, ParallelOptions parallel)
    {
        (Vector3 centre, float radius) = Covered(geometry);
        var visibility = new byte[samples.Directions.Length][];
        Parallel.For(0, visibility.Length, parallel, () => new ShadowMap(mapSide, geometry.Positions.Length), (k, _, map) =>
        {
            Vector3 direction = samples.Directions[k];
            map.Draw(direction, geometry.Positions, geometry.Topology.Occluders, centre, radius);
            var own = new byte[geometry.Positions.Length];
            for (int i = 0; i < own.Length; i++)
            {
                float bias = i < geometry.Topology.AttachedStart ? ShadowMap.Bias : ShadowMap.ThinBias;
                own[i] = (byte)((map.Visibility(i, Vector3.Dot(geometry.Normals[i], direction), bias) * 255) + 0.5f);
            }

            visibility[k] = own;
            return map;
        }, _ => { });
        return visibility;
    }

    private static (Vector3 Irradiance, Vector4 Bent) Gather(SceneGeometry geometry, LightSamples samples, byte[][] visibility, int vertex)
    {
        Vector3 normal = geometry.Normals[vertex], direct = Vector3.Zero, wrapped = Vector3.Zero;
        Vector4 bent = Vector4.Zero;
        for (int k = 0; k < visibility.Length; k++)
        {
            int seen = visibility[k][vertex];
            if (seen == 0)
            {
                continue;
            }

            float share = seen * (1f / 255);
            Vector3 direction = samples.Directions[k];
            float cosine = Vector3.Dot(normal, direction);
            direct += samples.Weights[k] * (share * Math.Max(cosine, 0));
            wrapped += samples.Weights[k] * (share * Math.Clamp((cosine + Wrap) / (1 + Wrap), 0, 1));
            if (k < samples.SkyCount)
            {
                bent += new Vector4(direction, 1) * share;
            }
        }

        Topology topology = geometry.Topology;
        bool wraps = vertex < HeadMesh.SkinEnd || (vertex >= topology.TorsoStart && vertex < topology.HairStart);
        return (wraps ? Vector3.Lerp(direct, wrapped, WrapShare) : direct, bent);
    }

    private static (Vector3 Centre, float Radius) Covered(SceneGeometry geometry)
    {
        Vector3 least = new(float.PositiveInfinity), most = new(float.NegativeInfinity);
        for (int i = 0; i < geometry.Positions.Length; i++)
        {
            if (geometry.Topology.Rest[i].Y > CoveredBelowChin)
            {
                least = Vector3.Min(least, geometry.Positions[i]);
                most = Vector3.Max(most, geometry.Positions[i]);
            }
        }

        return ((least + most) / 2, Vector3.Distance(least, most) / 2);
    }

    private static float Percentile97(ReadOnlySpan<Vector4> bent)
    {
        var values = new float[bent.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = bent[i].W;
        }

        Array.Sort(values);
        return Math.Max(values[(int)(0.97f * (values.Length - 1))], 1e-3f);
    }
}
