using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Datasets;

/// <summary>What is seen at each pixel, from the materials the rasteriser saw.</summary>
internal static class FaceMask
{
    private const int OuterLipsStart = 48;
    private const int OuterLipsEnd = 60;

    /// <summary>Masks a picture.</summary>
    /// <param name="people">Layers with the labels of whom they show, farthest first.</param>
    /// <returns>8UC1 of <see cref="MaskClass"/>; the caller disposes it.</returns>
    public static Mat Of(IReadOnlyList<(RenderedLayer Layer, PerformerLabels Labels)> people)
    {
        RenderedLayer first = people[0].Layer;
        var classes = new byte[first.Width * first.Height];
        foreach ((RenderedLayer layer, PerformerLabels labels) in people)
        {
            byte[] lips = Lips(labels, layer.Width, layer.Height);
            for (int i = 0; i < classes.Length; i++)
            {
                if (layer.Materials[i] != RenderedLayer.Nothing)
                {
                    MaskClass seen = ClassOf((HeadMaterial)layer.Materials[i]);
                    classes[i] = (byte)(seen == MaskClass.Face && lips[i] > 0 ? MaskClass.Mouth : seen);
                }
            }
        }

        using Mat view = Mat.FromPixelData(first.Height, first.Width, MatType.CV_8UC1, classes);
        return view.Clone();
    }

    private static MaskClass ClassOf(HeadMaterial material) => material switch
    {
        HeadMaterial.Face or HeadMaterial.Lashes => MaskClass.Face,
        HeadMaterial.BackHead => MaskClass.Neck,
        HeadMaterial.GumsTongue or HeadMaterial.Teeth or HeadMaterial.MouthSocket => MaskClass.Mouth,
        HeadMaterial.Cloth => MaskClass.Clothes,
        HeadMaterial.Hair or HeadMaterial.Strand => MaskClass.Hair,
        HeadMaterial.GlassesFrame or HeadMaterial.Lens => MaskClass.Glasses,
        HeadMaterial.Prop or HeadMaterial.Hand => MaskClass.Occluder,
        _ => MaskClass.Eye,
    };

    // The lips are part of the face's mesh and have no material of their own: the outline of the outer lip landmarks tells them.
    private static byte[] Lips(PerformerLabels labels, int width, int height)
    {
        using Mat mask = Mat.Zeros(height, width, MatType.CV_8UC1);

        // Sixteenths of a pixel; OpenCV puts pixel centres at whole numbers.
        const int Shift = 4;
        Point[] outline = [.. labels.Landmarks68.Skip(OuterLipsStart).Take(OuterLipsEnd - OuterLipsStart).Select(Fixed)];
        Cv2.FillPoly(mask, [outline], Scalar.White, LineTypes.Link8, Shift);
        mask.GetArray(out byte[] pixels);
        return pixels;

        static Point Fixed(Vector2 point) => new((int)MathF.Round((point.X - 0.5f) * (1 << Shift)), (int)MathF.Round((point.Y - 0.5f) * (1 << Shift)));
    }
}
