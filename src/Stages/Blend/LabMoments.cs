using System.Numerics;
using OpenCvSharp;

namespace VideoGaze.Stages.Blend;

/// <summary>Mean and standard deviation of a region's colours in CIE Lab (L 0..100, a and b about -127..127; X is L, Y is a, Z is b).</summary>
/// <param name="Mean">Means.</param>
/// <param name="Deviation">Standard deviations.</param>
internal readonly record struct LabMoments(Vector3 Mean, Vector3 Deviation)
{
    /// <summary>Measures a Lab picture (32FC3) where a mask (8UC1) is not 0.</summary>
    public static LabMoments Of(Mat lab, Mat mask)
    {
        Cv2.MeanStdDev(lab, out Scalar mean, out Scalar deviation, mask);
        return new(ToVector(mean), ToVector(deviation));

        static Vector3 ToVector(Scalar value) => new((float)value.Val0, (float)value.Val1, (float)value.Val2);
    }

    /// <summary>8-bit BGR to Lab in 32-bit floats.</summary>
    public static void ToLab(Mat bgr, Mat lab)
    {
        bgr.ConvertTo(lab, MatType.CV_32FC3, 1 / 255.0);
        Cv2.CvtColor(lab, lab, ColorConversionCodes.BGR2Lab);
    }
}
