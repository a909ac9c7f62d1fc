using System.Globalization;
using VideoGaze.Performers.People;

namespace VideoGaze.Cli.Performing;

/// <summary>People as they are named on the command line: <c>A</c> of the cast, or <c>p42</c>, the person whom seed 42 draws.</summary>
internal static class CastNames
{
    /// <summary>The person of a name; null: there is none.</summary>
    public static PerformerIdentity? Find(string name) =>
        Cast.All.FirstOrDefault(identity => identity.Name == name)
        ?? (name.Length > 1 && name[0] == 'p' && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? PerformerIdentity.Random(seed) : null);

    /// <summary>The sentence for a name that nobody has.</summary>
    public static string Unknown(string name) => $"There is nobody called '{name}'; there are {string.Join(", ", Cast.All.Select(identity => identity.Name))}, and p1, p2, ... for people by chance.";
}
