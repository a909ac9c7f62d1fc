namespace VideoGaze.Pipeline.Frames;

/// <summary>How samples lie in a <see cref="PixelBuffer"/>.</summary>
public enum PixelFormat
{
    /// <summary>Interleaved 8-bit blue, green, red: the layout of OpenCV images.</summary>
    Bgr24,

    /// <summary>One 8-bit sample a pixel.</summary>
    Gray8,

    /// <summary>Planar 8-bit Y, then U, then V, chroma at half size both ways (rounded up): what most video is coded in.</summary>
    Yuv420P8,

    /// <summary>As <see cref="Yuv420P8"/> with 10 significant bits in little-endian 16-bit samples.</summary>
    Yuv420P10,
}

/// <summary>One rectangle of samples inside a buffer.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Width">Samples a row (for <see cref="PixelFormat.Bgr24"/>: pixels).</param>
/// <param name="Height">Rows.</param>
/// <param name="Stride">Bytes from a row to the next; rows are packed, without padding.</param>
public readonly record struct PixelPlane(int Offset, int Width, int Height, int Stride);

/// <summary>Size and layout of a picture. Two buffers of equal spec are interchangeable.</summary>
/// <param name="Width">Pixels, at least 1.</param>
/// <param name="Height">Pixels, at least 1.</param>
/// <param name="Format">Sample layout.</param>
public readonly record struct PixelSpec(int Width, int Height, PixelFormat Format)
{
    /// <summary>Bytes a sample: 2 for 10-bit formats, else 1.</summary>
    public int BytesPerSample => Format == PixelFormat.Yuv420P10 ? 2 : 1;

    /// <summary>1 for packed and grey formats, 3 for planar YUV.</summary>
    public int PlaneCount => IsYuv ? 3 : 1;

    /// <summary>Whether the picture is planar YUV 4:2:0.</summary>
    public bool IsYuv => Format is PixelFormat.Yuv420P8 or PixelFormat.Yuv420P10;

    /// <summary>Bytes of the whole picture, rows packed as ffmpeg's rawvideo packs them.</summary>
    public int ByteLength
    {
        get
        {
            PixelPlane last = Plane(PlaneCount - 1);
            return last.Offset + (last.Stride * last.Height);
        }
    }

    /// <summary>Where a plane lies: 0 is Y (or the only plane), 1 is U, 2 is V.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The format has no such plane.</exception>
    public PixelPlane Plane(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, PlaneCount);
        if (!IsYuv)
        {
            return new PixelPlane(0, Width, Height, Width * (Format == PixelFormat.Bgr24 ? 3 : 1));
        }

        int chromaWidth = (Width + 1) / 2;
        int chromaHeight = (Height + 1) / 2;
        int lumaBytes = Width * Height * BytesPerSample;
        int chromaBytes = chromaWidth * chromaHeight * BytesPerSample;
        return index == 0
            ? new PixelPlane(0, Width, Height, Width * BytesPerSample)
            : new PixelPlane(lumaBytes + ((index - 1) * chromaBytes), chromaWidth, chromaHeight, chromaWidth * BytesPerSample);
    }
}
