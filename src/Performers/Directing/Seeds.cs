namespace VideoGaze.Performers.Directing;

/// <summary>
/// Derives seeds from a seed, so that every decision has a chance of its own: what one part of a performance draws does not shift what another part draws.
/// </summary>
internal static class Seeds
{
    /// <summary>The seed of a part. A full-avalanche mix (the finaliser of SplitMix64; Steele, Lea and Flood, OOPSLA 2014).</summary>
    /// <param name="seed">Of the whole.</param>
    /// <param name="part">Number of the part.</param>
    public static int Mix(int seed, int part)
    {
        ulong z = ((ulong)(uint)seed << 32) | (uint)part;
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) & 0x7FFFFFFF);
    }

    /// <summary>The seed of a part of a part.</summary>
    public static int Mix(int seed, int part, int smaller) => Mix(Mix(seed, part), smaller);
}
