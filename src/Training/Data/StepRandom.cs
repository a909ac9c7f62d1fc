namespace VideoGaze.Training.Data;

/// <summary>The random numbers of one step: they follow from the run's seed and the step's number alone, so that resuming needs no generator's state.</summary>
internal static class StepRandom
{
    /// <summary>A generator for a step; <paramref name="stream"/> tells apart what is drawn in the same step.</summary>
    public static Random Of(int seed, int step, int stream)
    {
        // SplitMix64's finaliser (Steele, Lea, Flood 2014): seeds in a row must not give related first draws.
        ulong mixed = ((ulong)(uint)seed << 40) ^ ((ulong)(uint)stream << 32) ^ (uint)step;
        mixed += 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return new Random((int)((mixed ^ (mixed >> 31)) & 0x7FFFFFFF));
    }
}
