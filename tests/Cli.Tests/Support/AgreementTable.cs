using System.Globalization;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>Medians of errors in ranges of something else.</summary>
/// <param name="edges">Each range includes its first edge and not its second.</param>
internal sealed class AgreementTable(int[] edges)
{
    private readonly List<(double Key, double Error)> errors = [];

    /// <summary>The ranges, and how many fell in each.</summary>
    public string Heading => string.Join(", ", edges.SkipLast(1).Select((from, i) => $"{from} to {edges[i + 1]} ({In(from, edges[i + 1]).Count})")) + $", all ({errors.Count})";

    /// <summary>Of all.</summary>
    public double Median => MedianOf([.. errors.Select(one => one.Error)]);

    public void Add(double key, double error) => errors.Add((key, error));

    /// <summary>The medians, as <see cref="Heading"/> has the ranges.</summary>
    public override string ToString() =>
        string.Join(", ", edges.SkipLast(1).Select((from, i) => Text(MedianOf(In(from, edges[i + 1])))).Append(Text(Median)));

    private List<double> In(int from, int to) => [.. errors.Where(one => one.Key >= from && one.Key < to).Select(one => one.Error)];

    private static double MedianOf(List<double> values) => values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
