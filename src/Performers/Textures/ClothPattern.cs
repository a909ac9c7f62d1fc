using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Textures;

/// <summary>The colour of a shirt at a point of the neutral body; bust and torso look it up alike, so that no border shows.</summary>
/// <param name="look">Colours.</param>
/// <param name="seed">Decides stripes or checks, and their width.</param>
internal sealed class ClothPattern(ClothesLook look, int seed)
{
    private readonly float period = 1.2f + (0.35f * (seed % 7));
    private readonly bool isChecked = seed % 3 == 0;
    private readonly bool isUpright = seed % 3 == 1;

    /// <summary>sRGB.</summary>
    /// <param name="rest">Head frame, cm.</param>
    public Vector3 At(Vector3 rest)
    {
        float weave = 1 + (0.05f * (SeededNoise.At(rest * 9) - 0.5f));
        Vector3 color = look.Color;
        if (look.PatternColor is Vector3 second)
        {
            float across = Band(rest.X + (0.3f * rest.Z)), down = Band(rest.Y);
            color = Vector3.Lerp(color, second, isChecked ? (across + down) / 2 : isUpright ? across : down);
        }

        return color * weave;
    }

    private float Band(float at)
    {
        float phase = (at / period) - MathF.Floor(at / period);
        return HeadMesh.SmoothStep(0.45f, 0.5f, phase) - HeadMesh.SmoothStep(0.95f, 1, phase);
    }
}
