using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Tests.Pixels;

public sealed class CropWarpTests
{
    private static readonly ColorSpec Full = new(YuvMatrix.Bt601, FullRange: true);
    private readonly PixelPool pool = new();

    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(2.5, 0.4)]
    [InlineData(0.7, -0.3)]
    [InlineData(0.3, 1.2)]
    [InlineData(0.12, 0.2)]
    public void A_gradient_lies_where_the_transform_says(double scale, double rotation)
    {
        // Luma = x / 2 at the pixel's centre, so a crop pixel tells the frame position it was taken from.
        using PixelBuffer frame = Gradient(400, 400);
        var centre = new Vector2(203.3f, 196.8f);
        SimilarityTransform toCrop = Around(centre, scale, rotation, 32);
        using PixelBuffer crop = pool.Rent(new PixelSpec(32, 32, PixelFormat.Bgr24));
        FramePixels.WarpToBgr(frame, Full, toCrop, crop);

        SimilarityTransform toFrame = toCrop.Inverse();
        for (int y = 0; y < 32; y++)
        {
            for (int x = 0; x < 32; x++)
            {
                float expected = toFrame.Apply(new Vector2(x + 0.5f, y + 0.5f)).X / 2;
                Assert.InRange(crop.Row(y)[3 * x], expected - 0.8, expected + 0.8);
            }
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.7)]
    [InlineData(0.45)]
    [InlineData(0.2)]
    public void A_dot_is_found_at_its_continuous_place(double scale)
    {
        using PixelBuffer frame = pool.Rent(new PixelSpec(300, 300, PixelFormat.Yuv420P8));
        frame.Bytes.Fill(128);
        for (int y = 0; y < 300; y++)
        {
            frame.Row(y).Clear();
        }

        // A block of 10 x 10 pixels from 140..150 has its middle at exactly 145, 155.
        for (int y = 150; y < 160; y++)
        {
            frame.Row(y)[140..150].Fill(200);
        }

        SimilarityTransform toCrop = Around(new Vector2(150, 150), scale, 0.3, 64);
        using PixelBuffer crop = pool.Rent(new PixelSpec(64, 64, PixelFormat.Bgr24));
        FramePixels.WarpToBgr(frame, Full, toCrop, crop);

        double sum = 0, sumX = 0, sumY = 0;
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 64; x++)
            {
                double value = crop.Row(y)[(3 * x) + 1];
                sum += value;
                sumX += value * (x + 0.5);
                sumY += value * (y + 0.5);
            }
        }

        Vector2 expected = toCrop.Apply(new Vector2(145, 155));
        Assert.InRange(sumX / sum, expected.X - 0.06, expected.X + 0.06);
        Assert.InRange(sumY / sum, expected.Y - 0.06, expected.Y + 0.06);
    }

    [Fact]
    public void Detail_finer_than_the_crops_pixels_turns_to_its_mean()
    {
        // A checkerboard of single pixels, shrunk 3 and 8 times, is grey; without the filter it would beat.
        using PixelBuffer frame = pool.Rent(new PixelSpec(512, 512, PixelFormat.Yuv420P8));
        frame.Bytes.Fill(128);
        for (int y = 0; y < 512; y++)
        {
            Span<byte> row = frame.Row(y);
            for (int x = 0; x < 512; x++)
            {
                row[x] = (byte)(((x + y) & 1) == 0 ? 28 : 228);
            }
        }

        foreach (double scale in new[] { 1 / 3.0, 1 / 8.0 })
        {
            using PixelBuffer crop = pool.Rent(new PixelSpec(48, 48, PixelFormat.Bgr24));
            FramePixels.WarpToBgr(frame, Full, Around(new Vector2(256, 256), scale, 0.1, 48), crop);
            foreach (byte value in crop.Bytes)
            {
                Assert.InRange(value, 126, 130);
            }
        }
    }

    [Theory]
    [InlineData(-30, -30)]
    [InlineData(120, 40)]
    [InlineData(5000, -4000)]
    public void Outside_the_frame_the_border_repeats(float x, float y)
    {
        using PixelBuffer frame = Gradient(100, 100);
        using PixelBuffer crop = pool.Rent(new PixelSpec(16, 16, PixelFormat.Bgr24));
        SimilarityTransform toCrop = Around(new Vector2(x, y), 1, 0, 16);
        FramePixels.WarpToBgr(frame, Full, toCrop, crop);
        float expected = Math.Clamp(x, 0.5f, 99.5f) / 2;
        Assert.InRange(crop.Row(8)[24], expected - 1, expected + 1);
    }

    [Fact]
    public void Nothing_stays_rented()
    {
        using (PixelBuffer frame = Gradient(64, 64))
        using (PixelBuffer crop = pool.Rent(new PixelSpec(16, 16, PixelFormat.Bgr24)))
        {
            FramePixels.WarpToBgr(frame, Full, SimilarityTransform.Identity, crop);
        }

        Assert.Equal(0, pool.Leased);
    }

    private static SimilarityTransform Around(Vector2 centre, double scale, double rotation, int size)
    {
        double a = scale * Math.Cos(rotation), b = scale * Math.Sin(rotation);
        return new(a, b, (size / 2.0) - ((a * centre.X) - (b * centre.Y)), (size / 2.0) - ((b * centre.X) + (a * centre.Y)));
    }

    private PixelBuffer Gradient(int width, int height)
    {
        PixelBuffer frame = pool.Rent(new PixelSpec(width, height, PixelFormat.Yuv420P8));
        frame.Bytes.Fill(128);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = frame.Row(y);
            for (int x = 0; x < width; x++)
            {
                row[x] = (byte)Math.Round((x + 0.5) / 2);
            }
        }

        return frame;
    }
}
