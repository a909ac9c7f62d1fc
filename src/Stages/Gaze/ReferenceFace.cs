using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Gaze;

/// <summary>
/// A face drawn in code, left-right symmetric at rest, with eyes that can be pointed: what the mirror test shows to a network, so that no photo has to ship.
/// Nose and mouth move along a little, as a head turns with the eyes, for networks that read the whole face.
/// </summary>
internal sealed class ReferenceFace : IDisposable
{
    private const int Side = 448;
    private const float EyeDistance = 132;
    private const float EyeWidth = 62;
    private const float EyeHeight = 24;
    private const float IrisRadius = 12.5f;
    private static readonly Vector2 Middle = new(Side / 2f, 196);
    private static readonly Scalar Skin = new(150, 178, 212);
    private readonly PixelPool pool = new();
    private readonly PixelBuffer picture;

    public ReferenceFace() => picture = pool.Rent(new PixelSpec(Side, Side, PixelFormat.Bgr24));

    /// <summary>Draws the face and says where its eyes are. The picture is overwritten by the next call.</summary>
    /// <param name="toRight">Look to the image's right, -1 to 1; 1 is about 30 degrees.</param>
    /// <param name="toTop">Look up, -1 to 1; 1 is about 20 degrees.</param>
    public GazeView Draw(float toRight, float toTop)
    {
        using Mat canvas = Mat.FromPixelData(Side, Side, MatType.CV_8UC3, picture.PinnedArray);
        canvas.SetTo(new Scalar(96, 92, 90));
        var turn = new Vector2(toRight * 16, -toTop * 10);
        Ellipse(canvas, new(Side / 2f, 238), new(150, 190), Skin);
        Ellipse(canvas, new Vector2(Side / 2f, 268) + turn, new(20, 34), new Scalar(138, 166, 202));
        Ellipse(canvas, new Vector2(Side / 2f, 292) + turn, new(26, 12), new Scalar(122, 148, 186));
        Ellipse(canvas, new Vector2(Side / 2f, 346) + (turn * 0.8f), new(50, 13), new Scalar(104, 104, 180));
        EyePoints right = DrawEye(canvas, -1, toRight, toTop, turn);
        EyePoints left = DrawEye(canvas, 1, toRight, toTop, turn);
        Cv2.GaussianBlur(canvas, canvas, new Size(0, 0), 1.2);
        return new(picture, new EyePair(left, right), new FaceBox(74, 48, 300, 380), default);
    }

    /// <inheritdoc/>
    public void Dispose() => picture.Dispose();

    private static EyePoints DrawEye(Mat canvas, int side, float toRight, float toTop, Vector2 turn)
    {
        Vector2 centre = Middle + new Vector2(side * EyeDistance / 2, 0) + (turn * 0.5f);
        Ellipse(canvas, centre + new Vector2(0, -30), new(40, 6), new Scalar(50, 60, 74));
        Ellipse(canvas, centre, new(EyeWidth / 2 + 4, EyeHeight / 2 + 6), new Scalar(128, 154, 192));

        using var opening = new Mat(Side, Side, MatType.CV_8UC1, Scalar.Black);
        Ellipse(opening, centre, new(EyeWidth / 2, EyeHeight / 2), Scalar.White);
        using var eye = new Mat(Side, Side, MatType.CV_8UC3, new Scalar(226, 230, 234));
        Vector2 iris = centre + new Vector2(toRight * 13, -toTop * 7);
        Ellipse(eye, iris, new(IrisRadius, IrisRadius), new Scalar(70, 86, 104));
        Ellipse(eye, iris, new(IrisRadius * 0.45f, IrisRadius * 0.45f), new Scalar(16, 16, 18));
        eye.CopyTo(canvas, opening);

        // Lashes: the dark upper edge that networks take the lid for. The lid follows the eye up and down.
        Cv2.Ellipse(canvas, Pixel(centre), new Size(EyeWidth / 2, (EyeHeight / 2) + (toTop * 2)), 0, 180, 360, new Scalar(40, 48, 60), 3, LineTypes.AntiAlias);
        float half = EyeWidth / 2;
        return new(centre - new Vector2(side * half, 0), centre + new Vector2(side * half, 0), iris, EyeHeight / EyeWidth);
    }

    private static void Ellipse(Mat canvas, Vector2 centre, Vector2 radii, Scalar colour)
    {
        // Four bits of sub-pixel place: symmetric to a 16th of a pixel, whatever the side.
        const int bits = 4;
        var middle = new Point((int)MathF.Round((centre.X - 0.5f) * (1 << bits)), (int)MathF.Round((centre.Y - 0.5f) * (1 << bits)));
        Cv2.Ellipse(canvas, middle, new Size(radii.X * (1 << bits), radii.Y * (1 << bits)), 0, 0, 360, colour, -1, LineTypes.AntiAlias, bits);
    }

    private static Point Pixel(Vector2 place) => new((int)MathF.Round(place.X - 0.5f), (int)MathF.Round(place.Y - 0.5f));
}
