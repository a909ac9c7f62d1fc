namespace VideoGaze.Stages.Report.Page;

/// <summary>The frames with the largest errors, one of each stretch.</summary>
internal static class WorstMoments
{
    private const int Listed = 12;

    // Neighbours of a bad frame are bad as well and look the same: one of each stretch is enough to see.
    private const double SecondsBetween = 0.3;

    /// <summary>Places, worst first.</summary>
    /// <param name="errors">Place and error of every frame that counts.</param>
    /// <param name="frameSeconds">Seconds between frames; 0 where one frame is all there is.</param>
    public static int[] Of(IEnumerable<(int Place, double Error)> errors, double frameSeconds)
    {
        int apart = frameSeconds > 0 ? (int)Math.Ceiling(SecondsBetween / frameSeconds) : 1;
        var shown = new List<int>();
        foreach ((int place, _) in errors.OrderByDescending(pair => pair.Error))
        {
            if (shown.Count == Listed)
            {
                break;
            }

            if (shown.TrueForAll(other => Math.Abs(other - place) >= apart))
            {
                shown.Add(place);
            }
        }

        return [.. shown];
    }
}
