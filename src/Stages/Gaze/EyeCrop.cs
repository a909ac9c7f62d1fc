using System.Numerics;
using OpenCvSharp;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Gaze;

/// <summary>Cuts small upright squares, or strips of them, out of a face crop and lays them out as networks want them. One instance a network input size; not thread-safe.</summary>
internal sealed class EyeCrop : IDisposable
{
    private readonly int side;
    private readonly int height;
    private readonly byte[] bytes;
    private readonly Mat square;
    private readonly Mat toSquare = new(2, 3, MatType.CV_64F);

    /// <param name="side">Pixels of the square.</param>
    /// <param name="height">Rows that are kept around the square's middle; all of them if not given.</param>
    public EyeCrop(int side, int? height = null)
    {
        this.side = side;
        this.height = height ?? side;
        bytes = GC.AllocateArray<byte>(side * this.height * 3, pinned: true);
        square = Mat.FromPixelData(this.height, side, MatType.CV_8UC3, bytes);
    }

    /// <summary>Cuts a square around a place, turned so that the picture's <paramref name="tilt"/> becomes level.</summary>
    /// <param name="picture"><see cref="PixelFormat.Bgr24"/>.</param>
    /// <param name="centre">Picture pixels.</param>
    /// <param name="extent">Side of the square in picture pixels.</param>
    /// <param name="tilt">Radians clockwise on a screen that the content is turned by.</param>
    public void Cut(PixelBuffer picture, Vector2 centre, float extent, double tilt)
    {
        // Square pixel = scale * R(-tilt) * (picture pixel - centre) + side/2, then half a pixel each way
        // because OpenCV counts from pixel centres and this project from pixel edges.
        double scale = side / (double)extent;
        double a = scale * Math.Cos(tilt);
        double b = scale * Math.Sin(tilt);
        double tx = (side / 2.0) - (a * centre.X) - (b * centre.Y);
        double ty = (height / 2.0) + (b * centre.X) - (a * centre.Y);
        toSquare.Set(0, 0, a);
        toSquare.Set(0, 1, b);
        toSquare.Set(0, 2, tx + (0.5 * (a + b)) - 0.5);
        toSquare.Set(1, 0, -b);
        toSquare.Set(1, 1, a);
        toSquare.Set(1, 2, ty + (0.5 * (a - b)) - 0.5);
        using Mat view = Mat.FromPixelData(picture.Spec.Height, picture.Spec.Width, MatType.CV_8UC3, picture.PinnedArray, picture.Spec.Plane(0).Stride);
        Cv2.WarpAffine(view, square, toSquare, new Size(side, height), InterpolationFlags.Linear, BorderTypes.Replicate);
    }

    /// <summary>Where a point of the last cut square (pixels of the square) lies in the picture.</summary>
    public static Vector2 ToPicture(Vector2 inSquare, int side, Vector2 centre, float extent, double tilt)
    {
        Vector2 offset = (inSquare - new Vector2(side / 2f)) * (extent / side);
        (double sin, double cos) = Math.SinCos(tilt);
        return centre + new Vector2((float)((cos * offset.X) - (sin * offset.Y)), (float)((sin * offset.X) + (cos * offset.Y)));
    }

    /// <summary>Writes the square plane after plane: value = (byte - offset) * scale, with one offset and scale a plane in the order written.</summary>
    /// <param name="planes">3 x height x side floats.</param>
    /// <param name="redFirst">RGB where true, else BGR.</param>
    /// <param name="mirrored">Left and right exchanged.</param>
    /// <param name="offset">Subtracted from the byte.</param>
    /// <param name="scale">Multiplied after.</param>
    public void WritePlanes(Span<float> planes, bool redFirst, bool mirrored, Vector3 offset, Vector3 scale)
    {
        int area = side * height;
        Span<float> first = planes[..area];
        Span<float> second = planes.Slice(area, area);
        Span<float> third = planes.Slice(2 * area, area);
        int blueFirst = redFirst ? 2 : 0;
        int blueLast = 2 - blueFirst;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = bytes.AsSpan(y * side * 3, side * 3);
            for (int x = 0; x < side; x++)
            {
                int from = 3 * (mirrored ? side - 1 - x : x);
                int to = (y * side) + x;
                first[to] = (row[from + blueFirst] - offset.X) * scale.X;
                second[to] = (row[from + 1] - offset.Y) * scale.Y;
                third[to] = (row[from + blueLast] - offset.Z) * scale.Z;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        square.Dispose();
        toSquare.Dispose();
    }
}
