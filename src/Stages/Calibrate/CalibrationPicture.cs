using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Measure;

namespace VideoGaze.Stages.Calibrate;

/// <summary>A picture whose people's gaze is known. Owns its pixels.</summary>
/// <param name="Set">Name of the set it belongs to.</param>
/// <param name="Bgr">8UC3.</param>
/// <param name="Camera">Of the picture.</param>
/// <param name="Persons">What is known.</param>
internal sealed record CalibrationPicture(string Set, Mat Bgr, PinholeCamera Camera, IReadOnlyList<TruthPerson> Persons) : IDisposable
{
    /// <summary>The same picture at another size, as a weaker camera and a coder leave it.</summary>
    /// <param name="scale">Of width and height.</param>
    /// <param name="jpegQuality">1..100.</param>
    public CalibrationPicture Worsened(double scale, int jpegQuality)
    {
        using Mat small = new();
        Cv2.Resize(Bgr, small, new Size(0, 0), scale, scale, InterpolationFlags.Area);
        Cv2.ImEncode(".jpg", small, out byte[] coded, new ImageEncodingParam(ImwriteFlags.JpegQuality, jpegQuality));
        return this with { Bgr = Cv2.ImDecode(coded, ImreadModes.Color), Camera = Camera.Scaled(scale) };
    }

    /// <inheritdoc/>
    public void Dispose() => Bgr.Dispose();
}

/// <summary>A pinhole camera without distortion, pixels.</summary>
/// <param name="Focal">Focal length.</param>
/// <param name="Centre">Where the optical axis meets the picture.</param>
internal readonly record struct PinholeCamera(float Focal, Vector2 Centre)
{
    /// <summary>The line of sight through a pixel.</summary>
    public CameraRay Through(Vector2 pixel)
    {
        Vector2 offset = (pixel - Centre) / Focal;
        return new(Vector3.Normalize(new(offset, 1)));
    }

    /// <summary>The camera of the picture at another size.</summary>
    public PinholeCamera Scaled(double scale) => new((float)(Focal * scale), Centre * (float)scale);
}
