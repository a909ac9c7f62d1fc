using VideoGaze.Faces.Gaze;

namespace VideoGaze.Stages.Gaze;

/// <summary>
/// What looking at the mirrored picture changed in one face's answer, kept for the frames after. The change is mostly a bias that belongs to the person, the light and
/// the direction of the gaze, so it holds for a few frames while the gaze rests: the second run of the network is only paid for when it may say something new.
/// </summary>
/// <param name="span">Frames that one look at the mirrored picture serves, at least 1: 1 looks at every frame's.</param>
public sealed class MirrorMemory(int span)
{
    // Degrees the plain answer may move before the change is measured anew. Between 1.5 and 4 the mean errors of talk.mp4, two.mp4, edges.mp4 and sweep.mp4
    // move by less than 0.1 degree (docs/gaze.md); a saccade is more.
    private const float MoveLimit = 3 * MathF.PI / 180;

    private GazeAngles plain;
    private GazeAngles change;
    private float confidence;
    private int age;
    private bool known;

    /// <summary>The next frame's answer without a look at the mirrored picture, or null where that look is due. One call a frame.</summary>
    /// <param name="answer">What the network says of the plain picture.</param>
    internal (GazeAngles Gaze, float Confidence)? Next(GazeAngles answer)
    {
        age++;
        if (!known || age >= span || GazeAngles.AngularError(answer, plain) > MoveLimit)
        {
            return null;
        }

        return (new(answer.Yaw + change.Yaw, answer.Pitch + change.Pitch), confidence);
    }

    /// <summary>Takes in a look at the mirrored picture.</summary>
    /// <param name="answer">What the network says of the plain picture.</param>
    /// <param name="average">Mean of both answers.</param>
    /// <param name="agreement">Confidence from how well both agree.</param>
    internal void Keep(GazeAngles answer, GazeAngles average, float agreement)
    {
        plain = answer;
        change = new(average.Yaw - answer.Yaw, average.Pitch - answer.Pitch);
        confidence = agreement;
        age = 0;
        known = true;
    }

    /// <summary>The face was not measured for a while: what is known of it says nothing any more.</summary>
    internal void Forget() => known = false;
}
