using VideoGaze.Faces.Gaze;

namespace VideoGaze.Stages.Report.Analysis;

/// <summary>
/// Blinks of the source in which the output's lids did not come down at all. A blink that only went half-way is no proof that somebody took it out: landmarks see lids of some people less
/// shut than they are, and at 15 frames a second a blink is one frame long (exact swaps of rendered clips: 0.46 and 0.56 of the open eye where the source is shut; blinks taken out: 0.61 to 0.98).
/// </summary>
internal static class OpenLids
{
    // The person's open eye, as the blink detector takes it.
    private const double OpenQuantile = 0.8;

    /// <summary>How many there are.</summary>
    /// <param name="blinks">Of the source: first and last place of each.</param>
    /// <param name="output">The output.</param>
    /// <param name="late">Frames that the output is late.</param>
    public static int Count(IReadOnlyList<(int First, int Last)> blinks, GazeStream output, int late)
    {
        float[] known = [.. output.Opennesses.Where(float.IsFinite).Order()];
        if (known.Length == 0)
        {
            return 0;
        }

        double limit = BlinkDetector.OpenAbove * ErrorStatistics.Quantile(known, OpenQuantile);
        return blinks.Count(blink =>
        {
            int from = Math.Clamp(blink.First + late - (int)EventAgreement.LeastSlack, 0, output.Opennesses.Count);
            int to = Math.Clamp(blink.Last + late + (int)EventAgreement.LeastSlack + 1, from, output.Opennesses.Count);
            float[] around = [.. output.Opennesses.Take(to).Skip(from).Where(float.IsFinite)];
            return around.Length > 0 && around.Min() >= limit;
        });
    }
}
