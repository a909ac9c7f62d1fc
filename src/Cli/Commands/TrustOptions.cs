using System.CommandLine;

namespace VideoGaze.Cli.Commands;

/// <summary>How far a measurement is to be trusted: another gaze network's opinion, and the footage's own floor.</summary>
internal static class TrustOptions
{
    /// <summary><c>--second</c>.</summary>
    public static Option<string?> Second() => new("--second")
    {
        Description = "Measure every face with a second gaze network as well, a file or a name from 'videogaze models list', and say how far both agree.",
        HelpName = "NAME|FILE",
    };

    /// <summary><c>--no-floor</c>.</summary>
    public static Option<bool> NoFloor() => new("--no-floor")
    {
        Description = "Do not find out what error this footage shows where nothing is swapped (a twentieth of its frames, 30 at most, laid back unchanged and encoded).",
    };
}
