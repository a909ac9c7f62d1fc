using System.Runtime.CompilerServices;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;

namespace VideoGaze.Pipeline.Tests;

/// <summary>An item that knows its number and holds real pixels, so that the pool tells of every item nobody disposed.</summary>
internal sealed class Probe(long number, PixelBuffer pixels) : IDisposable
{
    public long Number => number;

    /// <summary>Hands the pixels to a new item, as a stage does that turns one type into the next; this one is empty afterwards.</summary>
    public PixelBuffer Pixels => pixels;

    public void Dispose() => pixels.Dispose();
}

/// <summary>Where in a run a test wants something to happen.</summary>
internal delegate ValueTask Incident(long number, CancellationToken cancellationToken);

/// <summary>Gives <paramref name="count"/> probes. <paramref name="before"/> runs before each, and once more with the count before the end.</summary>
internal sealed class ProbeSource(PixelPool pool, int count, Incident? before = null) : IFrameSource<Probe>
{
    public static readonly PixelSpec Spec = new(4, 2, PixelFormat.Yuv420P8);
    private int given;

    public string Name => "source";

    public int Given => Volatile.Read(ref given);

    public async IAsyncEnumerable<Probe> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i <= count; i++)
        {
            if (before is not null)
            {
                await before(i, cancellationToken);
            }

            if (i < count)
            {
                Interlocked.Increment(ref given);
                yield return new Probe(i, pool.Rent(Spec));
            }
        }
    }
}

/// <summary>Passes pixels on in a new item, after <paramref name="work"/>.</summary>
internal sealed class ProbeStage(string name, int parallel = 1, Incident? work = null) : IFrameStage<Probe, Probe>
{
    private int running;
    private int most;

    public string Name => name;

    public StageConcurrency Concurrency => StageConcurrency.Parallel(parallel);

    /// <summary>The most calls that ran at once.</summary>
    public int MostParallel => Volatile.Read(ref most);

    public async ValueTask<Probe> ProcessAsync(Probe item, CancellationToken cancellationToken)
    {
        int now = Interlocked.Increment(ref running);
        int seen;
        while ((seen = Volatile.Read(ref most)) < now && Interlocked.CompareExchange(ref most, now, seen) != seen)
        {
        }

        try
        {
            if (work is not null)
            {
                await work(item.Number, cancellationToken);
            }

            return new Probe(item.Number, item.Pixels);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }
}

/// <summary>Notes the numbers it was given, and how it ended. Committing and abandoning pass the number -1.</summary>
internal sealed class ProbeSink(string name, Incident? write = null, Incident? commit = null) : IFrameSink<Probe>
{
    private readonly List<long> written = [];
    private int commits;
    private int abandons;
    private int endedWhileWriting;
    private int writing;

    public string Name => name;

    public IReadOnlyList<long> Written => written;

    public bool Committed { get; private set; }

    /// <summary>Calls of commit, also those that threw.</summary>
    public int Commits => commits;

    public int Abandons => abandons;

    /// <summary>Whether commit or abandon was called while a write was still running.</summary>
    public bool EndedWhileWriting => endedWhileWriting != 0;

    public async ValueTask WriteAsync(Probe item, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref writing);
        try
        {
            if (write is not null)
            {
                await write(item.Number, cancellationToken);
            }

            ObjectDisposedException.ThrowIf(item.Pixels.Bytes.IsEmpty, item);
            written.Add(item.Number);
            item.Dispose();
        }
        finally
        {
            Interlocked.Decrement(ref writing);
        }
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        Ending(ref commits);
        if (commit is not null)
        {
            await commit(-1, cancellationToken);
        }

        Committed = true;
    }

    public ValueTask AbandonAsync()
    {
        Ending(ref abandons);
        return ValueTask.CompletedTask;
    }

    private void Ending(ref int count)
    {
        Interlocked.Increment(ref count);
        if (Volatile.Read(ref writing) != 0)
        {
            endedWhileWriting = 1;
        }
    }
}
