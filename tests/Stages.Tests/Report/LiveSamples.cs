using System.Text;
using System.Text.Json;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Tests.Report;

/// <summary>Frames of a run that is made up: one person who looks about, blinks, and is swapped a little off.</summary>
internal static class LiveSamples
{
    /// <summary>A frame at 30 a second.</summary>
    public static FrameGazeRecord Frame(int index)
    {
        bool isShut = index % 60 is >= 50 and < 55;
        double yaw = index % 40 < 20 ? -8 : 9, pitch = 2 * Math.Sin(index / 11.0);
        double off = 1 + (0.01 * (index * 37 % 400));
        EyesRecord Eyes(double toTheRight) => isShut
            ? new(null, null, [0.05, 0.05], true, [0, 0], 0)
            : new(Math.Round(yaw + toTheRight, 3), Math.Round(pitch, 3), [0.3, 0.31], false, [0, 0], 0.8);
        return new(
            index, index * 512L, "1/15360", Math.Round(index / 30.0, 6),
            [new(1, [100, 80, 120, 160], new(4.25, -1.5, 0.5), Eyes(0), Eyes(off), isShut ? null : Math.Round(off, 3), isShut ? GazeSkip.EyesClosed : null)]);
    }
}

/// <summary>A viewer's end of a connection: reads all and keeps it.</summary>
internal sealed class ViewerStream : MemoryStream
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly List<(int Count, TaskCompletionSource Done)> waiting = [];

    public List<string> Messages { get; } = [];

    public List<JsonElement> Lines { get; } = [];

    public List<int> Places => [.. Lines.Select(line => line[0].GetInt32())];

    public JsonElement? Figures { get; private set; }

    public string? Words { get; private set; }

    public bool IsTold { get; private set; }

    public string? LastId { get; private set; }

    public Task UntilLinesAsync(int count)
    {
        lock (gate)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Lines.Count >= count)
            {
                done.SetResult();
            }

            waiting.Add((count, done));
            return done.Task;
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            text.Append(Encoding.UTF8.GetString(buffer.Span));
            foreach (string line in text.ToString().Split('\n').SkipLast(1))
            {
                Take(line);
            }

            text.Clear();
            waiting.Where(one => Lines.Count >= one.Count).ToList().ForEach(one => one.Done.TrySetResult());
        }

        return ValueTask.CompletedTask;
    }

    private void Take(string line)
    {
        if (line.StartsWith("id: ", StringComparison.Ordinal))
        {
            LastId = line[4..];
        }

        if (!line.StartsWith("data: ", StringComparison.Ordinal))
        {
            return;
        }

        Messages.Add(line[6..]);
        JsonElement message = JsonDocument.Parse(line[6..]).RootElement;
        Lines.AddRange(message.TryGetProperty("lines", out JsonElement lines) ? lines.EnumerateArray() : []);
        Figures = message.TryGetProperty("figures", out JsonElement figures) ? figures : Figures;
        if (message.TryGetProperty("state", out JsonElement state))
        {
            Words = state.GetProperty("words").GetString();
            IsTold |= state.GetProperty("ended").GetBoolean();
        }
    }
}

/// <summary>A viewer that never reads, and does not even notice that the writer gives up.</summary>
internal sealed class StuckStream : MemoryStream
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => reached.Task;

    public int Writes { get; private set; }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Writes++;
        reached.TrySetResult();
        return new(new TaskCompletionSource().Task);
    }
}
