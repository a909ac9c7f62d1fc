using VideoGaze.Performers.Directing;

namespace VideoGaze.Performers.Datasets;

/// <summary>What a data set is made of.</summary>
public enum DatasetKind
{
    /// <summary>Single pictures with labels and masks.</summary>
    Faces,

    /// <summary>Photos of a source, a picture of a target, and the true swap of the two.</summary>
    Triplets,
}

/// <summary>A data set before it is made. Every entry depends on this and its own number alone, so parts can be made on different machines or days.</summary>
/// <param name="Kind">What its entries are.</param>
/// <param name="Size">Side of a picture, pixels.</param>
/// <param name="Seed">Of everything that is left to chance.</param>
public sealed record DatasetPlan(DatasetKind Kind, int Size, int Seed)
{
    /// <summary>Entries that share their people: building and painting a person costs as much as some pictures.</summary>
    public int EntriesPerGroup => Kind == DatasetKind.Faces ? 8 : 4;

    /// <summary>Photos of the source in a triplet.</summary>
    public static int SourcesPerTriplet => 3;

    /// <summary>Number of the group that an entry belongs to.</summary>
    public int GroupOf(int entry) => entry / EntriesPerGroup;

    /// <summary>Whether a group is held out: about one in twelve, by chance of its number. Nobody in it is in a group that is not.</summary>
    public bool IsHeldOut(int group) => Seeds.Mix(Seed, HeldOutPart, group) % 12 == 0;

    internal const int HeldOutPart = 1;
    internal const int PeoplePart = 2;
    internal const int ShotPart = 3;
    internal const int ScenePart = 4;
    internal const int SourcePart = 5;
    internal const int BystanderPart = 6;
    internal const int PairPart = 7;
    internal const int HeadwearPart = 8;
}
