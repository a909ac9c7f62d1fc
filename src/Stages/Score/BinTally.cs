namespace VideoGaze.Stages.Score;

/// <summary>Errors sorted into ranges of what they may depend on.</summary>
/// <param name="edges">Bounds between the ranges, ascending; the first and the last range are open.</param>
internal sealed class BinTally(params double[] edges)
{
    private readonly List<float>[] errors = [.. Enumerable.Range(0, edges.Length + 1).Select(_ => new List<float>())];

    /// <summary>Takes an error.</summary>
    /// <param name="at">What decides the range.</param>
    /// <param name="error">The error.</param>
    public void Add(double at, double error) => errors[edges.Count(edge => at >= edge)].Add((float)error);

    /// <summary>All ranges, lowest first.</summary>
    public IReadOnlyList<BinScore> Summarise() =>
    [
        .. errors.Select((values, i) => new BinScore(i == 0 ? null : edges[i - 1], i == edges.Length ? null : edges[i], ScoreStatistics.Of(values))),
    ];
}
