using System.Numerics;
using VideoGaze.Performers.Lighting;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Scenes;

/// <summary>Draws scenes: a situation decides lamps, their colours and a place that goes with them; the rest is chance.</summary>
internal static class SceneSampler
{
    private enum Situation
    {
        Studio,
        WindowLight,
        Office,
        Overcast,
        Sun,
        BackLight,
        LampAtNight,
        ScreenGlow,
        Coloured,
    }

    // How often each situation occurs; the sum is 1.
    private static readonly (Situation Situation, float Share)[] Shares =
    [
        (Situation.Studio, 0.20f), (Situation.WindowLight, 0.20f), (Situation.Office, 0.15f), (Situation.Overcast, 0.12f), (Situation.Sun, 0.10f),
        (Situation.BackLight, 0.07f), (Situation.LampAtNight, 0.08f), (Situation.ScreenGlow, 0.04f), (Situation.Coloured, 0.04f),
    ];

    public static Scene Sample(Random random)
    {
        Situation situation = Pick(random);
        SceneLight light = LightOf(situation, random);
        BackdropKind kind = PlaceOf(situation, random);
        bool isDark = situation is Situation.LampAtNight or Situation.ScreenGlow or Situation.Coloured;
        Vector3 tint = light.Sky / Math.Max(1e-3f, Vector3.Dot(light.Sky, new(1f / 3)));
        float brightness = situation == Situation.BackLight ? random.NextSingle(1.2f, 2.2f) : isDark ? random.NextSingle(0.12f, 0.6f) : random.NextSingle(0.6f, 1.15f);
        Backdrop backdrop = new()
        {
            Kind = kind,
            Seed = random.Next(),
            Defocus = kind is BackdropKind.Garden or BackdropKind.Night ? random.NextSingle(0.012f, 0.03f) : random.NextSingle() < 0.15f ? random.NextSingle(0, 0.003f) : random.NextSingle(0.004f, 0.028f),
            Light = Vector3.Lerp(Vector3.One, tint, 0.7f) * brightness,
        };
        return new() { Light = light, Backdrop = backdrop, Look = LookOf(isDark, random) };
    }

    private static Situation Pick(Random random)
    {
        float at = random.NextSingle();
        foreach ((Situation situation, float share) in Shares)
        {
            if ((at -= share) < 0)
            {
                return situation;
            }
        }

        return Situation.Studio;
    }

    private static SceneLight LightOf(Situation situation, Random random)
    {
        float side = random.Next(2) * 2 - 1;
        return situation switch
        {
            Situation.Studio => Of(random, random.NextSingle(0.12f, 0.5f), random.NextSingle(4500, 6500), [
                Lamp(random, side * random.NextSingle(15, 55), random.NextSingle(10, 50), random.NextSingle(7, 13), random.NextSingle(12, 26), random.NextSingle(4500, 6500)),
                Lamp(random, -side * random.NextSingle(25, 90), random.NextSingle(-5, 30), random.NextSingle(1, 4), random.NextSingle(14, 30), random.NextSingle(4500, 6500)),
                Lamp(random, side * random.NextSingle(120, 165), random.NextSingle(15, 50), random.NextSingle(0, 7), random.NextSingle(8, 16), random.NextSingle(4500, 7000))]),
            Situation.WindowLight => Of(random, random.NextSingle(0.15f, 0.45f), random.NextSingle(5000, 7500), [
                Lamp(random, side * random.NextSingle(30, 95), random.NextSingle(0, 30), random.NextSingle(6, 14), random.NextSingle(16, 32), random.NextSingle(5500, 8000), LightShape.Window),
                Lamp(random, -side * random.NextSingle(40, 110), random.NextSingle(0, 40), random.NextSingle(0.4f, 2), random.NextSingle(16, 30), random.NextSingle(2800, 5000))]),
            Situation.Office => Of(random, random.NextSingle(0.4f, 0.8f), random.NextSingle(4000, 5500), [
                Lamp(random, random.NextSingle(-40, 40), random.NextSingle(50, 80), random.NextSingle(4, 8), random.NextSingle(12, 28), random.NextSingle(3800, 5500), LightShape.Screen),
                Lamp(random, side * random.NextSingle(40, 90), random.NextSingle(5, 40), random.NextSingle(1, 6), random.NextSingle(14, 28), random.NextSingle(5500, 7500), LightShape.Window),
                Lamp(random, random.NextSingle(-12, 12), random.NextSingle(-25, -5), random.NextSingle(0, 1.2f), random.NextSingle(12, 20), random.NextSingle(6000, 9000), LightShape.Screen)]),
            Situation.Overcast => Of(random, random.NextSingle(0.7f, 1.1f), random.NextSingle(6000, 8000), [
                Lamp(random, random.NextSingle(-60, 60), random.NextSingle(40, 80), random.NextSingle(3, 6), random.NextSingle(24, 34), random.NextSingle(5800, 7500))]),
            Situation.Sun => Of(random, random.NextSingle(0.35f, 0.7f), random.NextSingle(7000, 9000), [
                Lamp(random, side * random.NextSingle(10, 80), random.NextSingle(20, 60), random.NextSingle(25, 45), random.NextSingle(4, 8), random.NextSingle(4200, 5800))]),
            Situation.BackLight => Of(random, random.NextSingle(0.35f, 0.6f), random.NextSingle(5000, 7500), [
                Lamp(random, side * random.NextSingle(115, 170), random.NextSingle(10, 45), random.NextSingle(10, 22), random.NextSingle(10, 24), random.NextSingle(4000, 6500)),
                Lamp(random, -side * random.NextSingle(20, 60), random.NextSingle(0, 30), random.NextSingle(1, 3), random.NextSingle(18, 30), random.NextSingle(4500, 6500))]),
            Situation.LampAtNight => Of(random, random.NextSingle(0.06f, 0.15f), random.NextSingle(2700, 4000), [
                Lamp(random, side * random.NextSingle(20, 100), random.NextSingle(-10, 50), random.NextSingle(8, 16), random.NextSingle(8, 16), random.NextSingle(2500, 3300)),
                Lamp(random, -side * random.NextSingle(30, 110), random.NextSingle(0, 40), random.NextSingle(0.5f, 3), random.NextSingle(10, 24), random.NextSingle(2600, 7000))]),
            Situation.ScreenGlow => Of(random, random.NextSingle(0.04f, 0.10f), random.NextSingle(3000, 6000), [
                Lamp(random, random.NextSingle(-20, 20), random.NextSingle(-30, 0), random.NextSingle(4, 8), random.NextSingle(14, 24), random.NextSingle(7000, 9000), LightShape.Screen),
                Lamp(random, side * random.NextSingle(60, 120), random.NextSingle(10, 50), random.NextSingle(0.5f, 3), random.NextSingle(10, 20), random.NextSingle(2600, 4000))]),
            _ => Of(random, random.NextSingle(0.08f, 0.25f), random.NextSingle(3000, 8000), [
                Coloured(random, side * random.NextSingle(30, 100)), Coloured(random, -side * random.NextSingle(30, 100)),
                Lamp(random, random.NextSingle(-30, 30), random.NextSingle(0, 40), random.NextSingle(1.5f, 4), random.NextSingle(14, 26), random.NextSingle(3500, 6500))]),
        };
    }

    private static SceneLight Of(Random random, float ambient, float kelvin, SoftLight[] lamps)
    {
        Vector3 sky = ambient * BlackBody(kelvin);
        return new() { Sky = sky, Ground = sky * random.NextSingle(0.25f, 0.65f) * new Vector3(1.05f, 1, 0.92f), Lights = lamps };
    }

    // Angles in degrees: azimuth 0 is the camera, 90 the image's right; elevation 90 is above.
    private static SoftLight Lamp(Random random, float azimuth, float elevation, float radiance, float radius, float kelvin, LightShape shape = LightShape.Disc)
    {
        (float sinA, float cosA) = MathF.SinCos(float.DegreesToRadians(azimuth));
        (float sinE, float cosE) = MathF.SinCos(float.DegreesToRadians(elevation));

        // Flux about as at 16 degrees, however large the lamp.
        float scaled = radiance * MathF.Pow(16 / radius, 1.3f);
        return SoftLight.FromDegrees(new(sinA * cosE, -sinE, -cosA * cosE), scaled * BlackBody(kelvin), radius, radius * random.NextSingle(1.3f, 1.9f), shape);
    }

    private static SoftLight Coloured(Random random, float azimuth)
    {
        SoftLight lamp = Lamp(random, azimuth, random.NextSingle(-5, 50), random.NextSingle(3, 8), random.NextSingle(10, 22), 6500);
        Vector3 color = new(random.NextSingle(0.1f, 1.6f), random.NextSingle(0.1f, 1.2f), random.NextSingle(0.2f, 1.8f));
        return lamp with { Radiance = lamp.Radiance * color };
    }

    private static BackdropKind PlaceOf(Situation situation, Random random)
    {
        BackdropKind[] places = situation switch
        {
            Situation.Studio => [BackdropKind.Studio, BackdropKind.Studio, BackdropKind.Abstract, BackdropKind.Room],
            Situation.WindowLight => [BackdropKind.Room, BackdropKind.Room, BackdropKind.Studio, BackdropKind.Office],
            Situation.Office => [BackdropKind.Office, BackdropKind.Office, BackdropKind.Room, BackdropKind.Studio],
            Situation.Overcast or Situation.Sun or Situation.BackLight => [BackdropKind.Street, BackdropKind.Garden, BackdropKind.Street, BackdropKind.Garden],
            Situation.LampAtNight or Situation.ScreenGlow => [BackdropKind.Room, BackdropKind.Night, BackdropKind.Room, BackdropKind.Office],
            _ => [BackdropKind.Night, BackdropKind.Abstract, BackdropKind.Studio, BackdropKind.Night],
        };
        return places[random.Next(places.Length)];
    }

    private static CameraLook LookOf(bool isDark, Random random)
    {
        bool Chance(float probability) => random.NextSingle() < probability;
        float angle = random.NextSingle(0, MathF.PI);
        return new()
        {
            WhiteBalance = new(MathF.Exp(0.05f * random.NextGaussian()), MathF.Exp(0.02f * random.NextGaussian()), MathF.Exp(0.05f * random.NextGaussian())),
            Vignette = Chance(0.35f) ? random.NextSingle(0, 0.55f) : 0,
            Softness = Chance(0.8f) ? random.NextSingle(0.25f, 0.6f) : random.NextSingle(0.6f, 1.2f),
            Defocus = Chance(0.10f) ? random.NextSingle(0.8f, 2) : 0,
            MotionBlur = Chance(0.08f) ? random.NextSingle(1.5f, 6) * new Vector2(MathF.Cos(angle), MathF.Sin(angle)) : Vector2.Zero,
            Noise = Math.Min(0.03f, -0.006f * MathF.Log(1 - random.NextSingle())) * (isDark ? 2.2f : 1),
            ColorNoise = random.NextSingle(0, 0.8f),
            Resolution = Chance(0.15f) ? random.NextSingle(0.35f, 0.85f) : 1,
            Sharpening = Chance(0.3f) ? random.NextSingle(0.1f, 0.7f) : 0,
            Banding = isDark && Chance(0.15f) ? random.NextSingle(0.01f, 0.05f) : 0,
            JpegQuality = Chance(0.4f) ? random.Next(35, 92) : 0,
        };
    }

    // Rough tint of a black body, 2500 to 9000 K, green about 1.
    private static Vector3 BlackBody(float kelvin)
    {
        ReadOnlySpan<Vector3> tints = [new(1.35f, 0.95f, 0.55f), new(1.15f, 1, 0.8f), Vector3.One, new(0.88f, 0.98f, 1.18f)];
        ReadOnlySpan<float> at = [2500, 4000, 6500, 9000];
        int i = kelvin < at[1] ? 0 : kelvin < at[2] ? 1 : 2;
        return Vector3.Lerp(tints[i], tints[i + 1], Math.Clamp((kelvin - at[i]) / (at[i + 1] - at[i]), 0, 1));
    }
}
