using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace VideoGaze.Stages.Swap;

/// <summary>Between 8-bit BGR pictures and planes of red, green and blue floats, each colour with a mean and deviation of its own.</summary>
internal static class Planes
{
    /// <summary>Writes (value / 255 - mean) / deviation.</summary>
    /// <param name="bgr">8UC3, square.</param>
    /// <param name="planes">Filled; pinned, 3 x side x side.</param>
    /// <param name="mean">Of red, green and blue in 0..1.</param>
    /// <param name="deviation">Of red, green and blue in 0..1.</param>
    public static void Write(Mat bgr, float[] planes, Vector3 mean, Vector3 deviation)
    {
        using Mat channel = new();
        for (int colour = 0; colour < 3; colour++)
        {
            Cv2.ExtractChannel(bgr, channel, 2 - colour);
            using Mat plane = View(planes, colour, bgr.Width);
            channel.ConvertTo(plane, MatType.CV_32FC1, 1 / (255 * deviation[colour]), -mean[colour] / deviation[colour]);
        }
    }

    /// <summary>The other way: 255 x (value x deviation + mean), rounded and clipped.</summary>
    public static void Read(float[] planes, Mat bgr, Vector3 mean, Vector3 deviation)
    {
        using Mat channel = new();
        for (int colour = 0; colour < 3; colour++)
        {
            using Mat plane = View(planes, colour, bgr.Width);
            plane.ConvertTo(channel, MatType.CV_8UC1, 255 * deviation[colour], 255 * mean[colour]);
            Cv2.InsertChannel(channel, bgr, 2 - colour);
        }
    }

    /// <summary>One plane as a matrix over the same memory.</summary>
    public static Mat View(float[] pinned, int plane, int side) =>
        Mat.FromPixelData(side, side, MatType.CV_32FC1, Marshal.UnsafeAddrOfPinnedArrayElement(pinned, plane * side * side));
}
