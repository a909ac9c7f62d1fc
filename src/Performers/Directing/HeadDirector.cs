using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Directing;

/// <summary>Moves head and body: slow noise, a share of the gaze, and what the script says.</summary>
internal sealed class HeadDirector
{
    // A head turn takes longer than the eyes' jump: 0.7 s for 20 degrees or so.
    private const float TurnSeconds = 0.7f;

    private readonly HeadMotion motion;
    private readonly Vector3 position;
    private readonly (float Start, float Yaw)[] glances;
    private readonly SmoothNoise yaw;
    private readonly SmoothNoise pitch;
    private readonly SmoothNoise roll;
    private readonly SmoothNoise aside;
    private readonly SmoothNoise up;
    private readonly SmoothNoise near;

    /// <summary>Draws motion.</summary>
    /// <param name="motion">What is asked for.</param>
    /// <param name="position">Of the body, camera frame, cm.</param>
    /// <param name="fixations">What is looked at.</param>
    /// <param name="eyes">Midpoint of the eyes at the beginning, camera frame, cm.</param>
    /// <param name="random">Chance.</param>
    /// <param name="seconds">Length.</param>
    public HeadDirector(HeadMotion motion, Vector3 position, IReadOnlyList<Fixation> fixations, Vector3 eyes, Random random, float seconds)
    {
        this.motion = motion;
        this.position = position;
        glances = [.. fixations.Select(fixation => (fixation.Start, GazeAngles.FromDirection(fixation.Target - eyes).Yaw))];
        yaw = new(random, seconds, 0.93f, motion.YawSpread);
        pitch = new(random, seconds, 0.93f, motion.PitchSpread);
        roll = new(random, seconds, 1.2f, motion.RollSpread);
        aside = new(random, seconds, 1.5f, 0.8f * motion.Sway);
        up = new(random, seconds, 1.5f, 0.35f * motion.Sway);
        near = new(random, seconds, 2, 1.5f * motion.Sway);
    }

    /// <summary>Head and position at a time, seconds; the rest of the pose is as it is by default.</summary>
    public PerformerPose At(float time)
    {
        float turned = Limited(motion.MeanYaw + yaw.At(time) + (motion.FollowsGaze * FollowedYaw(time)));
        return new()
        {
            Head = new(turned + motion.Yaw.At(time), pitch.At(time) + motion.Pitch.At(time), roll.At(time)),
            Position = position + new Vector3(aside.At(time) + motion.Aside.At(time), up.At(time), near.At(time)),
        };
    }

    // Bends toward the limit instead of breaking off at it.
    private float Limited(float angle) => motion.YawLimit * MathF.Tanh(angle / motion.YawLimit);

    private float FollowedYaw(float time)
    {
        float sum = 0, before = 0;
        foreach ((float start, float target) in glances)
        {
            if (start > time)
            {
                break;
            }

            // The first glance is where the head already is.
            sum += (target - before) * (start == 0 ? 1 : MinimumJerk.Progress((time - start) / TurnSeconds));
            before = target;
        }

        return sum;
    }
}
