using System.Globalization;
using VideoGaze.Cli.Terminal;
using VideoGaze.Stages.Likeness;
using VideoGaze.Stages.Score;

namespace VideoGaze.Cli.Results;

/// <summary>Likenesses as a person reads them.</summary>
internal static class LikenessWords
{
    /// <summary>The numbers, a line a row.</summary>
    public static string Table(LikenessSummary likeness)
    {
        TextTable table = new(string.Empty, "mean", "median", "p05", "p95", string.Empty);
        AddCosines("output to the photos", likeness.ToPhotos);
        AddCosines("output to the target", likeness.ToTarget);
        AddCosines("target to the photos", likeness.TargetToPhotos);
        table.Add("nearer to the photos than to the target", Text(100 * likeness.Nearer, "0.0"), string.Empty, string.Empty, string.Empty, "% of the faces compared");
        table.Add("faces compared", likeness.Compared.ToString(CultureInfo.InvariantCulture), string.Empty, string.Empty, string.Empty, string.Create(CultureInfo.InvariantCulture, $"in {likeness.Frames} frames"));
        return table.ToString();

        void AddCosines(string what, ScoreStatistics? cosines) => table.Add(
            what, Text(cosines?.Mean, "0.000"), Text(cosines?.Median, "0.000"), Text(cosines?.P05, "0.000"), Text(cosines?.P95, "0.000"), "cosine, 1 is equal");
    }

    /// <summary>What was left out, in one sentence; null where nothing was.</summary>
    public static string? LeftOut(LikenessSummary likeness) => likeness.LeftOut.Count == 0
        ? null
        : "left out: " + string.Join(", ", likeness.LeftOut.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Value} {Reason(reason.Key)}"))) + ".";

    private static string Reason(LikenessSkip reason) => reason switch
    {
        LikenessSkip.NoFrame => "without a frame of the target at their time",
        LikenessSkip.NoFace => "where the target shows no such face",
        LikenessSkip.Profile => "turned too far to the side",
        _ => "where the output shows no face",
    };

    private static string Text(double? value, string format) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "-";
}
