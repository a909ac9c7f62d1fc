using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Swap;

/// <summary>What every swapper asks of the buffers it is given.</summary>
internal static class SwapperBuffers
{
    /// <summary>Throws unless a buffer is a square of this side and format.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Expect(PixelBuffer buffer, int side, PixelFormat format)
    {
        PixelSpec expected = new(side, side, format);
        if (buffer.Spec != expected)
        {
            throw new ArgumentException($"Expected {expected}, got {buffer.Spec}.", nameof(buffer));
        }
    }
}
