using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Directing;

/// <summary>
/// A clip before it is played: who does what where, in which light, before which camera, for how long. Plain data. The same script gives the same frames and
/// the same truth, on any machine and any number of threads.
/// </summary>
public sealed record Script
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Width of the picture, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the picture, pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Frames a second.</summary>
    public FrameRate Rate { get; init; } = new(30);

    /// <summary>Length.</summary>
    public required float Seconds { get; init; }

    /// <summary>Of everything that is left to chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Who plays, the first being the one who is swapped.</summary>
    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>Place, light and camera.</summary>
    public required Scene Scene { get; init; }

    /// <summary>Focal length over the picture's width, and over its height; the shorter of the two lengths is taken, so that nobody is cut off in a narrow picture.</summary>
    public (float OfWidth, float OfHeight) Focal { get; init; } = (1500f / 720, 1500f / 720);

    /// <summary>Factor on the scene's light over time; noise grows as it falls.</summary>
    public KeyCurve Light { get; init; } = KeyCurve.Constant(1);

    /// <summary>Frames of the whole clip.</summary>
    public int Frames => Rate.FramesIn(Seconds);

    /// <summary>The camera.</summary>
    public PinholeCamera Camera => PinholeCamera.Centred(Width, Height, Math.Min(Focal.OfWidth * Width, Focal.OfHeight * Height));
}
