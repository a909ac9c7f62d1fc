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

    /// <summary>The clip as the director plays it, framed for a square picture.</summary>
    /// <param name="set">Size, rate and length.</param>
    public Script Write(StandardSet set)
    {
        float seconds = (float)set.Rate.TimeOf(set.Frames);
        Script script = Scripts.Write(Script, new() { Cast = [PerformerIdentity.Random(Target)], Size = (set.Side, set.Side), Rate = set.Rate, Seconds = seconds, Seed = Seed });
        script = script with { Focal = (set.Focal, set.Focal) };
        return Script == "profile" ? script with { Roles = [TurnsAside(script.Roles[0], seconds)] } : script;
    }

    private static Role TurnsAside(Role role, float seconds)
    {
        float far = float.DegreesToRadians(FarthestYaw);
        return role with { Head = role.Head with { Yaw = KeyCurve.Over(seconds, (0, -far), (0.15f, -far), (0.85f, far)) } };
    }
}
