using System.Reflection;

namespace VideoGaze.Performers.People;

/// <summary>
/// The fixed people: A to H play in the sample clips, ten more are there for pictures of known people. Each is sampled; nobody is real.
/// Their numbers are data, in <c>cast.json</c>.
/// </summary>
public static class Cast
{
    /// <summary>All fixed people, A to H first.</summary>
    public static IReadOnlyList<PerformerIdentity> All { get; } = Read();

    /// <summary>The person of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static PerformerIdentity Find(string name) =>
        All.FirstOrDefault(identity => identity.Name == name)
        ?? throw new ArgumentException($"The cast has no '{name}'; it has {string.Join(", ", All.Select(identity => identity.Name))}.", nameof(name));

    private static PerformerIdentity[] Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("cast.json") ?? throw new InvalidOperationException("The assembly lacks cast.json.");
        return IdentityJson.ReadAll(stream);
    }
}
