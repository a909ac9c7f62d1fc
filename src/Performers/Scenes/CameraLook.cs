using System.Numerics;

namespace VideoGaze.Performers.Scenes;

/// <summary>What a camera does to a picture. The default is a good camera: slightly soft, hardly any noise. Labels belong to the picture before it; all of it is symmetric, so nothing moves by more than half a pixel.</summary>
public sealed record CameraLook
{
    /// <summary>Factor on all light.</summary>
    public float Exposure { get; init; } = 1;

    /// <summary>Factor on the light of red, green and blue.</summary>
    public Vector3 WhiteBalance { get; init; } = Vector3.One;

    /// <summary>Share of light lost in the corners, 0 to 0.7.</summary>
    public float Vignette { get; init; }

    /// <summary>Deviation of the lens's softness, pixels; 0.3 is a sharp lens.</summary>
    public float Softness { get; init; } = 0.35f;

    /// <summary>Radius of the disc that a point is smeared to where the focus is off, pixels.</summary>
    public float Defocus { get; init; }

    /// <summary>How far the picture moves while the shutter is open, pixels; the label lies in the middle.</summary>
    public Vector2 MotionBlur { get; init; }

    /// <summary>Deviation of the noise at middle grey, share of full scale; 0.0015 is clean, 0.02 a phone at night.</summary>
    public float Noise { get; init; } = 0.0015f;

    /// <summary>Share of the noise that is colour, and as coarse as two pixels, 0 to 1.</summary>
    public float ColorNoise { get; init; } = 0.3f;

    /// <summary>The picture is scaled down to this share and up again, 0.3 to 1: a cheap camera or a stream.</summary>
    public float Resolution { get; init; } = 1;

    /// <summary>Strength of the sharpening that cameras add, 0 to 1.</summary>
    public float Sharpening { get; init; }

    /// <summary>Depth of horizontal bands from lamps that flicker, 0 to 0.1.</summary>
    public float Banding { get; init; }

    /// <summary>Quality of a JPEG the picture went through, 1 to 100; 0: none.</summary>
    public int JpegQuality { get; init; }
}
