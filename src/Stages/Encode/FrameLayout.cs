using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Encode;

/// <summary>
/// The frame as the encoder takes it. Encoders with chroma at half size refuse odd sizes: there the last row or column of luma is repeated once
/// (chroma already has the samples). Even sizes pass through without a copy.
/// </summary>
internal sealed class FrameLayout
{
    private readonly PixelSpec source;
    private readonly byte[]? padded;

    /// <summary>Plans the layout.</summary>
    /// <param name="source">Of the frames that come.</param>
    /// <param name="padToEven">Whether the encoder refuses odd sizes.</param>
    public FrameLayout(PixelSpec source, bool padToEven)
    {
        this.source = source;
        Spec = padToEven ? source with { Width = source.Width + (source.Width & 1), Height = source.Height + (source.Height & 1) } : source;
        padded = Spec == source ? null : new byte[Spec.ByteLength];
    }

    /// <summary>Of the frames that go.</summary>
    public PixelSpec Spec { get; }

    /// <summary>Bytes of a frame that goes.</summary>
    public int ByteLength => Spec.ByteLength;

    /// <summary>Says so when frames grow.</summary>
    public IReadOnlyList<string> Notes =>
        padded is null ? [] : [$"the picture grew from {source.Width}x{source.Height} to {Spec.Width}x{Spec.Height} by repeating its last line, because the encoder takes even sizes only"];

    /// <summary>The samples as the encoder takes them; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Arrange(PixelBuffer pixels)
    {
        if (padded is null)
        {
            return pixels.Memory;
        }

        int bytes = source.BytesPerSample;
        for (int plane = 0; plane < 3; plane++)
        {
            PixelPlane to = Spec.Plane(plane);
            PixelPlane from = source.Plane(plane);
            for (int y = 0; y < to.Height; y++)
            {
                Span<byte> row = padded.AsSpan(to.Offset + (y * to.Stride), to.Stride);
                ReadOnlySpan<byte> given = pixels.Row(Math.Min(y, from.Height - 1), plane);
                given.CopyTo(row);
                if (row.Length > given.Length)
                {
                    given[^bytes..].CopyTo(row[given.Length..]);
                }
            }
        }

        return padded;
    }
}
