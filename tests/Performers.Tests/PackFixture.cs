using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.TestSupport;

namespace VideoGaze.Performers.Tests;

/// <summary>The asset pack, opened once for a class of tests; each test that needs it is skipped where it is absent.</summary>
public sealed class PackFixture
{
    private readonly Lazy<PerformerAssets> assets = new(() => PerformerAssets.Open(SharedAssets.Require(Path.Combine("performers", "assets"))));
    private readonly Dictionary<string, Performer> people = [];

    internal PerformerAssets Assets => assets.Value;

    internal Performer Person(string name)
    {
        PerformerAssets pack = Assets;
        lock (people)
        {
            if (!people.TryGetValue(name, out Performer? person))
            {
                people.Add(name, person = new(pack, Cast.Find(name)));
            }

            return person;
        }
    }
}
