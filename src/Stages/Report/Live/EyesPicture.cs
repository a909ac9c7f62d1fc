using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report.Page;

namespace VideoGaze.Stages.Report.Live;

/// <summary>Makes the live page's pictures out of the crops that gaze is measured in: whole frames are not kept for it.</summary>
internal static class EyesPicture
{
    /// <summary>One side's eyes in the filmstrip, as the frame shows them.</summary>
    public static readonly Size SmallSize = new(112, 60);

    /// <summary>One side's eyes enlarged, level.</summary>
    public static readonly Size StripSize = FaceCrops.StripSize;

    /// <summary>Makes a picture.</summary>
    /// <param name="place">Which frame.</param>
    /// <param name="sides">One or two sides in the order in which they are stacked.</param>
    public static PagePicture Make(int place, params ReadOnlySpan<EyesView> sides)
    {
        using var small = new Mat(SmallSize.Height * sides.Length, SmallSize.Width, MatType.CV_8UC3);
        using var strips = new Mat(StripSize.Height * sides.Length, StripSize.Width, MatType.CV_8UC3);
        for (int i = 0; i < sides.Length; i++)
        {
            using Mat crop = PlaneView.Of(sides[i].Crop);
            using Mat copy = crop.Clone();
            using Mat smallRows = small.RowRange(i * SmallSize.Height, (i + 1) * SmallSize.Height);
            using Mat stripRows = strips.RowRange(i * StripSize.Height, (i + 1) * StripSize.Height);

            // Arrows over the small picture point in the frame's directions, so that one is turned back.
            CropWarp.Warp(crop, About(sides[i], StripSize, 0), stripRows, InterpolationFlags.Cubic);
            CropWarp.Shrink(copy, About(sides[i], SmallSize, -sides[i].Rotation), smallRows);
        }

        return new(place, [SmallSize.Width / 2, SmallSize.Height / 2], FaceCrops.Jpeg(small, FaceCrops.FaceQuality), FaceCrops.Jpeg(strips, FaceCrops.StripQuality));
    }

    /// <summary>Puts the middle between the eyes into the middle of a picture that is as wide as the strip of both eyes.</summary>
    private static SimilarityTransform About(EyesView side, Size picture, double clockwise)
    {
        double scale = picture.Width / (double)GazeCrop.SpecOf(GazeRegion.Eyes).Width;
        double a = scale * Math.Cos(clockwise), b = scale * Math.Sin(clockwise);
        return new(a, b, (picture.Width / 2.0) - ((a * side.Between.X) - (b * side.Between.Y)), (picture.Height / 2.0) - ((b * side.Between.X) + (a * side.Between.Y)));
    }
}
