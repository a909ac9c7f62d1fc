using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Directing;

/// <summary>
/// Moves the eyes. Both visual axes meet in the point looked at (vergence) and stay on it while the head moves (vestibulo-ocular reflex), as far as eyes
/// reach; from point to point they jump (saccades); they are never quite still; a blink takes them along.
/// </summary>
internal sealed class GazeDirector
{
    /// <summary>
    /// Seconds that a saccade takes: 21 ms and 2.2 ms a degree (Carpenter, Movements of the Eyes, 1988), the main sequence that Bahill, Clark and Stark found
    /// (Math. Biosci. 1975).
    /// </summary>
    private const float SaccadeBase = 0.021f;
    private const float SaccadePerDegree = 0.0022f;

    // Drift and microsaccades keep the eye within a tenth of a degree of its point (Rolfs, Vision Res. 2009).
    private const float TremorDegrees = 0.05f;
    private const float TremorSpacing = 0.06f;

    // A blink moves the eyes 1 to 2 degrees down and toward the nose, and back (Riggs, Kelly, Manning and Moore, Invest. Ophthalmol. Vis. Sci. 1987).
    private const float BlinkDownDegrees = 1.5f;
    private const float BlinkNasalDegrees = 0.7f;

    private readonly Fixation[] fixations;
    private readonly EyesInHead? inHead;
    private readonly bool isPattern;
    private readonly SmoothNoise tremorYaw;
    private readonly SmoothNoise tremorPitch;

    /// <summary>Looks at points.</summary>
    /// <param name="fixations">In order of time, the first at 0.</param>
    /// <param name="isPattern">Without saccades and tremor.</param>
    /// <param name="random">Chance of the tremor.</param>
    /// <param name="seconds">Length.</param>
    public GazeDirector(Fixation[] fixations, bool isPattern, Random random, float seconds)
    {
        this.fixations = fixations;
        this.isPattern = isPattern;
        float deviation = isPattern ? 0 : float.DegreesToRadians(TremorDegrees);
        tremorYaw = new(random, seconds, TremorSpacing, deviation);
        tremorPitch = new(random, seconds, TremorSpacing, deviation);
    }

    /// <summary>Follows keys in the head.</summary>
    public GazeDirector(EyesInHead plan, Random random, float seconds)
        : this([], isPattern: true, random, seconds) => inHead = plan;

    /// <summary>What is looked at, or being moved to, at a time; null: nothing in particular.</summary>
    public Fixation? FixationAt(float time) => fixations.Length == 0 ? null : fixations[IndexAt(time)];

    /// <summary>Where the eyes are turned in the head at a time.</summary>
    /// <param name="time">Seconds.</param>
    /// <param name="performer">Whose eyes.</param>
    /// <param name="pose">Where head and body are; its gaze is not read.</param>
    /// <param name="blink">Weight of the blink, 0 to 1.</param>
    /// <returns>Within <see cref="EyeReach"/>.</returns>
    public EyePair<GazeAngles> At(float time, Performer performer, PerformerPose pose, float blink)
    {
        EyePair<GazeAngles> aimed = inHead is null ? OnPoints(time, performer, pose) : Turned(inHead.At(time), inHead.Vergence);
        GazeAngles tremor = new(tremorYaw.At(time), tremorPitch.At(time));
        float down = blink * float.DegreesToRadians(BlinkDownDegrees), nasal = blink * float.DegreesToRadians(BlinkNasalDegrees);
        return EyeReach.Clamp(new EyePair<GazeAngles>(
            new(aimed.Left.Yaw + tremor.Yaw - nasal, aimed.Left.Pitch + tremor.Pitch - down),
            new(aimed.Right.Yaw + tremor.Yaw + nasal, aimed.Right.Pitch + tremor.Pitch - down)));
    }

    /// <summary>Seconds that a saccade of an amplitude (radians) takes.</summary>
    internal static float SaccadeSeconds(float amplitude) => SaccadeBase + (SaccadePerDegree * float.RadiansToDegrees(amplitude));

    private EyePair<GazeAngles> OnPoints(float time, Performer performer, PerformerPose pose)
    {
        int index = IndexAt(time);
        EyePair<GazeAngles> to = Aim(fixations[index].Target);
        if (index == 0 || isPattern)
        {
            return to;
        }

        // Both ends are taken in this frame's head: the reflex works through a saccade.
        EyePair<GazeAngles> from = Aim(fixations[index - 1].Target);
        float amplitude = Math.Max(GazeAngles.AngularError(from.Left, to.Left), GazeAngles.AngularError(from.Right, to.Right));
        float share = MinimumJerk.Progress((time - fixations[index].Start) / SaccadeSeconds(amplitude));
        return new(Between(from.Left, to.Left, share), Between(from.Right, to.Right, share));

        EyePair<GazeAngles> Aim(Vector3 target) => EyeReach.Clamp(performer.LookAt(target, pose));
    }

    private static GazeAngles Between(GazeAngles from, GazeAngles to, float share) => new(from.Yaw + (share * (to.Yaw - from.Yaw)), from.Pitch + (share * (to.Pitch - from.Pitch)));

    private static EyePair<GazeAngles> Turned(GazeAngles mean, float vergence) => new(mean with { Yaw = mean.Yaw - vergence }, mean with { Yaw = mean.Yaw + vergence });

    private int IndexAt(float time)
    {
        int next = Array.FindIndex(fixations, fixation => fixation.Start > time);
        return next < 0 ? fixations.Length - 1 : Math.Max(0, next - 1);
    }
}
