using System.Numerics;

namespace VideoGaze.Performers.Lighting;

/// <summary>
/// The directions that light a scene, each with the share of irradiance it stands for. Sky and ground come from an even spiral over the sphere, each
/// soft light from a spiral over its own disc: so few directions give smooth sky light and true shadows of small lights.
/// </summary>
/// <param name="Directions">Unit vectors to the light.</param>
/// <param name="Weights">Irradiance over pi that a surface facing it gets, linear light.</param>
/// <param name="SkyCount">The first so many are the sphere's; occlusion is measured on these.</param>
internal sealed record LightSamples(Vector3[] Directions, Vector3[] Weights, int SkyCount)
{
    /// <summary>Lights below this share of the brightest get one direction only.</summary>
    private const float MinorLight = 0.15f;

    private const float GoldenAngle = 2.39996323f;

    public static LightSamples Of(SceneLight light, int skyCount, int perLight)
    {
        List<Vector3> directions = [], weights = [];
        for (int i = 0; i < skyCount; i++)
        {
            float z = 1 - (2 * (i + 0.5f) / skyCount);
            (float sine, float cosine) = MathF.SinCos(GoldenAngle * i);
            float radius = MathF.Sqrt(1 - (z * z));
            Vector3 direction = new(radius * cosine, radius * sine, z);
            directions.Add(direction);
            weights.Add(light.Ambient(direction) * (4f / skyCount));
        }

        float brightest = light.Lights.Select(Flux).DefaultIfEmpty(0).Max();
        foreach (SoftLight lamp in light.Lights)
        {
            AddLamp(lamp, Flux(lamp) < MinorLight * brightest ? 1 : perLight, directions, weights);
        }

        return new([.. directions], [.. weights], skyCount);
    }

    private static void AddLamp(SoftLight lamp, int count, List<Vector3> directions, List<Vector3> weights)
    {
        (Vector3 across, Vector3 up) = Basis(lamp.Direction);
        float total = Enumerable.Range(0, count).Sum(i => lamp.DiscShine(AngleOf(i)));
        float irradiance = DiscIntegral(lamp) / MathF.PI;
        for (int i = 0; i < count; i++)
        {
            float angle = AngleOf(i);
            (float sine, float cosine) = MathF.SinCos(GoldenAngle * i);
            directions.Add((MathF.Cos(angle) * lamp.Direction) + (MathF.Sin(angle) * ((cosine * across) + (sine * up))));
            weights.Add(lamp.Radiance * (irradiance * (total > 0 ? lamp.DiscShine(angle) / total : 1f / count)));
        }

        float AngleOf(int i) => count == 1 ? 0 : lamp.OuterAngle * MathF.Sqrt((i + 0.5f) / count);
    }

    // Integral of the share over the sphere, steradians.
    private static float DiscIntegral(SoftLight lamp)
    {
        const int Rings = 64;
        float sum = 0, step = lamp.OuterAngle / Rings;
        for (int i = 0; i < Rings; i++)
        {
            float angle = (i + 0.5f) * step;
            sum += lamp.DiscShine(angle) * 2 * MathF.PI * MathF.Sin(angle) * step;
        }

        return sum;
    }

    private static float Flux(SoftLight lamp) => DiscIntegral(lamp) * Vector3.Dot(lamp.Radiance, Vector3.One);

    private static (Vector3 Across, Vector3 Up) Basis(Vector3 direction)
    {
        Vector3 across = Vector3.Normalize(Vector3.Cross(MathF.Abs(direction.Y) > 0.9f ? Vector3.UnitX : Vector3.UnitY, direction));
        return (across, Vector3.Cross(direction, across));
    }
}
