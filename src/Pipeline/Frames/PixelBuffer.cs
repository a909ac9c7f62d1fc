namespace VideoGaze.Pipeline.Frames;

/// <summary>
/// The pixels of one picture, rented from a <see cref="PixelPool"/>. It has one owner at any time: whoever holds it either passes it on or disposes it.
/// Nobody keeps a span of it after that.
/// </summary>
/// <remarks>Disposal is idempotent and thread-safe; reading a disposed buffer throws <see cref="ObjectDisposedException"/>.</remarks>
public sealed class PixelBuffer : IDisposable
{
    private readonly PixelPool pool;
    private byte[]? array;

    internal PixelBuffer(PixelPool pool, PixelSpec spec, byte[] array)
    {
        this.pool = pool;
        this.array = array;
        Spec = spec;
    }

    /// <summary>Size and layout.</summary>
    public PixelSpec Spec { get; }

    /// <summary>All bytes of the picture, plane after plane.</summary>
    public Span<byte> Bytes => Memory.Span;

    /// <summary>All bytes of the picture as memory, for asynchronous reads. The array behind it is pinned for its whole life.</summary>
    public Memory<byte> Memory => (array ?? throw new ObjectDisposedException(nameof(PixelBuffer))).AsMemory(0, Spec.ByteLength);

    /// <summary>The pinned array behind the buffer (at least <see cref="PixelSpec.ByteLength"/> long), for zero-copy native views. Owned by the pool.</summary>
    public byte[] PinnedArray => array ?? throw new ObjectDisposedException(nameof(PixelBuffer));

    /// <summary>One row of a plane, without padding.</summary>
    /// <param name="y">Row in the plane, from the top.</param>
    /// <param name="plane">0 is Y (or the only plane), 1 is U, 2 is V.</param>
    public Span<byte> Row(int y, int plane = 0)
    {
        PixelPlane place = Spec.Plane(plane);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, place.Height);
        return Bytes.Slice(place.Offset + (y * place.Stride), place.Stride);
    }

    /// <summary>Gives the pixels back to the pool.</summary>
    public void Dispose()
    {
        byte[]? returned = Interlocked.Exchange(ref array, null);
        if (returned is not null)
        {
            pool.Return(Spec, returned);
        }
    }
}
