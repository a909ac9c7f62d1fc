using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Pipeline.Tests;

public sealed class PixelTests
{
    [Fact]
    public void A_buffer_that_nobody_returns_shows_in_the_pool()
    {
        PixelPool pool = new();
        PixelBuffer kept = pool.Rent(new(8, 8, PixelFormat.Gray8));
        using (pool.Rent(new(8, 8, PixelFormat.Bgr24)))
        {
            Assert.Equal(2, pool.Leased);
        }

        Assert.Equal(1, pool.Leased);
        kept.Dispose();
        Assert.Equal(0, pool.Leased);
        Assert.Equal(2, pool.PeakLeased);
        Assert.Equal((8 * 8) + (8 * 8 * 3), pool.PeakLeasedBytes);
    }

    [Fact]
    public void Returning_a_buffer_twice_returns_it_once()
    {
        PixelPool pool = new();
        PixelSpec spec = new(8, 8, PixelFormat.Gray8);
        PixelBuffer twice = pool.Rent(spec);
        twice.Dispose();
        twice.Dispose();
        Assert.Equal(0, pool.Leased);

        // Were the array idle twice over, two owners would write into one picture.
        using PixelBuffer one = pool.Rent(spec);
        using PixelBuffer two = pool.Rent(spec);
        Assert.NotSame(one.PinnedArray, two.PinnedArray);
    }

    [Fact]
    public async Task Returning_a_buffer_from_many_threads_at_once_returns_it_once()
    {
        PixelPool pool = new();
        for (int round = 0; round < 200; round++)
        {
            PixelBuffer buffer = pool.Rent(new(2, 2, PixelFormat.Gray8));
            TaskCompletionSource start = FlowTests.Gate();
            Task[] all = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                await start.Task;
                buffer.Dispose();
            }))];
            start.SetResult();
            await Task.WhenAll(all);
            Assert.Equal(0, pool.Leased);
        }
    }

    [Fact]
    public void A_returned_buffer_cannot_be_read()
    {
        PixelBuffer buffer = new PixelPool().Rent(new(8, 8, PixelFormat.Gray8));
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => buffer.Row(0).Length);
        Assert.Throws<ObjectDisposedException>(() => buffer.Memory);
        Assert.Throws<ObjectDisposedException>(() => buffer.PinnedArray);
    }

    [Fact]
    public void Memory_stays_level_because_arrays_are_used_again()
    {
        PixelPool pool = new();
        PixelSpec spec = new(16, 16, PixelFormat.Bgr24);
        byte[] first;
        using (PixelBuffer buffer = pool.Rent(spec))
        {
            first = buffer.PinnedArray;
        }

        for (int i = 0; i < 100; i++)
        {
            using PixelBuffer again = pool.Rent(spec);
            Assert.Same(first, again.PinnedArray);
        }

        Assert.Equal(1, pool.PeakLeased);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(-2, 4)]
    public void A_picture_without_pixels_is_refused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelPool().Rent(new(width, height, PixelFormat.Gray8)));

    // Byte counts as ffmpeg's rawvideo packs them: chroma is (w+1)/2 by (h+1)/2, two bytes a sample in 10 bit.
    [Theory]
    [InlineData(PixelFormat.Gray8, 7, 5, 35)]
    [InlineData(PixelFormat.Bgr24, 7, 5, 105)]
    [InlineData(PixelFormat.Yuv420P8, 8, 6, 72)]
    [InlineData(PixelFormat.Yuv420P8, 7, 5, 35 + (2 * 4 * 3))]
    [InlineData(PixelFormat.Yuv420P8, 1, 1, 3)]
    [InlineData(PixelFormat.Yuv420P10, 7, 5, 2 * (35 + (2 * 4 * 3)))]
    [InlineData(PixelFormat.Yuv420P10, 1920, 1080, 1920 * 1080 * 3)]
    public void A_picture_has_as_many_bytes_as_raw_video(PixelFormat format, int width, int height, int bytes) =>
        Assert.Equal(bytes, new PixelSpec(width, height, format).ByteLength);

    [Theory]
    [InlineData(PixelFormat.Yuv420P8, 7, 5)]
    [InlineData(PixelFormat.Yuv420P10, 7, 5)]
    [InlineData(PixelFormat.Yuv420P10, 8, 4)]
    [InlineData(PixelFormat.Bgr24, 3, 2)]
    [InlineData(PixelFormat.Gray8, 3, 2)]
    public void The_rows_of_all_planes_cover_every_byte_once(PixelFormat format, int width, int height)
    {
        PixelSpec spec = new(width, height, format);
        using PixelBuffer buffer = new PixelPool().Rent(spec);
        buffer.Bytes.Clear();
        for (int plane = 0; plane < spec.PlaneCount; plane++)
        {
            for (int y = 0; y < spec.Plane(plane).Height; y++)
            {
                Span<byte> row = buffer.Row(y, plane);
                Assert.Equal(spec.Plane(plane).Width * spec.BytesPerSample * (format == PixelFormat.Bgr24 ? 3 : 1), row.Length);
                for (int i = 0; i < row.Length; i++)
                {
                    row[i]++;
                }
            }
        }

        Assert.DoesNotContain(buffer.Bytes.ToArray(), value => value != 1);
    }

    [Fact]
    public void A_row_or_plane_outside_the_picture_is_refused()
    {
        using PixelBuffer buffer = new PixelPool().Rent(new(6, 4, PixelFormat.Yuv420P8));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Row(4).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Row(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Row(2, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Row(0, 3).Length);
    }
}
