using System.Numerics.Tensors;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Swap.OneShot;

/// <summary>
/// Where photos show bare skin. The generator knows it: its mask leaves out hair, spectacles and hands of a target. So each photo is swapped with itself, and of the answer only the mask is kept.
/// </summary>
internal static class BareSkin
{
    /// <summary>The photos with what is bare of them.</summary>
    /// <param name="session">The generator.</param>
    /// <param name="layout">Of the generator; photos are crops of its alignment and size.</param>
    /// <param name="photos">The photos.</param>
    public static IReadOnlyList<TexturePhoto> Found(OnnxSession session, OneShotLayout layout, IReadOnlyList<TexturePhoto> photos)
    {
        using OnnxBinding binding = session.Bind();
        MeshRaster raster = new(layout.Size);
        return [.. photos.Select(photo => photo with { Bare = Mask(binding, raster, photo) })];
    }

    private static byte[] Mask(OnnxBinding binding, MeshRaster raster, TexturePhoto photo)
    {
        TensorPrimitives.ConvertTruncating<byte, float>(photo.Pixels.Span, binding.Input(OneShotContract.Target).Floats);
        TensorPrimitives.Multiply(binding.Input(OneShotContract.Target).Floats, 1 / 255f, binding.Input(OneShotContract.Target).Floats);
        FaceTexture.From([photo], raster.Side).Draw(photo.Mesh, raster, binding.Input(OneShotContract.Source).Floats);
        binding.Run();
        byte[] mask = new byte[photo.Width * photo.Height];
        ReadOnlySpan<float> shown = binding.Output(OneShotContract.Mask).Floats;
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = (byte)Math.Clamp(MathF.Round(255 * shown[i]), 0, 255);
        }

        return mask;
    }
}
