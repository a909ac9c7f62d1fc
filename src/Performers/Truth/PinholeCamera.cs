using System.Numerics;

namespace VideoGaze.Performers.Truth;

/// <summary>A camera without lens distortion: u = FocalX X/Z + CentreX, v = FocalY Y/Z + CentreY. Pixel centres at half-integers: the left edge of the left-most pixel is u = 0.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="FocalX">Pixels.</param>
/// <param name="FocalY">Pixels.</param>
/// <param name="CentreX">Where the optical axis meets the picture, pixels.</param>
/// <param name="CentreY">The same, vertically.</param>
public sealed record PinholeCamera(int Width, int Height, float FocalX, float FocalY, float CentreX, float CentreY)
{
    /// <summary>A camera with square pixels whose axis meets the middle of the picture.</summary>
    public static PinholeCamera Centred(int width, int height, float focal) => new(width, height, focal, focal, width / 2f, height / 2f);

    /// <summary>Projects a point of the camera frame, which must lie in front of the camera.</summary>
    public Vector2 Project(Vector3 point) => new((FocalX * point.X / point.Z) + CentreX, (FocalY * point.Y / point.Z) + CentreY);

    /// <summary>The point of the camera frame that a pixel shows at a depth along z; inverse of <see cref="Project"/>.</summary>
    public Vector3 Unproject(float u, float v, float depth) => new((u - CentreX) * depth / FocalX, (v - CentreY) * depth / FocalY, depth);

    /// <summary>The same camera looking at a part of its picture.</summary>
    public PinholeCamera Crop(int left, int top, int width, int height) => this with { Width = width, Height = height, CentreX = CentreX - left, CentreY = CentreY - top };
}
