namespace VideoGaze.Stages.Blend;

/// <summary>How much of the new face is shown at a head yaw.</summary>
internal static class ProfileFade
{
    /// <summary>1 up to the start, 0 from the end on, smooth between (no kink: smoothstep).</summary>
    /// <param name="yawDegrees">Either sign.</param>
    /// <param name="options">Start and end.</param>
    public static double Opacity(double yawDegrees, BlendOptions options)
    {
        double t = Math.Clamp((options.ProfileFadeEnd - Math.Abs(yawDegrees)) / (options.ProfileFadeEnd - options.ProfileFadeStart), 0, 1);
        return t * t * (3 - (2 * t));
    }
}
