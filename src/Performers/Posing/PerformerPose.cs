using System.Numerics;
using VideoGaze.Faces.Gaze;

namespace VideoGaze.Performers.Posing;

/// <summary>Everything about a performer that changes from frame to frame. Nothing in it belongs to an identity, so that another person can be put in the same pose.</summary>
public sealed record PerformerPose
{
    /// <summary>How the head is turned against the body, about the neck.</summary>
    public HeadPose Head { get; init; }

    /// <summary>How the whole body is turned, about the middle of the head; the head turns along.</summary>
    public HeadPose Body { get; init; }

    /// <summary>Where the middle of the resting head, (0, -1.5, 4) cm in the head frame, lies: camera frame, cm.</summary>
    public Vector3 Position { get; init; } = new(0, 0, 88);

    /// <summary>Visual axis of the person's left eye, seen by a camera straight in front of the head (yaw &gt; 0 to the person's left, pitch &gt; 0 up).</summary>
    public GazeAngles LeftGaze { get; init; }

    /// <summary>Visual axis of the person's right eye, as <see cref="LeftGaze"/>.</summary>
    public GazeAngles RightGaze { get; init; }

    /// <summary>The expression, on top of what the identity's face does at rest. Shapes that follow the gaze and blinks are set by the pose and ignored here.</summary>
    public Expression Expression { get; init; } = Expression.Neutral;

    /// <summary>How far a blink has shut the left eye: 0 as the gaze leaves it, 1 shut, whoever's eye it is.</summary>
    public float BlinkLeft { get; init; }

    /// <summary>How far a blink has shut the right eye.</summary>
    public float BlinkRight { get; init; }

    /// <summary>The pose with both eyes shut by the same share.</summary>
    public PerformerPose WithBlink(float weight) => this with { BlinkLeft = weight, BlinkRight = weight };

    /// <summary>The pose with both visual axes given.</summary>
    public PerformerPose WithGaze(EyePair<GazeAngles> gaze) => this with { LeftGaze = gaze.Left, RightGaze = gaze.Right };
}
