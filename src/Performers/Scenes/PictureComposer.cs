using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Performers.Raster;

namespace VideoGaze.Performers.Scenes;

/// <summary>
/// Puts rendered layers before a background and takes the picture: exposure, vignette, softness, focus and motion in linear light; then the tone curve;
/// then what the camera's electronics add. The same layers, background, look and seed give the same bytes.
/// </summary>
public static class PictureComposer
{
    /// <summary>Takes a picture.</summary>
    /// <param name="layers">Farthest first, all as large as the background.</param>
    /// <param name="background">What is behind them.</param>
    /// <param name="look">The camera.</param>
    /// <param name="noiseSeed">Decides the noise and nothing else.</param>
    public static PixelImage Compose(IReadOnlyList<RenderedLayer> layers, LinearImage background, CameraLook look, int noiseSeed)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(background);
        ArgumentNullException.ThrowIfNull(look);
        RenderedLayer? misfit = layers.FirstOrDefault(layer => layer.Width != background.Width || layer.Height != background.Height);
        if (misfit is not null)
        {
            throw new ArgumentException($"A layer of {misfit.Width}x{misfit.Height} does not fit a background of {background.Width}x{background.Height}.", nameof(layers));
        }

        Vector3[] light = Expose(layers, background, look);
        using Mat linear = Mat.FromPixelData(background.Height, background.Width, MatType.CV_32FC3, light);
        CameraOptics.Apply(linear, look);
        linear.GetArray(out Vec3f[] exposed);
        Vector3[] developed = MemoryMarshal.Cast<Vec3f, Vector3>(exposed).ToArray();
        for (int i = 0; i < developed.Length; i++)
        {
            developed[i] = ToneCurve.Apply(developed[i]);
        }

        return CameraElectronics.Finish(developed, background.Width, background.Height, look, new Random(noiseSeed));
    }

    private static Vector3[] Expose(IReadOnlyList<RenderedLayer> layers, LinearImage background, CameraLook look)
    {
        Vector3 gain = look.Exposure * look.WhiteBalance;
        Vector3[] light = [.. background.Pixels];
        foreach (RenderedLayer layer in layers)
        {
            for (int i = 0; i < light.Length; i++)
            {
                Vector4 over = layer.Pixels[i];
                light[i] = over.AsVector3() + ((1 - over.W) * light[i]);
            }
        }

        int width = background.Width, height = background.Height;
        for (int i = 0; i < light.Length; i++)
        {
            float x = (((i % width) + 0.5f) / width) - 0.5f, y = (((i / width) + 0.5f) / height) - 0.5f;
            light[i] *= gain * (1 - (look.Vignette * 2 * ((x * x) + (y * y))));
        }

        return light;
    }
}
