using System.Numerics;
using OpenCvSharp;

namespace VideoGaze.Stages.Score;

/// <summary>
/// How visible the rim of what a swapper changed is: the step of colour across the rim where it is larger than the step that belongs there, in the target or in the true
/// swap. A seam that follows an edge both know, such as the jaw, or that fades out over many pixels does not count.
/// </summary>
/// <param name="Excess">Mean excess of the step along the rim, 0..255.</param>
/// <param name="Relative">Excess over the step that belongs there; 0 is invisible, 1 as strong again as what belongs there.</param>
/// <param name="Share">Share of the rim where any excess is seen, 0..1.</param>
internal readonly record struct SeamVisibility(double Excess, double Relative, double Share)
{
    // Below this difference a pixel counts as unchanged, in levels of 255 after smoothing: above what x264 at crf 18 leaves of the clips here (95th percentile 2).
    private const double ChangedAbove = 4;

    // The least step a person sees, in levels of 255: 1 to 2 % of contrast (Weber's law) at middle grey.
    private const double LeastVisible = 2;

    // Half the width of the band the step is taken across, in distances of the outer eye corners, and the least in pixels.
    private const double HalfBand = 0.03;
    private const double LeastHalfBand = 2;

    // The least area that is taken for a swap and not for noise, in squared distances of the outer eye corners.
    private const double LeastArea = 0.05;

    /// <summary>Nothing was changed, so there is no rim.</summary>
    public static SeamVisibility None => default;

    /// <summary>Measures the rim of everything that differs between two pictures of one size.</summary>
    /// <param name="output">8UC3 BGR, the face with a wide margin.</param>
    /// <param name="target">The same part of the video before the swap.</param>
    /// <param name="trueSwap">The same part of the true swap: another head has other outlines, which are no seams.</param>
    /// <param name="eyeDistance">Distance of the outer eye corners, pixels.</param>
    public static SeamVisibility Between(Mat output, Mat target, Mat trueSwap, double eyeDistance)
    {
        double half = Math.Max(LeastHalfBand, HalfBand * eyeDistance);
        using Mat swapped = Smooth(output, half / 2), original = Smooth(target, half / 2), ideal = Smooth(trueSwap, half / 2);
        using Mat changed = Changed(swapped, original, half, LeastArea * eyeDistance * eyeDistance, out Point[][] rims);
        if (rims.Length == 0)
        {
            return None;
        }

        using Mat soft = new(), slopeX = new(), slopeY = new();
        changed.ConvertTo(soft, MatType.CV_32F, 1 / 255.0);
        Cv2.GaussianBlur(soft, soft, new Size(0, 0), half);
        Cv2.Sobel(soft, slopeX, MatType.CV_32F, 1, 0);
        Cv2.Sobel(soft, slopeY, MatType.CV_32F, 0, 1);
        var inside = new Rect(0, 0, output.Width - 1, output.Height - 1);
        double excess = 0, own = 0;
        long seen = 0, count = 0;
        foreach (Point at in rims.SelectMany(rim => rim))
        {
            // The slope of the mask points inward.
            var inward = new Vector2(slopeX.At<float>(at.Y, at.X), slopeY.At<float>(at.Y, at.X));
            if (inward.Length() < 1e-6f)
            {
                continue;
            }

            inward *= (float)half / inward.Length();
            Vector2 within = new Vector2(at.X, at.Y) + inward, without = new Vector2(at.X, at.Y) - inward;

            // Where the change runs out of the picture there is no rim to see.
            if (!Holds(inside, within) || !Holds(inside, without))
            {
                continue;
            }

            double belongs = Math.Max(Step(original, within, without), Step(ideal, within, without));
            double more = Math.Max(0, Step(swapped, within, without) - belongs - LeastVisible);
            excess += more;
            own += belongs + LeastVisible;
            seen += more > 0 ? 1 : 0;
            count++;
        }

        return count == 0 ? None : new(excess / count, excess / own, (double)seen / count);
    }

    private static bool Holds(Rect inside, Vector2 point) => point.X >= 0 && point.Y >= 0 && point.X < inside.Width && point.Y < inside.Height;

    private static Mat Smooth(Mat bgr, double sigma)
    {
        Mat smooth = new();
        bgr.ConvertTo(smooth, MatType.CV_32F);
        Cv2.GaussianBlur(smooth, smooth, new Size(0, 0), sigma);
        return smooth;
    }

    /// <summary>What was changed, without holes (8UC1), and its rims.</summary>
    private static Mat Changed(Mat swapped, Mat original, double half, double leastArea, out Point[][] rims)
    {
        using Mat difference = new(), largest = new(), mask = new(), disc = Disc(half);
        Cv2.Absdiff(swapped, original, difference);
        Mat[] channels = Cv2.Split(difference);
        Cv2.Max(channels[0], channels[1], largest);
        Cv2.Max(largest, channels[2], largest);
        foreach (Mat channel in channels)
        {
            channel.Dispose();
        }

        Cv2.Compare(largest, ChangedAbove, mask, CmpTypes.GT);
        Cv2.MorphologyEx(mask, mask, MorphTypes.Close, disc);
        Cv2.MorphologyEx(mask, mask, MorphTypes.Open, disc);
        Cv2.FindContours(mask, out Point[][] found, out _, RetrievalModes.External, ContourApproximationModes.ApproxNone);
        rims = [.. found.Where(rim => Cv2.ContourArea(rim) >= leastArea)];
        Mat filled = Mat.Zeros(mask.Size(), MatType.CV_8UC1);
        Cv2.DrawContours(filled, rims, -1, Scalar.All(255), -1);
        return filled;
    }

    private static Mat Disc(double radius)
    {
        int side = (2 * (int)Math.Ceiling(radius)) + 1;
        return Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(side, side));
    }

    /// <summary>Difference of colour between two places: root mean square over the channels, 0..255.</summary>
    private static double Step(Mat picture, Vector2 a, Vector2 b)
    {
        Vec3f u = At(picture, a), v = At(picture, b);
        double x = u.Item0 - v.Item0, y = u.Item1 - v.Item1, z = u.Item2 - v.Item2;
        return Math.Sqrt(((x * x) + (y * y) + (z * z)) / 3);
    }

    /// <summary>Bilinear; pixel centres at integers.</summary>
    private static Vec3f At(Mat picture, Vector2 place)
    {
        int x = (int)place.X, y = (int)place.Y;
        float fx = place.X - x, fy = place.Y - y;
        Vec3f top = Mix(picture.At<Vec3f>(y, x), picture.At<Vec3f>(y, x + 1), fx);
        Vec3f bottom = Mix(picture.At<Vec3f>(y + 1, x), picture.At<Vec3f>(y + 1, x + 1), fx);
        return Mix(top, bottom, fy);
    }

    private static Vec3f Mix(Vec3f a, Vec3f b, float part) => new(
        a.Item0 + (part * (b.Item0 - a.Item0)),
        a.Item1 + (part * (b.Item1 - a.Item1)),
        a.Item2 + (part * (b.Item2 - a.Item2)));
}
