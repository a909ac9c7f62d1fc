using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace VideoGaze.Performers.Scenes;

/// <summary>What is behind the performers: a kind of place, painted from a seed and out of focus. Plain data.</summary>
public sealed record Backdrop
{
    /// <summary>The place.</summary>
    public BackdropKind Kind { get; init; }

    /// <summary>Decides all details.</summary>
    public int Seed { get; init; }

    /// <summary>Radius of the disc a point is smeared to, share of the picture's width; 0 sharp, 0.03 far out of focus.</summary>
    public float Defocus { get; init; } = 0.012f;

    /// <summary>Factor on the light of red, green and blue: the colour of the scene's light, and how bright the place is.</summary>
    public Vector3 Light { get; init; } = Vector3.One;

    /// <summary>Paints it.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="exposure">The exposure it will be seen at: a place looks as it was painted at this one, whatever light falls on the people before it.</param>
    public LinearImage Paint(int width, int height, float exposure = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exposure);
        Vector3 gain = Light / exposure;
        // What is blurred anyway is painted small.
        float scale = Math.Min(1, Math.Max(4 / Math.Max(Defocus * width, 1e-3f), 240f / width));
        int paintedWidth = Math.Max(16, (int)(width * scale)), paintedHeight = Math.Max(16, (int)(height * scale));
        using Mat painted = Mat.Zeros(paintedHeight, paintedWidth, MatType.CV_32FC3);
        BackdropPainter.Paint(painted, Kind, new Random(Seed));
        ToLight(painted);
        float radius = Defocus * paintedWidth;
        if (radius > 0.4f)
        {
            using Mat disc = CameraOptics.Disc(radius);
            Cv2.Filter2D(painted, painted, -1, disc, borderType: BorderTypes.Reflect101);
        }

        using var full = new Mat();
        Cv2.Resize(painted, full, new Size(width, height), 0, 0, scale < 1 ? InterpolationFlags.Cubic : InterpolationFlags.Area);
        full.GetArray(out Vec3f[] values);
        return new(width, height, Array.ConvertAll(MemoryMarshal.Cast<Vec3f, Vector3>(values).ToArray(), pixel => Vector3.Max(pixel, Vector3.Zero) * gain));
    }

    // Colours are painted as they should look; the tone curve will be applied to the light.
    private static void ToLight(Mat painted)
    {
        painted.GetArray(out Vec3f[] pixels);
        Span<float> flat = MemoryMarshal.Cast<Vec3f, float>(pixels.AsSpan());
        for (int i = 0; i < flat.Length; i++)
        {
            flat[i] = ToneCurve.Invert(flat[i]);
        }

        painted.SetArray(pixels);
    }
}

/// <summary>Kinds of places.</summary>
public enum BackdropKind
{
    /// <summary>One colour, lit unevenly: a photographer's paper or a bare wall.</summary>
    Studio,

    /// <summary>A living room: wall, window, pictures, shelf, lamp, plant.</summary>
    Room,

    /// <summary>An office: ceiling lights, screens, partitions.</summary>
    Office,

    /// <summary>A street: sky, houses, ground.</summary>
    Street,

    /// <summary>Leaves with the sky between.</summary>
    Garden,

    /// <summary>Lights of a town at night.</summary>
    Night,

    /// <summary>Patches of colour without a meaning.</summary>
    Abstract,
}
