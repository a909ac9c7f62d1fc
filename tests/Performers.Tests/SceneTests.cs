using System.Numerics;
using VideoGaze.Performers.Lighting;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Tests;

/// <summary>Light, places and the camera, without people; these need no asset pack.</summary>
public sealed class SceneTests
{
    [Fact]
    public void Under_an_even_sky_every_surface_gets_its_radiance()
    {
        LightSamples samples = LightSamples.Of(new() { Sky = Vector3.One, Ground = Vector3.One, Lights = [] }, 64, 4);
        foreach (Vector3 normal in (Vector3[])[Vector3.UnitX, -Vector3.UnitY, Vector3.Normalize(new(1, 2, -3))])
        {
            float irradiance = samples.Directions.Select((direction, k) => samples.Weights[k].X * Math.Max(0, Vector3.Dot(direction, normal))).Sum();
            Assert.InRange(irradiance, 0.97f, 1.03f);
        }
    }

    // A disc of radius a and radiance 1 straight ahead gives an irradiance over pi of sin(a)^2.
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void A_lamp_gives_the_irradiance_of_its_disc_however_many_directions_it_has(int directions)
    {
        SoftLight lamp = SoftLight.FromDegrees(new(0, 0, -1), Vector3.One, 20, 20.01f);
        LightSamples samples = LightSamples.Of(new() { Sky = Vector3.Zero, Ground = Vector3.Zero, Lights = [lamp] }, 16, directions);
        float irradiance = samples.Directions.Select((direction, k) => samples.Weights[k].X * Math.Max(0, -direction.Z)).Sum();

        Assert.InRange(irradiance / MathF.Pow(MathF.Sin(float.DegreesToRadians(20)), 2), 0.96f, 1.05f);
    }

    [Fact]
    public void Blurred_light_is_looked_up_about_as_it_is_computed()
    {
        SceneLight light = Scene.Random(3).Light;
        EnvironmentMap map = new(light);
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            Vector3 direction = Vector3.Normalize(new(random.NextGaussian(), random.NextGaussian(), -MathF.Abs(random.NextGaussian())));
            Vector3 exact = light.BlurredRadiance(direction, 0.5f);
            Assert.InRange(Vector3.Distance(map.At(direction, 0.5f), exact) / exact.Length(), 0, 0.1f);
        }
    }

    [Fact]
    public void The_tone_curve_is_undone_by_its_inverse()
    {
        for (float shown = 0; shown <= 0.99f; shown += 0.05f)
        {
            Assert.InRange(ToneCurve.Apply(ToneCurve.Invert(shown)) - shown, -0.002f, 0.002f);
        }
    }

    [Fact]
    public void Every_place_is_painted_with_finite_light_and_the_same_from_the_same_seed()
    {
        foreach (BackdropKind kind in Enum.GetValues<BackdropKind>())
        {
            Backdrop backdrop = new() { Kind = kind, Seed = 5 };
            LinearImage painted = backdrop.Paint(160, 90);
            Assert.All(painted.Pixels, pixel => Assert.True(float.IsFinite(pixel.X + pixel.Y + pixel.Z) && pixel.X >= 0 && pixel.Y >= 0 && pixel.Z >= 0));
            Assert.Equal(painted.Pixels, backdrop.Paint(160, 90).Pixels);
        }
    }

    [Fact]
    public void A_seed_is_a_scene()
    {
        Scene first = Scene.Random(77), second = Scene.Random(77);
        Assert.Equal(first.Look, second.Look);
        Assert.Equal(first.Backdrop, second.Backdrop);
        Assert.Equal(first.Light.Lights, second.Light.Lights);
        Assert.NotEqual(first.Backdrop, Scene.Random(78).Backdrop);
    }

    [Fact]
    public void Noise_follows_its_seed_and_nothing_else_does()
    {
        LinearImage grey = LinearImage.Plain(64, 64, new(0.3f));
        CameraLook noisy = new() { Noise = 0.02f }, clean = noisy with { Noise = 0 };
        Assert.Equal(PictureComposer.Compose([], grey, noisy, 1).Bgr, PictureComposer.Compose([], grey, noisy, 1).Bgr);
        Assert.NotEqual(PictureComposer.Compose([], grey, noisy, 1).Bgr, PictureComposer.Compose([], grey, noisy, 2).Bgr);
        Assert.Equal(PictureComposer.Compose([], grey, clean, 1).Bgr, PictureComposer.Compose([], grey, clean, 2).Bgr);
    }

    [Fact]
    public void Blur_of_every_kind_leaves_a_picture_where_it_was()
    {
        // A bright square in the middle; its centre of mass must not move.
        LinearImage image = LinearImage.Plain(65, 65, Vector3.Zero);
        for (int i = 30; i < 35; i++)
        {
            for (int j = 30; j < 35; j++)
            {
                image.Pixels[(i * 65) + j] = new(0.5f);
            }
        }

        CameraLook look = new() { Softness = 1, Defocus = 2.3f, MotionBlur = new(5, 3), Resolution = 0.6f, Sharpening = 0.4f, Noise = 0 };
        byte[] bytes = PictureComposer.Compose([], image, look, 0).Bgr;
        double sum = 0, x = 0, y = 0;
        for (int i = 0; i < 65 * 65; i++)
        {
            sum += bytes[3 * i];
            x += bytes[3 * i] * ((i % 65) + 0.5);
            y += bytes[3 * i] * ((i / 65) + 0.5);
        }

        Assert.InRange(x / sum, 32.0, 33.0);
        Assert.InRange(y / sum, 32.0, 33.0);
    }

    [Fact]
    public void A_layer_of_another_size_is_refused_with_both_sizes()
    {
        RenderedLayer layer = RenderedLayer.Empty(10, 12);
        ArgumentException failure = Assert.Throws<ArgumentException>(() => PictureComposer.Compose([layer], LinearImage.Plain(20, 20, Vector3.One), new(), 0));
        Assert.Contains("10x12", failure.Message, StringComparison.Ordinal);
        Assert.Contains("20x20", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bodies_are_closed_with_their_normals_outward()
    {
        var builder = new MeshBuilder();
        builder.Ellipsoid(new(1, 2, 3), (Vector3.UnitX * 2, Vector3.UnitY, Vector3.UnitZ), VideoGaze.Performers.Assets.HeadMaterial.Prop);
        builder.Tube([new(5, 0, 0), new(5, 1, 0), new(5, 2, 0)], _ => 0.5f, closed: false, VideoGaze.Performers.Assets.HeadMaterial.Prop);
        AttachedMesh mesh = builder.Build();

        // Volume by the divergence theorem: positive if normals point outward. An ellipsoid of 2 x 1 x 1 has 8.4, the tube 1.6.
        double volume = mesh.Triangles.Sum(t => Vector3.Dot(mesh.Vertices[t.A], Vector3.Cross(mesh.Vertices[t.B], mesh.Vertices[t.C])) / 6.0);
        Assert.InRange(volume, 8.8, 10.1);
    }
}
