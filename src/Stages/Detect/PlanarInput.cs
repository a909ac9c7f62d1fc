using OpenCvSharp;
using VideoGaze.Faces.Models;

namespace VideoGaze.Stages.Detect;

/// <summary>Lays a BGR picture out as networks want it: plane after plane, scaled.</summary>
internal static class PlanarInput
{
    /// <summary>Writes (value - <paramref name="offset"/>) * <paramref name="scale"/> into a 1 x 3 x H x W tensor of 32-bit floats.</summary>
    /// <param name="bgr">8-bit BGR, H x W.</param>
    /// <param name="tensor">Float32.</param>
    /// <param name="redFirst">Planes R, G, B where true, else B, G, R.</param>
    /// <param name="offset">Subtracted from 0..255.</param>
    /// <param name="scale">Multiplied after.</param>
    public static void Write(Mat bgr, OnnxTensor tensor, bool redFirst, double offset, double scale)
    {
        if (tensor.Spec.Kind != TensorKind.Float32 || tensor.Length != 3 * bgr.Height * bgr.Width)
        {
            throw new ArgumentException($"A picture of {bgr.Width}x{bgr.Height} does not fit the tensor {tensor.Spec}.", nameof(bgr));
        }

        Write(bgr, tensor.Address, redFirst, offset, scale);
    }

    /// <summary>As the other overload, into a pinned array of 3 x H x W.</summary>
    public static void Write(Mat bgr, float[] pinnedPlanes, bool redFirst, double offset, double scale)
    {
        if (pinnedPlanes.Length != 3 * bgr.Height * bgr.Width)
        {
            throw new ArgumentException($"A picture of {bgr.Width}x{bgr.Height} does not fit {pinnedPlanes.Length} values.", nameof(bgr));
        }

        Write(bgr, System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinnedPlanes, 0), redFirst, offset, scale);
    }

    private static void Write(Mat bgr, nint address, bool redFirst, double offset, double scale)
    {
        int height = bgr.Height, width = bgr.Width;
        using Mat floats = new();
        bgr.ConvertTo(floats, MatType.CV_32FC3, scale, -offset * scale);
        int plane = height * width * sizeof(float);
        using Mat first = Mat.FromPixelData(height, width, MatType.CV_32FC1, address);
        using Mat second = Mat.FromPixelData(height, width, MatType.CV_32FC1, address + plane);
        using Mat third = Mat.FromPixelData(height, width, MatType.CV_32FC1, address + (2 * plane));
        Mat[] targets = redFirst ? [third, second, first] : [first, second, third];
        for (int channel = 0; channel < targets.Length; channel++)
        {
            Cv2.ExtractChannel(floats, targets[channel], channel);
        }
    }
}
