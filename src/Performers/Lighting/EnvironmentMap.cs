using System.Numerics;

namespace VideoGaze.Performers.Lighting;

/// <summary>
/// What rough surfaces mirror, by direction: tables of the scene's light blurred to some roughnesses, on octahedral maps whose seam lies behind the
/// performer, where no visible surface mirrors to.
/// </summary>
internal sealed class EnvironmentMap
{
    private const int Side = 32;

    // Finest for wet lips, coarsest for cloth; between, the square root of 2 apart.
    private static readonly float[] Roughnesses = [0.18f, 0.25f, 0.36f, 0.5f, 0.72f, 1f];

    private readonly Vector3[][] levels;

    public EnvironmentMap(SceneLight light)
    {
        levels = Array.ConvertAll(Roughnesses, roughness =>
        {
            var level = new Vector3[Side * Side];
            for (int i = 0; i < level.Length; i++)
            {
                level[i] = light.BlurredRadiance(DirectionAt(i % Side, i / Side), roughness);
            }

            return level;
        });
    }

    /// <summary>Radiance mirrored from a unit direction.</summary>
    public Vector3 At(Vector3 direction, float roughness)
    {
        float at = Math.Clamp(2 * MathF.Log2(roughness / Roughnesses[0]), 0, Roughnesses.Length - 1.001f);
        int level = (int)at;
        (int corner, float fx, float fy) = Locate(direction);
        return Vector3.Lerp(Bilinear(levels[level], corner, fx, fy), Bilinear(levels[level + 1], corner, fx, fy), at - level);
    }

    private static Vector3 Bilinear(Vector3[] level, int corner, float fx, float fy) =>
        Vector3.Lerp(Vector3.Lerp(level[corner], level[corner + 1], fx), Vector3.Lerp(level[corner + Side], level[corner + Side + 1], fx), fy);

    private static (int Corner, float X, float Y) Locate(Vector3 direction)
    {
        Vector3 size = Vector3.Abs(direction);
        float sum = size.X + size.Y + size.Z;
        float x = direction.X / sum, y = direction.Y / sum;
        if (direction.Z > 0)
        {
            (x, y) = ((1 - MathF.Abs(y)) * Sign(x), (1 - MathF.Abs(x)) * Sign(y));
        }

        x = Math.Clamp(((x + 1) * Side / 2) - 0.5f, 0, Side - 1.001f);
        y = Math.Clamp(((y + 1) * Side / 2) - 0.5f, 0, Side - 1.001f);
        int column = (int)x, row = (int)y;
        return ((row * Side) + column, x - column, y - row);
    }

    private static Vector3 DirectionAt(int column, int row)
    {
        float x = (2 * (column + 0.5f) / Side) - 1, y = (2 * (row + 0.5f) / Side) - 1;
        float z = MathF.Abs(x) + MathF.Abs(y) - 1;
        if (z > 0)
        {
            (x, y) = ((1 - MathF.Abs(y)) * Sign(x), (1 - MathF.Abs(x)) * Sign(y));
        }

        return Vector3.Normalize(new(x, y, z));
    }

    private static float Sign(float value) => value < 0 ? -1 : 1;
}
