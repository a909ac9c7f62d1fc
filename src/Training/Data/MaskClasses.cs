namespace VideoGaze.Training.Data;

/// <summary>Values of a rendered class mask (docs/performers.md).</summary>
internal static class MaskClasses
{
    /// <summary>The face's own.</summary>
    public const int Face = 1, Eye = 2, Mouth = 3;

    /// <summary>What may lie over it.</summary>
    public const int Hair = 4, Spectacles = 7, Occluder = 8, Headwear = 9;
}
