using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Pixels;

/// <summary>
/// The one door between planar YUV frames and BGR pictures. Frames travel as decoded; only a face's rectangle is ever converted, so
/// everything outside it leaves the program bit for bit as it came.
/// </summary>
/// <remarks>
/// Coordinates are continuous pixels with the left edge of the left-most pixel at 0. OpenCV's warps put pixel centres at integers instead;
/// the half pixel between the two is settled here and nowhere else (<see cref="ToOpenCv"/>).
/// </remarks>
public static class FramePixels
{
    /// <summary>
    /// Cuts an upright crop out of a frame. Outside the frame the border pixels repeat. Crops that shrink are low-pass filtered first to the width
    /// of the crop's own pixels, continuously in the scale, so that a face coming nearer does not change its sharpness by a jump.
    /// </summary>
    /// <param name="frame">8- or 10-bit YUV 4:2:0.</param>
    /// <param name="color">How its samples are to be read.</param>
    /// <param name="toCrop">Frame pixels to crop pixels.</param>
    /// <param name="bgrCrop">Filled; <see cref="PixelFormat.Bgr24"/>.</param>
    public static void WarpToBgr(PixelBuffer frame, ColorSpec color, SimilarityTransform toCrop, PixelBuffer bgrCrop)
    {
        using Mat crop = PlaneView.Of(bgrCrop);
        WarpToBgr(frame, color, toCrop, crop);
    }

    /// <summary>As <see cref="WarpToBgr(PixelBuffer, ColorSpec, SimilarityTransform, PixelBuffer)"/>, into a matrix.</summary>
    /// <param name="frame">8- or 10-bit YUV 4:2:0.</param>
    /// <param name="color">How its samples are to be read.</param>
    /// <param name="toCrop">Frame pixels to crop pixels.</param>
    /// <param name="bgrCrop">Filled; 8UC3 of the wanted size.</param>
    public static void WarpToBgr(PixelBuffer frame, ColorSpec color, SimilarityTransform toCrop, Mat bgrCrop)
    {
        SimilarityTransform toFrame = toCrop.Inverse();
        double shrink = toFrame.Scale;

        // Four crop pixels of margin cover the reach of the filters below (three sigma and a cubic's two taps).
        int margin = (int)Math.Ceiling(4 * Math.Max(shrink, 1));
        Rect region = CropWarp.Bounds(toFrame, bgrCrop.Width, bgrCrop.Height, margin, frame.Spec);
        using var source = new Mat(region.Height, region.Width, MatType.CV_8UC3);
        ReadBgr(frame, color, region, source);
        SimilarityTransform regionToCrop = new SimilarityTransform(1, 0, region.X, region.Y).Then(toCrop);
        CropWarp.Shrink(source, regionToCrop, bgrCrop);
    }

    /// <summary>Converts a rectangle of a frame.</summary>
    /// <param name="frame">8- or 10-bit YUV 4:2:0.</param>
    /// <param name="color">How its samples are to be read.</param>
    /// <param name="region">Inside the frame; any parity.</param>
    /// <param name="bgr">Filled; 8UC3 of the region's size.</param>
    public static void ReadBgr(PixelBuffer frame, ColorSpec color, Rect region, Mat bgr)
    {
        Check(frame, region, bgr, MatType.CV_8UC3);
        var yuv = new YuvCoefficients(color, Depth(frame.Spec));
        if (frame.Spec.BytesPerSample == 1)
        {
            YuvReader.Read<byte>(frame, yuv, region, bgr);
        }
        else
        {
            YuvReader.Read<ushort>(frame, yuv, region, bgr);
        }
    }

    /// <summary>
    /// Blends a picture over a rectangle of a frame. Pixels of alpha 0 and everything outside the region stay bit-exact in luma and in chroma;
    /// a chroma sample changes only if all the pixels of its 2 x 2 block lie inside the region and have an alpha above 0.
    /// </summary>
    /// <param name="frame">8- or 10-bit YUV 4:2:0; changed in place.</param>
    /// <param name="color">How its samples are to be written.</param>
    /// <param name="region">Inside the frame; any parity.</param>
    /// <param name="bgr">8UC3 of the region's size.</param>
    /// <param name="alpha8">8UC1 of the region's size, 255 for the new picture; null writes all of it.</param>
    public static void WriteBgr(PixelBuffer frame, ColorSpec color, Rect region, Mat bgr, Mat? alpha8)
    {
        Check(frame, region, bgr, MatType.CV_8UC3);
        if (alpha8 is not null)
        {
            Check(frame, region, alpha8, MatType.CV_8UC1);
        }

        var yuv = new YuvCoefficients(color, Depth(frame.Spec));
        if (frame.Spec.BytesPerSample == 1)
        {
            YuvWriter.Write<byte>(frame, yuv, region, bgr, alpha8);
        }
        else
        {
            YuvWriter.Write<ushort>(frame, yuv, region, bgr, alpha8);
        }
    }

    /// <summary>
    /// The whole frame scaled into a smaller picture, for detectors. Planes are scaled before they are converted (a sixth of the work for 720p to 360p);
    /// the chroma's quarter-pixel siting is left aside here, a detector does not see it.
    /// </summary>
    /// <param name="frame">8- or 10-bit YUV 4:2:0.</param>
    /// <param name="color">How its samples are to be read.</param>
    /// <param name="bgrOut">Filled; 8UC3, any size and proportion.</param>
    public static void ScaleToBgr(PixelBuffer frame, ColorSpec color, Mat bgrOut)
    {
        Check(frame, new Rect(0, 0, frame.Spec.Width, frame.Spec.Height), null, MatType.CV_8UC3);
        if (bgrOut.Type() != MatType.CV_8UC3)
        {
            throw new ArgumentException($"Expected a matrix of type CV_8UC3, got {bgrOut.Type()}.", nameof(bgrOut));
        }

        using Mat luma = Scaled(frame, 0, bgrOut.Size());
        using Mat u = Scaled(frame, 1, bgrOut.Size());
        using Mat v = Scaled(frame, 2, bgrOut.Size());
        var yuv = new YuvCoefficients(color, Depth(frame.Spec));
        if (frame.Spec.BytesPerSample == 1)
        {
            YuvReader.ReadPlanes<byte>(luma, u, v, yuv, bgrOut);
        }
        else
        {
            YuvReader.ReadPlanes<ushort>(luma, u, v, yuv, bgrOut);
        }
    }

    /// <summary>A transform between continuous coordinates as OpenCV's 2 x 3 matrix between pixel centres. The caller disposes it.</summary>
    public static Mat ToOpenCv(SimilarityTransform transform)
    {
        // Centre c of OpenCV is c + 1/2 of ours: shift by a half, transform, shift back.
        double tx = transform.Tx + (0.5 * (transform.A - transform.B)) - 0.5;
        double ty = transform.Ty + (0.5 * (transform.B + transform.A)) - 0.5;
        var matrix = new Mat(2, 3, MatType.CV_64FC1);
        matrix.Set(0, 0, transform.A);
        matrix.Set(0, 1, -transform.B);
        matrix.Set(0, 2, tx);
        matrix.Set(1, 0, transform.B);
        matrix.Set(1, 1, transform.A);
        matrix.Set(1, 2, ty);
        return matrix;
    }

    private static Mat Scaled(PixelBuffer frame, int plane, Size size)
    {
        using Mat full = PlaneView.Of(frame, plane);
        var scaled = new Mat();
        Cv2.Resize(full, scaled, size, 0, 0, size.Width < full.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
        return scaled;
    }

    private static int Depth(PixelSpec spec) => spec.BytesPerSample == 1 ? 8 : 10;

    private static void Check(PixelBuffer frame, Rect region, Mat? picture, MatType type)
    {
        if (!frame.Spec.IsYuv)
        {
            throw new ArgumentException($"Expected a YUV 4:2:0 frame, got {frame.Spec.Format}.", nameof(frame));
        }

        if (region.X < 0 || region.Y < 0 || region.Width < 1 || region.Height < 1 || region.Right > frame.Spec.Width || region.Bottom > frame.Spec.Height)
        {
            throw new ArgumentOutOfRangeException(nameof(region), region, $"The region must lie inside {frame.Spec.Width}x{frame.Spec.Height}.");
        }

        if (picture is not null && (picture.Type() != type || picture.Width != region.Width || picture.Height != region.Height))
        {
            throw new ArgumentException(
                $"Expected a {region.Width}x{region.Height} matrix of type {type}, got {picture.Width}x{picture.Height} of type {picture.Type()}.",
                nameof(picture));
        }
    }
}
