using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Datasets;

/// <summary>What is seen at each pixel, from the materials the rasteriser saw.</summary>
internal static class FaceMask
{
    // In iBUG order.
    private const int JawEnd = 17;
    private const int OuterLipsStart = 48;
    private const int OuterLipsEnd = 60;

    // Skin further back than the fixed points before the ears, cm, is that of ears and neck.
    private const float BehindEars = 0.4f;

    /// <summary>Masks a picture.</summary>
    /// <param name="people">Layers with whom they show, farthest first.</param>
    /// <param name="camera">Who sees them.</param>
    /// <returns>8UC1 of <see cref="MaskClass"/>; the caller disposes it.</returns>
    public static Mat Of(IReadOnlyList<(RenderedLayer Layer, PosedPerformer Posed)> people, PinholeCamera camera)
    {
        var classes = new byte[camera.Width * camera.Height];
        foreach ((RenderedLayer layer, PosedPerformer posed) in people)
        {
            byte[] lips = Lips(posed, camera);
            Vector3[] jaw = [.. Enumerable.Range(0, JawEnd).Select(index => posed.Placement.ToHead(posed.Landmark(index)))];
            for (int i = 0; i < classes.Length; i++)
            {
                if (layer.Materials[i] == RenderedLayer.Nothing)
                {
                    continue;
                }

                HeadMaterial material = (HeadMaterial)layer.Materials[i];
                classes[i] = (byte)(material is HeadMaterial.Face or HeadMaterial.BackHead ? SkinClass(posed, jaw, camera.Unproject((i % camera.Width) + 0.5f, (i / camera.Width) + 0.5f, layer.Depths[i]), lips[i] > 0) : ClassOf(material));
            }
        }

        using Mat view = Mat.FromPixelData(camera.Height, camera.Width, MatType.CV_8UC1, classes);
        return view.Clone();
    }

    // The face model's skin runs from the forehead to below the collar without a seam; where face, neck and cloth end is told by the place alone.
    private static MaskClass SkinClass(PosedPerformer posed, Vector3[] jaw, Vector3 point, bool isInLips)
    {
        if (Collar.HeightOver(posed.Performer.Identity.Clothes, posed.Placement.ToBody(point)) < 0)
        {
            return MaskClass.Clothes;
        }

        Vector3 inHead = posed.Placement.ToHead(point);
        int next = Array.FindIndex(jaw, edge => edge.X > inHead.X);
        if (next <= 0 || inHead.Z < Math.Min(jaw[0].Z, jaw[^1].Z) - BehindEars)
        {
            return MaskClass.Neck;
        }

        (Vector3 before, Vector3 after) = (jaw[next - 1], jaw[next]);
        float edgeHeight = before.Y + ((after.Y - before.Y) * (inHead.X - before.X) / Math.Max(after.X - before.X, 1e-3f));
        return inHead.Y < edgeHeight ? MaskClass.Neck : isInLips ? MaskClass.Mouth : MaskClass.Face;
    }

    private static MaskClass ClassOf(HeadMaterial material) => material switch
    {
        HeadMaterial.Face or HeadMaterial.Lashes => MaskClass.Face,
        HeadMaterial.BackHead => MaskClass.Neck,
        HeadMaterial.GumsTongue or HeadMaterial.Teeth or HeadMaterial.MouthSocket => MaskClass.Mouth,
        HeadMaterial.Cloth => MaskClass.Clothes,
        HeadMaterial.Hair or HeadMaterial.Strand => MaskClass.Hair,
        HeadMaterial.GlassesFrame or HeadMaterial.Lens => MaskClass.Glasses,
        HeadMaterial.Prop or HeadMaterial.Hand or HeadMaterial.Nail => MaskClass.Occluder,
        HeadMaterial.Headwear => MaskClass.Headwear,
        _ => MaskClass.Eye,
    };

    // The lips are part of the face's mesh and have no material of their own: the outline of the outer lip landmarks tells them.
    private static byte[] Lips(PosedPerformer posed, PinholeCamera camera)
    {
        using Mat mask = Mat.Zeros(camera.Height, camera.Width, MatType.CV_8UC1);

        // Sixteenths of a pixel; OpenCV puts pixel centres at whole numbers.
        const int Shift = 4;
        Point[] outline = [.. Enumerable.Range(OuterLipsStart, OuterLipsEnd - OuterLipsStart).Select(index => Fixed(camera.Project(posed.Landmark(index))))];
        Cv2.FillPoly(mask, [outline], Scalar.White, LineTypes.Link8, Shift);
        mask.GetArray(out byte[] pixels);
        return pixels;

        static Point Fixed(Vector2 point) => new((int)MathF.Round((point.X - 0.5f) * (1 << Shift)), (int)MathF.Round((point.Y - 0.5f) * (1 << Shift)));
    }
}
