using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Detect;

/// <summary>Shrinks a picture to the detector's input, asks the detector, and carries its answers back. Not thread-safe.</summary>
internal sealed class FaceFinder : IDisposable
{
    private readonly IFaceDetector detector;
    private readonly DetectOptions options;
    private Mat canvas = new();

    private FaceFinder(IFaceDetector detector, DetectOptions options)
    {
        this.detector = detector;
        this.options = options;
    }

    /// <summary>A finder over a detector of either kind; the session stays the caller's.</summary>
    /// <exception cref="UserFacingException">The network is no known detector.</exception>
    public static FaceFinder Over(OnnxSession model, DetectOptions options) =>
        new(ScrfdDetector.Fits(model) ? ScrfdDetector.Over(model) : YuNetDetector.Over(model), options);

    /// <summary>Finds the faces of a picture, strongest first, in its pixels.</summary>
    public IReadOnlyList<DetectedFace> Find(PictureView picture)
    {
        Size content = ContentSize(picture.Width, picture.Height, options.DetectorSize);
        Size input = detector.InputSize(content);
        double fit = Math.Min(1.0, Math.Min((double)input.Width / content.Width, (double)input.Height / content.Height));
        content = new Size(Math.Max(1, (int)(content.Width * fit)), Math.Max(1, (int)(content.Height * fit)));
        if (canvas.Size() != input)
        {
            canvas.Dispose();
            canvas = new Mat(input, MatType.CV_8UC3, Scalar.Black);
        }
        else
        {
            canvas.SetTo(Scalar.Black);
        }

        using (Mat area = canvas[new Rect(0, 0, content.Width, content.Height)])
        {
            picture.ScaleTo(area);
        }

        var scale = new Vector2((float)picture.Width / content.Width, (float)picture.Height / content.Height);
        return [.. detector.Detect(canvas, options.MinimumScore).Select(face => Scaled(face, scale))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        detector.Dispose();
        canvas.Dispose();
    }

    /// <summary>The size a picture is shrunk to (never enlarged) so that its longest side is at most <paramref name="longest"/>.</summary>
    internal static Size ContentSize(int width, int height, int longest)
    {
        double scale = Math.Min(1.0, (double)longest / Math.Max(width, height));
        return new(Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    private static DetectedFace Scaled(DetectedFace face, Vector2 scale) => new(
        new FaceBox(face.Box.X * scale.X, face.Box.Y * scale.Y, face.Box.Width * scale.X, face.Box.Height * scale.Y),
        Array.ConvertAll(face.Points, point => point * scale),
        face.Score);
}
