using OpenCvSharp;

namespace VideoGaze.Stages.Overlay;

/// <summary>Sizes of what is drawn, by the height of the frame, and its colours (blue, green, red).</summary>
/// <param name="height">Pixels.</param>
internal sealed class OverlayStyle(int height)
{
    // Blue and orange of Okabe and Ito's set (2008), which people with any kind of colour blindness tell apart; the one dark with a light rim, the other light with a dark rim.
    public static readonly Scalar Source = new(178, 114, 0);
    public static readonly Scalar SourceRim = new(255, 255, 255);
    public static readonly Scalar Output = new(40, 170, 255);
    public static readonly Scalar OutputRim = new(20, 20, 20);

    // Neither blue nor orange: no measurement.
    public static readonly Scalar Unmeasured = new(225, 225, 225);
    public static readonly Scalar Ground = new(24, 24, 24);
    public static readonly Scalar Ink = new(255, 255, 255);

    /// <summary>Part of the ground that hides what lies below words.</summary>
    public const double GroundOpacity = 0.65;

    /// <summary>Thickness of a line's core: 1 at 360 and 3 at 1080 lines.</summary>
    public int Core { get; } = Math.Max(1, (int)Math.Round(height / 360.0));

    /// <summary>Thickness with the rim on both sides.</summary>
    public int WithRim => Core + (2 * Math.Max(1, (int)Math.Round(height / 720.0)));

    /// <summary>Length of an arrow's head.</summary>
    public double HeadLength => 4 + (3.5 * Core);

    /// <summary>Height of a capital letter: 10 pixels at 360 lines, which is as small as can be read, and 24 at 1080.</summary>
    public double LetterHeight { get; } = Math.Max(10, height / 45.0);

    /// <summary>Scale of OpenCV's letters, whose capitals are 21 pixels high.</summary>
    public double LetterScale => LetterHeight / 21;

    /// <summary>Thickness of letters.</summary>
    public int LetterThickness => Math.Max(1, (int)Math.Round(LetterHeight / 11));

    /// <summary>Room around words.</summary>
    public int Padding => (int)Math.Round(LetterHeight * 0.4);
}
