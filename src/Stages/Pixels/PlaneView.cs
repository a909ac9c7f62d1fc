using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Pixels;

/// <summary>OpenCV headers over pooled pixels, without a copy: the pool's arrays are pinned for life.</summary>
internal static class PlaneView
{
    /// <summary>One plane of a buffer as a matrix. Valid while the caller owns the buffer; disposing the matrix does not touch the pixels.</summary>
    public static Mat Of(PixelBuffer buffer, int plane = 0)
    {
        PixelPlane place = buffer.Spec.Plane(plane);
        MatType type = buffer.Spec.Format switch
        {
            PixelFormat.Bgr24 => MatType.CV_8UC3,
            PixelFormat.Yuv420P10 => MatType.CV_16UC1,
            _ => MatType.CV_8UC1,
        };
        return Mat.FromPixelData(place.Height, place.Width, type, Marshal.UnsafeAddrOfPinnedArrayElement(buffer.PinnedArray, place.Offset), place.Stride);
    }
}
