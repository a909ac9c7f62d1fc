using VideoGaze.Faces.Gaze;

namespace VideoGaze.Stages.Gaze;

/// <summary>What the mirror test found.</summary>
/// <param name="Passed">Whether the network's axes are what they are taken for.</param>
/// <param name="Reason">Why not, as a clause; empty where it passed.</param>
public sealed record MirrorTestResult(bool Passed, string Reason);

/// <summary>
/// Shows a network drawn faces that look left, right, up and down, and their mirror images. In the mirror yaw must change sign and pitch must not;
/// and looking to the image's right must give more yaw than to the left, up more pitch than down. Exports with swapped or negated axes exist: this is where they stop.
/// </summary>
internal static class MirrorTest
{
    // A drawing is no photo, so only the pattern is judged: answers must move at least this far between looking to one side and to the other.
    private const double LeastMove = 2.0;

    /// <summary>Runs the test.</summary>
    public static MirrorTestResult Run(IGazeEstimator estimator)
    {
        using var face = new ReferenceFace();
        GazeAngles right = Look(estimator, face, 0.8f, 0);
        GazeAngles left = Look(estimator, face, -0.8f, 0);
        GazeAngles up = Look(estimator, face, 0, 0.8f);
        GazeAngles down = Look(estimator, face, 0, -0.8f);

        double sideways = right.YawDegrees - left.YawDegrees;
        double sidewaysPitch = right.PitchDegrees - left.PitchDegrees;
        double upward = up.PitchDegrees - down.PitchDegrees;
        double upwardYaw = up.YawDegrees - down.YawDegrees;
        string Numbers() => FormattableString.Invariant(
            $"eyes drawn looking right instead of left move yaw by {sideways:0.0} and pitch by {sidewaysPitch:0.0} degrees, up instead of down pitch by {upward:0.0} and yaw by {upwardYaw:0.0}");

        // The reference face is symmetric, so its left look is the mirror image of its right look: yaw flips, pitch stays.
        if (Math.Abs(sidewaysPitch) > Math.Abs(sideways) && Math.Abs(upwardYaw) > Math.Abs(upward))
        {
            return new(false, "yaw and pitch are exchanged: " + Numbers());
        }

        if (Math.Abs(sideways) < LeastMove || Math.Abs(upward) < LeastMove)
        {
            return new(false, "its answer does not follow the eyes: " + Numbers());
        }

        if (Math.Abs(sidewaysPitch) > Math.Abs(sideways) / 2)
        {
            return new(false, "pitch changes when the picture is mirrored: " + Numbers());
        }

        if (sideways < 0)
        {
            return new(false, "yaw has the wrong sign: " + Numbers());
        }

        return upward < 0 ? new(false, "pitch has the wrong sign: " + Numbers()) : new(true, string.Empty);
    }

    private static GazeAngles Look(IGazeEstimator estimator, ReferenceFace face, float toRight, float toTop) =>
        estimator.Estimate(face.Draw(toRight, toTop)).Combined;
}
