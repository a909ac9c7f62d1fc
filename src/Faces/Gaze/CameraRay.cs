using System.Numerics;

namespace VideoGaze.Faces.Gaze;

/// <summary>
/// The line of sight from the camera to a face. Networks see a cut-out face as if the camera pointed straight at it, so what they measure is
/// relative to this line; someone at the picture's edge who looks into the camera would else seem to look past it.
/// </summary>
/// <param name="Direction">Unit vector from the camera outward, camera frame (x right, y down, z away).</param>
public readonly record struct CameraRay(Vector3 Direction)
{
    /// <summary>
    /// Focal length over the larger side of the frame where nobody states it: 1.17, a horizontal field of view of 46 degrees at 16:9,
    /// between a phone's main camera (about 0.75 to 1) and a portrait lens (1.4 and more). An error of 30 % in it moves a face at a quarter of
    /// the frame's width from the centre by about 3 degrees, source and output alike, so the error between them hardly changes.
    /// </summary>
    public const float DefaultFocalRatio = 1.17f;

    /// <summary>Straight along the optical axis.</summary>
    public static CameraRay Axis => new(new Vector3(0, 0, 1));

    /// <summary>The ray through a pixel of a pinhole camera whose optical axis meets the middle of the frame.</summary>
    /// <param name="pixel">Frame pixels.</param>
    /// <param name="frameWidth">Pixels.</param>
    /// <param name="frameHeight">Pixels.</param>
    /// <param name="focalRatio">Focal length over the larger frame side.</param>
    public static CameraRay Through(Vector2 pixel, int frameWidth, int frameHeight, float focalRatio = DefaultFocalRatio)
    {
        float focal = focalRatio * Math.Max(frameWidth, frameHeight);
        return new(Vector3.Normalize(new((pixel.X - (frameWidth / 2f)) / focal, (pixel.Y - (frameHeight / 2f)) / focal, 1)));
    }

    /// <summary>Turns a direction measured relative to the line of sight, in a picture rotated against the frame, into the camera frame.</summary>
    /// <param name="relative">As an estimator gives it for a crop: (0, 0) looks back along the line of sight.</param>
    /// <param name="cropRotation">How the crop was turned when it was cut, radians clockwise on a screen (rotation of the transform frame to crop).</param>
    public GazeAngles ToCamera(GazeAngles relative, double cropRotation = 0)
    {
        Vector3 seen = relative.ToDirection();

        // A crop cut clockwise shows directions turned clockwise; turn them back.
        float cos = (float)Math.Cos(cropRotation);
        float sin = (float)Math.Sin(cropRotation);
        return GazeAngles.FromDirection(VectorToCamera(new Vector3((cos * seen.X) + (sin * seen.Y), (cos * seen.Y) - (sin * seen.X), seen.Z)));
    }

    /// <summary>Turns a vector measured as if the camera pointed along the ray, horizon level, into the camera frame.</summary>
    public Vector3 VectorToCamera(Vector3 seen)
    {
        // Axes of a camera that points along the ray and keeps its horizon level.
        Vector3 z = Direction;
        Vector3 x = Vector3.Normalize(Vector3.Cross(new Vector3(0, 1, 0), z));
        Vector3 y = Vector3.Cross(z, x);
        return (seen.X * x) + (seen.Y * y) + (seen.Z * z);
    }
}
