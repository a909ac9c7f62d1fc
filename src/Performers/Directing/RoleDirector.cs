using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Directing;

/// <summary>Plays one role: a pose for every time. A function of script, performer and time alone, so frames can be made in any order.</summary>
internal sealed class RoleDirector
{
    // Numbers of the parts that draw by themselves; changing one changes every clip of a seed.
    private const int GlancePart = 1;
    private const int HeadPart = 2;
    private const int TremorPart = 3;
    private const int BlinkPart = 4;
    private const int SpeechPart = 5;
    private const int FacePart = 6;

    private readonly Role role;
    private readonly Performer performer;
    private readonly HeadDirector head;
    private readonly GazeDirector gaze;
    private readonly BlinkDirector drawnBlinks;
    private readonly BlinkDirector scriptedBlinks;
    private readonly SpeechDirector? speech;
    private readonly FaceDirector? face;

    /// <summary>Prepares a role.</summary>
    /// <param name="script">Of which it is part.</param>
    /// <param name="index">Its place in the script.</param>
    /// <param name="performer">Who plays it.</param>
    /// <param name="partner">Midpoint of the eyes of whom it looks at, if it does.</param>
    /// <param name="voice">Loudness of the clip's sound, if there is any.</param>
    public RoleDirector(Script script, int index, Performer performer, Vector3? partner, Loudness? voice)
    {
        role = script.Roles[index];
        this.performer = performer;
        float seconds = script.Seconds;
        int seed = Seeds.Mix(script.Seed, 100 + index);
        Vector3 eyes = EyesAtRest(role, performer);
        Fixation[] fixations = role.Gaze switch
        {
            Glances glances => FixationDirector.Draw(glances, Chance(GlancePart), seconds, eyes, partner),
            GazeGrid grid => FixationDirector.Grid(grid, seconds, eyes),
            _ => [],
        };
        head = new(role.Head, role.Position, fixations, eyes, Chance(HeadPart), seconds);
        gaze = role.Gaze is EyesInHead keys ? new(keys, Chance(TremorPart), seconds) : new(fixations, role.Gaze is GazeGrid, Chance(TremorPart), seconds);
        drawnBlinks = role.BlinkPause is { } pause ? BlinkDirector.Draw(Chance(BlinkPart), seconds, pause) : new([]);
        scriptedBlinks = new(role.Blinks);
        speech = role.Talks ? new(Chance(SpeechPart), seconds, voice) : null;
        face = role.IsLively ? new(Chance(FacePart), seconds) : null;

        Random Chance(int part) => new(Seeds.Mix(seed, part));
    }

    /// <summary>Midpoint of the eyes of somebody who sits still and looks ahead.</summary>
    public static Vector3 EyesAtRest(Role role, Performer performer) => performer.EyesMidpoint(new() { Position = role.Position, Head = new(role.Head.MeanYaw, 0, 0) });

    /// <summary>The role at a time, or null while it is not there.</summary>
    public RoleMoment? At(float time)
    {
        // Half a microsecond: a frame's time as a float can fall just short of its moment.
        if (time < role.From - 5e-7f || time >= role.Until)
        {
            return null;
        }

        PerformerPose placed = head.At(time);
        float blink = Math.Max(drawnBlinks.WeightAt(time), scriptedBlinks.WeightAt(time));
        EyePair<GazeAngles> eyes = gaze.At(time, performer, placed, blink);
        Expression expression = (speech?.At(time) ?? Expression.Neutral).Plus(face?.At(time) ?? Expression.Neutral);
        Fixation? fixation = gaze.FixationAt(time);
        return new((placed with { Expression = expression }).WithGaze(eyes).WithBlink(blink), fixation?.Target, fixation?.Nominal);
    }
}

/// <summary>What a role does at one time.</summary>
/// <param name="Pose">All of it.</param>
/// <param name="Target">The point looked at or being moved to, camera frame, cm; null: none in particular.</param>
/// <param name="Pattern">The direction that the point stands for in a pattern.</param>
public sealed record RoleMoment(PerformerPose Pose, Vector3? Target, GazeAngles? Pattern);
