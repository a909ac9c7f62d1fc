using System.Globalization;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Identity;

/// <summary>What is wrong with a photo of a person that shows a face all the same. Such photos are left out as long as there is a better one.</summary>
internal static class PhotoFaults
{
    // Beyond these a cheek or the brows are hidden, and what is seen says little about the face from the front.
    private const double FarthestYawDegrees = 40, FarthestPitchDegrees = 30;

    // From this share of the largest face on, a second one may as well be meant.
    private const float Rival = 0.35f;

    // Height of a detector's box below which less is seen than a generator's 128 px crop could show of brows and lids.
    private const float LeastHeight = 56;

    // A Gaussian blur of one pixel at 128 px takes sharpness to a sixth (median of 6 clips and photo sets); sharp faces have .02 to .2.
    private const double BlurredShare = 0.2, BlurredAlways = 0.004;

    /// <summary>The fault, to follow "because", or null.</summary>
    public static string? Of(FacePhoto photo, HeadPose head)
    {
        FormattableString? fault = photo switch
        {
            { SecondFace: >= Rival } => $"it shows several faces",
            { Face.Box.Height: < LeastHeight } => $"its face is only {photo.Face.Box.Height:0} pixels high",
            _ when Math.Abs(head.YawDegrees) > FarthestYawDegrees => $"its face is turned {Math.Abs(head.YawDegrees):0} degrees aside",
            _ when Math.Abs(head.PitchDegrees) > FarthestPitchDegrees => $"its face is turned {Math.Abs(head.PitchDegrees):0} degrees up or down",
            _ => null,
        };
        return fault?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Variance of the Laplacian over the variance of the luma, in the middle of an aligned crop: about .02 to .2 for a sharp face, whatever its contrast.</summary>
    public static double Sharpness(PixelBuffer crop)
    {
        using Mat picture = PlaneView.Of(crop);
        int border = picture.Rows / 6;
        using Mat middle = picture[new Rect(border, border, picture.Cols - (2 * border), picture.Rows - (2 * border))];
        using Mat luma = new(), edges = new();
        Cv2.CvtColor(middle, luma, ColorConversionCodes.BGR2GRAY);
        Cv2.Laplacian(luma, edges, MatType.CV_64FC1);
        return Variance(edges) / Math.Max(1, Variance(luma));

        static double Variance(Mat values)
        {
            Cv2.MeanStdDev(values, out _, out Scalar deviation);
            return deviation.Val0 * deviation.Val0;
        }
    }

    /// <summary>Whether a photo is blurred beside the others of the same person.</summary>
    /// <param name="sharpness">Its sharpness.</param>
    /// <param name="all">That of all photos, its own included.</param>
    public static bool IsBlurred(double sharpness, IReadOnlyList<double> all) =>
        sharpness < BlurredAlways || sharpness < BlurredShare * all.Order().ElementAt(all.Count / 2);
}
