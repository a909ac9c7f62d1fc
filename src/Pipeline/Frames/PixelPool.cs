using System.Collections.Concurrent;

namespace VideoGaze.Pipeline.Frames;

/// <summary>
/// Lends pixel buffers and takes them back, so that memory stays level however long the video is. One pool a run, injected.
/// <see cref="Leased"/> is 0 after every run, whatever its ending; the tests hold every run to that.
/// </summary>
public sealed class PixelPool
{
    private readonly ConcurrentDictionary<int, ConcurrentBag<byte[]>> idle = new();
    private int leased;
    private int peakLeased;
    private long leasedBytes;
    private long peakLeasedBytes;

    /// <summary>Buffers lent and not yet returned.</summary>
    public int Leased => Volatile.Read(ref leased);

    /// <summary>The most buffers that were ever lent at once.</summary>
    public int PeakLeased => Volatile.Read(ref peakLeased);

    /// <summary>The most bytes that were ever lent at once.</summary>
    public long PeakLeasedBytes => Volatile.Read(ref peakLeasedBytes);

    /// <summary>Lends a buffer with undefined content. The caller owns it.</summary>
    public PixelBuffer Rent(PixelSpec spec)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Width, 1, nameof(spec));
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Height, 1, nameof(spec));
        int length = spec.ByteLength;
        if (!idle.TryGetValue(length, out ConcurrentBag<byte[]>? bag) || !bag.TryTake(out byte[]? array))
        {
            array = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        }

        RaiseTo(ref peakLeased, Interlocked.Increment(ref leased));
        RaiseTo(ref peakLeasedBytes, Interlocked.Add(ref leasedBytes, length));
        return new PixelBuffer(this, spec, array);
    }

    internal void Return(PixelSpec spec, byte[] array)
    {
        idle.GetOrAdd(spec.ByteLength, static _ => []).Add(array);
        Interlocked.Add(ref leasedBytes, -spec.ByteLength);
        Interlocked.Decrement(ref leased);
    }

    private static void RaiseTo(ref int peak, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref peak)) < value && Interlocked.CompareExchange(ref peak, value, seen) != seen)
        {
        }
    }

    private static void RaiseTo(ref long peak, long value)
    {
        long seen;
        while ((seen = Volatile.Read(ref peak)) < value && Interlocked.CompareExchange(ref peak, value, seen) != seen)
        {
        }
    }
}
