using VideoGaze.Performers.Directing;
using VideoGaze.Performers.People;

namespace VideoGaze.Cli.Benchmarking;

/// <summary>One clip of a standard set: who is replaced, and what happens.</summary>
/// <param name="Name">Its files begin with it.</param>
/// <param name="Script">What is played, as <c>perform --list</c> names it.</param>
/// <param name="Seed">Of the performance.</param>
/// <param name="Target">Who plays: the person whom this seed draws, <c>p1088</c> on the command line.</param>
/// <param name="Source">Whose face it becomes where the generator takes any: the person whom this seed draws.</param>
internal sealed record StandardPair(string Name, string Script, int Seed, int Target, int Source)
{
    // The script turns to full profiles of 80 degrees. Gaze networks are not asked beyond 45 (docs/gaze.md), so the set stays below.
    private const float FarthestYaw = 40;

    // Focal length over the side: heads at the director's 80 to 125 cm fill half to four fifths of the picture's height. The scripts' own, made for wide pictures, leave
    // a quarter, too small a face to tell a sharp eye from a soft one at 512 pixels.
    private const float Focal = 2.4f;

    /// <summary>The clip as the director plays it, framed for a square picture.</summary>
    /// <param name="side">Width and height, pixels.</param>
    /// <param name="rate">Frames a second.</param>
    /// <param name="frames">Length.</param>
    public Script Write(int side, FrameRate rate, int frames)
    {
        float seconds = (float)rate.TimeOf(frames);
        Script script = Scripts.Write(Script, new() { Cast = [PerformerIdentity.Random(Target)], Size = (side, side), Rate = rate, Seconds = seconds, Seed = Seed });
        script = script with { Focal = (Focal, Focal) };
        return Script == "profile" ? script with { Roles = [TurnsAside(script.Roles[0], seconds)] } : script;
    }

    private static Role TurnsAside(Role role, float seconds)
    {
        float far = float.DegreesToRadians(FarthestYaw);
        return role with { Head = role.Head with { Yaw = KeyCurve.Over(seconds, (0, -far), (0.15f, -far), (0.85f, far)) } };
    }
}
