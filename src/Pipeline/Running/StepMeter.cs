namespace VideoGaze.Pipeline.Running;

/// <summary>Counts what one step does. Thread-safe, a few atomic additions an item.</summary>
internal sealed class StepMeter(string name, StepKind kind, int maxParallel, TimeProvider clock)
{
    private long itemsIn;
    private long itemsOut;
    private long busyTicks;
    private long waitTicks;
    private int depth;
    private int maxDepth;

    /// <summary>The step's name.</summary>
    public string Name => name;

    /// <summary>Items that left the step as they should.</summary>
    public long ItemsOut => Volatile.Read(ref itemsOut);

    /// <summary>Items that entered the step.</summary>
    public long ItemsIn => Volatile.Read(ref itemsIn);

    /// <summary>An item is ready for this step. Returns the timestamp.</summary>
    public long Arrive()
    {
        int now = Interlocked.Increment(ref depth);
        int seen;
        while ((seen = Volatile.Read(ref maxDepth)) < now && Interlocked.CompareExchange(ref maxDepth, now, seen) != seen)
        {
        }

        return clock.GetTimestamp();
    }

    /// <summary>The step takes an item that was ready since <paramref name="readyAt"/>. Returns the timestamp.</summary>
    public long Take(long readyAt)
    {
        long now = clock.GetTimestamp();
        Interlocked.Decrement(ref depth);
        Interlocked.Increment(ref itemsIn);
        Interlocked.Add(ref waitTicks, now - readyAt);
        return now;
    }

    /// <summary>The step worked from <paramref name="beganAt"/> until now.</summary>
    /// <param name="beganAt">Timestamp.</param>
    /// <param name="delivered">Whether an item came of it.</param>
    public long Work(long beganAt, bool delivered)
    {
        long now = clock.GetTimestamp();
        Interlocked.Add(ref busyTicks, now - beganAt);
        if (delivered)
        {
            Interlocked.Increment(ref itemsOut);
        }

        return now;
    }

    /// <summary>The source stood still from <paramref name="since"/> until now because the graph was full. Returns the timestamp.</summary>
    public long Blocked(long since)
    {
        long now = clock.GetTimestamp();
        Interlocked.Add(ref waitTicks, now - since);
        return now;
    }

    /// <summary>The figures so far.</summary>
    public StepReport Report(TimeSpan wall)
    {
        TimeSpan waited = Duration(waitTicks);

        // Little's law: items in the queue on average = total time spent in it / length of the run.
        double meanDepth = kind == StepKind.Source || wall <= TimeSpan.Zero ? 0 : waited / wall;
        return new StepReport(name, kind, maxParallel, itemsIn, itemsOut, Duration(busyTicks), waited, meanDepth, maxDepth);
    }

    private TimeSpan Duration(long ticks) => TimeSpan.FromSeconds((double)ticks / clock.TimestampFrequency);
}
