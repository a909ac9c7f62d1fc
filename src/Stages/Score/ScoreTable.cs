using System.Globalization;
using System.Text;

namespace VideoGaze.Stages.Score;

/// <summary>Scores of one pair or many in one table: every measure of the output beside the true swap's own and beside what doing nothing scores.</summary>
/// <param name="Pairs">How many pairs.</param>
/// <param name="Rows">One a measure that any pair has.</param>
public sealed record ScoreTable(int Pairs, IReadOnlyList<ScoreRow> Rows)
{
    private const string None = "-";

    /// <summary>The table of pairs. Each pair counts the same, however long its video is.</summary>
    public static ScoreTable Of(params IReadOnlyList<PairScore> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return new(pairs.Count, [.. ScoreMeasure.All.Select(measure => Row(measure, pairs)).OfType<ScoreRow>()]);
    }

    /// <summary>As text, a line a row.</summary>
    public string ToText()
    {
        List<string[]> lines = [["", "output", "true swap", "no swap", ""]];
        if (Pairs > 1)
        {
            lines[0] = ["", "output", "worst", "true swap", "no swap", ""];
        }

        foreach (ScoreRow row in Rows)
        {
            string[] numbers = Pairs > 1
                ? [Number(row.Output, row), Number(row.Worst, row), Number(row.TrueSwap, row), Number(row.NoSwap, row)]
                : [Number(row.Output, row), Number(row.TrueSwap, row), Number(row.NoSwap, row)];
            lines.Add([row.Title, .. numbers, row.Unit + (row.HigherIsBetter ? ", more is better" : string.Empty)]);
        }

        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            var cells = line.Select((cell, column) => column == 0 || column == line.Length - 1 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static ScoreRow? Row(ScoreMeasure measure, IReadOnlyList<PairScore> pairs)
    {
        List<double> output = [.. pairs.Select(pair => measure.Read(pair.Output)).OfType<double>()];
        List<double> trueSwap = [.. pairs.Select(pair => measure.Read(pair.TrueSwap)).OfType<double>()];
        List<double> noSwap = [.. pairs.Select(pair => pair.NoSwap is null ? null : measure.Read(pair.NoSwap)).OfType<double>()];
        return output.Count == 0 ? null : new(
            measure.Id,
            measure.Title,
            measure.Unit,
            measure.HigherIsBetter,

            // A mean of counts is no whole number.
            pairs.Count > 1 && measure.Digits == 0 ? 2 : measure.Digits,
            output.Count,
            output.Average(),
            measure.HigherIsBetter ? output.Min() : output.Max(),
            trueSwap.Count == 0 ? null : trueSwap.Average(),
            noSwap.Count == 0 ? null : noSwap.Average());
    }

    private static string Number(double? value, ScoreRow row) => value is { } number ? number.ToString("F" + row.Digits, CultureInfo.InvariantCulture) : None;
}

/// <summary>One measure over all pairs.</summary>
/// <param name="Measure">Stable name for programs.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Unit">Unit, or range where there is none.</param>
/// <param name="HigherIsBetter">Which way is good.</param>
/// <param name="Digits">Digits worth printing.</param>
/// <param name="Pairs">Pairs that have the measure.</param>
/// <param name="Output">Mean over the pairs' outputs.</param>
/// <param name="Worst">The worst of them.</param>
/// <param name="TrueSwap">Mean over the true swaps, measured the same way: the floor. Null where none has it.</param>
/// <param name="NoSwap">Mean over the targets, measured the same way: what doing nothing scores. Null where none has it.</param>
public sealed record ScoreRow(
    string Measure,
    string Title,
    string Unit,
    bool HigherIsBetter,
    int Digits,
    int Pairs,
    double Output,
    double Worst,
    double? TrueSwap,
    double? NoSwap);
