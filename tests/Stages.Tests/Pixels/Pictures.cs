using OpenCvSharp;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Tests.Pixels;

/// <summary>Pictures that tests compute, and how far two pictures are apart.</summary>
internal static class Pictures
{
    public static ColorSpec Hd { get; } = new(YuvMatrix.Bt709, FullRange: false);

    /// <summary>Smooth, coloured, with edges of a few pixels' width: what a camera gives, without its noise.</summary>
    public static Mat Scene(int width, int height, int seed = 1)
    {
        var random = new Random(seed);
        using var small = new Mat((height / 8) + 2, (width / 8) + 2, MatType.CV_8UC3);
        int rows = small.Rows, columns = small.Cols;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                // Grey detail over weak colour: chroma that stays inside what YUV of limited range can hold.
                int grey = random.Next(50, 190);
                small.At<Vec3b>(y, x) = new Vec3b((byte)(grey + random.Next(-20, 20)), (byte)grey, (byte)(grey + random.Next(-20, 40)));
            }
        }

        var scene = new Mat();
        Cv2.Resize(small, scene, new Size(width, height), 0, 0, InterpolationFlags.Cubic);
        return scene;
    }

    /// <summary>A frame that shows a picture.</summary>
    public static PixelBuffer Frame(PixelPool pool, Mat bgr, ColorSpec color, PixelFormat format = PixelFormat.Yuv420P8)
    {
        PixelBuffer frame = pool.Rent(new PixelSpec(bgr.Width, bgr.Height, format));
        frame.Bytes.Clear();
        FramePixels.WriteBgr(frame, color, new Rect(0, 0, bgr.Width, bgr.Height), bgr, null);
        return frame;
    }

    public static Mat Read(PixelBuffer frame, ColorSpec color, Rect region)
    {
        var bgr = new Mat(region.Height, region.Width, MatType.CV_8UC3);
        FramePixels.ReadBgr(frame, color, region, bgr);
        return bgr;
    }

    public static Mat Read(PixelBuffer frame, ColorSpec color) => Read(frame, color, new Rect(0, 0, frame.Spec.Width, frame.Spec.Height));

    /// <summary>Peak signal-to-noise ratio in dB over all channels.</summary>
    public static double Psnr(Mat a, Mat b) => Cv2.PSNR(a, b);

    public static int LargestDifference(Mat a, Mat b)
    {
        using var difference = new Mat();
        Cv2.Absdiff(a, b, difference);
        using Mat flat = difference.Reshape(1);
        Cv2.MinMaxLoc(flat, out double _, out double most);
        return (int)most;
    }
}
