using System.Globalization;
using System.Text.Json;

namespace VideoGaze.Training;

/// <summary>One line of numbers an interval; lines of steps that a resumed run does again are dropped.</summary>
internal sealed class MetricsFile : IDisposable
{
    private readonly StreamWriter _writer;

    public MetricsFile(string path, int first)
    {
        string[] kept = File.Exists(path) ? [.. File.ReadLines(path).Where(line => StepOf(line) <= first)] : [];
        File.WriteAllLines(path, kept);
        _writer = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    public void Append(int step, double learningRate, Dictionary<string, double> losses) =>
        _writer.WriteLine(JsonSerializer.Serialize(new { step, learningRate, losses }));

    public void Dispose() => _writer.Dispose();

    private static int StepOf(string line)
    {
        const string Head = "{\"step\":";
        int end = line.IndexOf(',', StringComparison.Ordinal);
        return line.StartsWith(Head, StringComparison.Ordinal) && end > 0 && int.TryParse(line.AsSpan(Head.Length, end - Head.Length), CultureInfo.InvariantCulture, out int step)
            ? step
            : int.MaxValue;
    }
}
