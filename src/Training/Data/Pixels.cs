using System.Runtime.InteropServices;
using OpenCvSharp;

namespace VideoGaze.Training.Data;

/// <summary>Between interleaved 8-bit images and planar floats.</summary>
internal static class Pixels
{
    /// <summary>Writes an 8-bit image of 1 or 3 channels as planes of floats in [0, 1].</summary>
    public static void ToPlanes(Mat image, Span<float> planes)
    {
        int channels = image.Channels(), area = image.Rows * image.Cols;
        using Mat continuous = image.Clone(); // a clone is always without gaps between rows
        byte[] bytes = new byte[area * channels];
        Marshal.Copy(continuous.Data, bytes, 0, bytes.Length);
        for (int c = 0; c < channels; c++)
        {
            Span<float> plane = planes.Slice(c * area, area);
            for (int i = 0, from = c; i < area; i++, from += channels)
            {
                plane[i] = bytes[from] * (1f / 255);
            }
        }
    }

    /// <summary>Three planes of floats as an interleaved 8-bit image; one plane as a grey one shown in three channels.</summary>
    public static Mat FromPlanes(ReadOnlySpan<float> planes, int side)
    {
        int area = side * side, channels = planes.Length / area;
        byte[] bytes = new byte[area * 3];
        for (int i = 0; i < area; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                float value = planes[(channels == 3 ? c * area : 0) + i];
                bytes[(i * 3) + c] = (byte)Math.Clamp(MathF.Round(value * 255), 0, 255);
            }
        }

        using Mat view = Mat.FromPixelData(side, side, MatType.CV_8UC3, bytes);
        return view.Clone();
    }
}
