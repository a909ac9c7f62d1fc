using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Lighting;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Props;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Shading;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Rendering;

/// <summary>Draws posed performers. The same performer, pose, light, camera and quality give the same pixels on any number of threads. Safe for several threads.</summary>
/// <param name="quality">What a picture may cost.</param>
public sealed class PerformerRenderer(RenderQuality? quality = null)
{
    private readonly RenderQuality quality = quality ?? new();

    /// <summary>Draws one performer on nothing.</summary>
    /// <param name="posed">Who and how.</param>
    /// <param name="light">Light of the scene.</param>
    /// <param name="camera">Who sees it.</param>
    /// <param name="occluders">What is held before the face.</param>
    /// <returns>As large as the camera's picture.</returns>
    public RenderedLayer Render(PosedPerformer posed, SceneLight light, PinholeCamera camera, IReadOnlyList<Occluder>? occluders = null)
    {
        ArgumentNullException.ThrowIfNull(posed);
        ArgumentNullException.ThrowIfNull(light);
        ArgumentNullException.ThrowIfNull(camera);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = quality.MaxThreads };
        Performer performer = posed.Performer;
        Topology topology = performer.Topology.With([.. (occluders ?? []).Select(occluder => OccluderMesh.Build(occluder, performer))]);
        SceneGeometry geometry = SceneGeometry.Of(posed, topology);
        LightSamples samples = LightSamples.Of(light, quality.SkyDirections, quality.LampDirections);
        LitVertex[] vertices = LightTransport.Light(geometry, performer.Assets.Diffusion, samples, quality.ShadowMapSide, parallel);
        MouthShade.Apply(vertices, posed);
        PersonShader shader = new(posed, performer.Textures(quality.TextureSide), new(light, new EnvironmentMap(light)));
        return Rasterizer.Draw(topology, vertices, shader, camera, parallel);
    }

    /// <summary>
    /// The exposure a camera's automatic would choose for a face: it brings the mean light on the face to where light skin is well exposed, and meets
    /// darker skin a part of the way, as meters do.
    /// </summary>
    /// <param name="posed">Whose face is metered.</param>
    /// <param name="light">Light of the scene.</param>
    /// <returns>For <see cref="Scenes.CameraLook.Exposure"/>; 0.02 to 20.</returns>
    public float MeteredExposure(PosedPerformer posed, SceneLight light)
    {
        ArgumentNullException.ThrowIfNull(posed);
        ArgumentNullException.ThrowIfNull(light);
        const float WellExposed = 0.62f;

        // Mean linear brightness of light skin, and how much of the difference a meter makes up.
        const float LightSkin = 0.42f;
        const float MeterShare = 0.35f;
        Vector3 skin = PersonShader.SkinTone(posed.Performer.Textures(quality.TextureSide).Face);
        float albedo = Math.Max(0.01f, Vector3.Dot(skin, new(1f / 3)));
        float exposure = WellExposed / Math.Max(FaceIrradiance(posed, light), 1e-4f) * MathF.Pow(LightSkin / albedo, MeterShare);
        return Math.Clamp(exposure, 0.02f, 20);
    }

    // Mean irradiance over pi on the face; few directions are enough for a mean.
    private float FaceIrradiance(PosedPerformer posed, SceneLight light)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = quality.MaxThreads };
        SceneGeometry geometry = SceneGeometry.Of(posed, posed.Performer.Topology);
        LightSamples samples = LightSamples.Of(light, 16, 2);
        LitVertex[] vertices = LightTransport.Light(geometry, posed.Performer.Assets.Diffusion, samples, 96, parallel);
        double sum = 0;
        foreach (LitVertex vertex in vertices.AsSpan(0, HeadMesh.NarrowFaceEnd))
        {
            sum += Vector3.Dot(vertex.Irradiance, new(1f / 3));
        }

        return (float)(sum / HeadMesh.NarrowFaceEnd);
    }
}
