using VideoGaze.Faces.Gaze;
using static VideoGaze.Performers.Posing.ExpressionShape;

namespace VideoGaze.Performers.Posing;

/// <summary>What the lids do with the eyes: they follow the gaze, and a blink shuts them. The eye shapes of the face model move lids only, never the eyeball.</summary>
internal static class LidFollowing
{
    // Gaze at which a lid shape has weight 1, degrees; set by eye on rendered faces.
    private const float UpAtWeightOne = 28;
    private const float DownAtWeightOne = 30;
    private const float SideAtWeightOne = 35;

    /// <summary>The weights of all lid shapes of both eyes, in place of those an expression has.</summary>
    /// <param name="expression">Weights by shape; changed.</param>
    /// <param name="gaze">Visual axes in the head.</param>
    /// <param name="blink">Weight of the blink shape, its gain included; may exceed 1.</param>
    public static void Apply(Span<float> expression, EyePair<GazeAngles> gaze, EyePair<float> blink)
    {
        ApplyOne(expression, (float)gaze.Left.YawDegrees, (float)gaze.Left.PitchDegrees, blink.Left, EyeLookUpLeft, EyeLookDownLeft, EyeLookOutLeft, EyeLookInLeft, EyeBlinkLeft);
        ApplyOne(expression, -(float)gaze.Right.YawDegrees, (float)gaze.Right.PitchDegrees, blink.Right, EyeLookUpRight, EyeLookDownRight, EyeLookOutRight, EyeLookInRight, EyeBlinkRight);
    }

    /// <summary>How much of a squint is left as the gaze goes down: both together would shut the eye. 1 down to 8 degrees, 0.4 from 22 on.</summary>
    public static float SquintShare(EyePair<GazeAngles> gaze)
    {
        float down = -(float)(gaze.Left.PitchDegrees + gaze.Right.PitchDegrees) / 2;
        return 1 - (0.6f * Math.Clamp((down - 8) / 14, 0, 1));
    }

    private static void ApplyOne(
        Span<float> expression, float outward, float pitch, float blink, ExpressionShape up, ExpressionShape down, ExpressionShape outer, ExpressionShape inner, ExpressionShape shut)
    {
        float open = Math.Max(0, 1 - blink);
        expression[(int)up] = open * Math.Max(pitch, 0) / UpAtWeightOne;
        expression[(int)down] = open * Math.Max(-pitch, 0) / DownAtWeightOne;
        expression[(int)outer] = Math.Max(outward, 0) / SideAtWeightOne;
        expression[(int)inner] = Math.Max(-outward, 0) / SideAtWeightOne;
        expression[(int)shut] = blink;
    }
}
