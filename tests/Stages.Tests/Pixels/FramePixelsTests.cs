using OpenCvSharp;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Tests.Pixels;

public sealed class FramePixelsTests
{
    private readonly PixelPool pool = new();

    public static TheoryData<YuvMatrix, bool, PixelFormat> EveryLayout()
    {
        var all = new TheoryData<YuvMatrix, bool, PixelFormat>();
        foreach (YuvMatrix matrix in Enum.GetValues<YuvMatrix>())
        {
            foreach (bool fullRange in new[] { false, true })
            {
                all.Add(matrix, fullRange, PixelFormat.Yuv420P8);
                all.Add(matrix, fullRange, PixelFormat.Yuv420P10);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(EveryLayout))]
    public void A_constant_colour_survives_a_round_trip_to_the_chroma_step(YuvMatrix matrix, bool fullRange, PixelFormat format)
    {
        var color = new ColorSpec(matrix, fullRange);
        var random = new Random(7);
        for (int i = 0; i < 60; i++)
        {
            var bgr = new Scalar(random.Next(256), random.Next(256), random.Next(256));
            using var flat = new Mat(6, 10, MatType.CV_8UC3, bgr);
            using PixelBuffer frame = Pictures.Frame(pool, flat, color, format);
            using Mat back = Pictures.Read(frame, color);

            // One code of 8-bit limited-range chroma is up to 2.1 of blue: half of it, and half a luma step, are lost in writing.
            // 10 bit has codes four times as fine.
            Assert.InRange(Pictures.LargestDifference(flat, back), 0, format == PixelFormat.Yuv420P10 ? 1 : 2);
        }
    }

    [Theory]
    [InlineData(YuvMatrix.Bt601, 81, 90, 240)]
    [InlineData(YuvMatrix.Bt709, 63, 102, 240)]
    public void Red_has_the_codes_of_the_standards(YuvMatrix matrix, int luma, int u, int v)
    {
        // 100 % red bars: BT.601 81/90/240, BT.709 63/102/240 in limited range.
        using var red = new Mat(4, 4, MatType.CV_8UC3, new Scalar(0, 0, 255));
        using PixelBuffer frame = Pictures.Frame(pool, red, new ColorSpec(matrix, false));
        Assert.Equal(luma, frame.Row(1)[1]);
        Assert.InRange(frame.Row(0, 1)[0], u - 1, u + 1);
        Assert.InRange(frame.Row(0, 2)[0], v - 1, v + 1);
    }

    [Theory]
    [MemberData(nameof(EveryLayout))]
    public void Grey_has_no_colour_in_any_matrix(YuvMatrix matrix, bool fullRange, PixelFormat format)
    {
        using var grey = new Mat(4, 256, MatType.CV_8UC3);
        for (int x = 0; x < 256; x++)
        {
            for (int y = 0; y < 4; y++)
            {
                grey.At<Vec3b>(y, x) = new Vec3b((byte)x, (byte)x, (byte)x);
            }
        }

        var color = new ColorSpec(matrix, fullRange);
        using PixelBuffer frame = Pictures.Frame(pool, grey, color, format);
        using Mat back = Pictures.Read(frame, color);
        Assert.InRange(Pictures.LargestDifference(grey, back), 0, 1);
    }

    [Theory]
    [MemberData(nameof(EveryLayout))]
    public void A_picture_survives_a_round_trip(YuvMatrix matrix, bool fullRange, PixelFormat format)
    {
        var color = new ColorSpec(matrix, fullRange);
        using Mat scene = Pictures.Scene(160, 96);
        using PixelBuffer frame = Pictures.Frame(pool, scene, color, format);
        using Mat back = Pictures.Read(frame, color);
        Assert.True(Pictures.Psnr(scene, back) > 40, $"{Pictures.Psnr(scene, back):F1} dB");
    }

    [Theory]
    [InlineData(0, 0, 33, 31)]
    [InlineData(7, 5, 20, 13)]
    [InlineData(8, 5, 25, 26)]
    [InlineData(32, 30, 1, 1)]
    public void A_region_reads_as_the_same_pixels_of_the_whole(int x, int y, int width, int height)
    {
        // Odd picture sizes: the last chroma column and row colour half a block.
        using Mat scene = Pictures.Scene(33, 31);
        using PixelBuffer frame = Pictures.Frame(pool, scene, Pictures.Hd);
        using Mat whole = Pictures.Read(frame, Pictures.Hd);
        using Mat expected = whole[new Rect(x, y, width, height)].Clone();
        using Mat region = Pictures.Read(frame, Pictures.Hd, new Rect(x, y, width, height));
        Assert.Equal(0, Pictures.LargestDifference(expected, region));
    }

    [Fact]
    public void Chroma_sits_on_the_left_column_and_between_the_rows()
    {
        // U rises by 8 a chroma column, V by 8 a chroma row; grey luma. Position of sample (i, j): x = 2i + 1/2, y = 2j + 1.
        using PixelBuffer frame = pool.Rent(new PixelSpec(24, 24, PixelFormat.Yuv420P8));
        for (int y = 0; y < 24; y++)
        {
            frame.Row(y).Fill(128);
        }

        for (int j = 0; j < 12; j++)
        {
            frame.Row(j, 2).Fill((byte)(80 + (8 * j)));
            for (int i = 0; i < 12; i++)
            {
                frame.Row(j, 1)[i] = (byte)(80 + (8 * i));
            }
        }

        using Mat bgr = Pictures.Read(frame, new ColorSpec(YuvMatrix.Bt601, FullRange: true));
        for (int y = 2; y < 22; y++)
        {
            for (int x = 2; x < 22; x++)
            {
                double u = 80 + (8 * ((x + 0.5 - 0.5) / 2));
                double v = 80 + (8 * ((y + 0.5 - 1) / 2));
                Assert.InRange(bgr.At<Vec3b>(y, x).Item0, 128 + (1.772 * (u - 128)) - 0.6, 128 + (1.772 * (u - 128)) + 0.6);
                Assert.InRange(bgr.At<Vec3b>(y, x).Item2, 128 + (1.402 * (v - 128)) - 0.6, 128 + (1.402 * (v - 128)) + 0.6);
            }
        }
    }

    [Theory]
    [InlineData(PixelFormat.Yuv420P8, 3, 5)]
    [InlineData(PixelFormat.Yuv420P10, 4, 6)]
    public void Pixels_of_alpha_0_keep_every_bit_of_luma_and_chroma(PixelFormat format, int x, int y)
    {
        using Mat scene = Pictures.Scene(41, 39);
        using PixelBuffer frame = Pictures.Frame(pool, scene, Pictures.Hd, format);
        byte[] before = frame.Bytes.ToArray();

        var region = new Rect(x, y, 28, 27);
        using var green = new Mat(region.Height, region.Width, MatType.CV_8UC3, new Scalar(40, 200, 60));
        using var alpha = new Mat(region.Height, region.Width, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Circle(alpha, 13, 12, 9, Scalar.All(255), -1);
        FramePixels.WriteBgr(frame, Pictures.Hd, region, green, alpha);

        bool Touched(int px, int py) =>
            px >= region.X && py >= region.Y && px < region.Right && py < region.Bottom && alpha.At<byte>(py - region.Y, px - region.X) > 0;
        int samples = frame.Spec.BytesPerSample;
        int changedChroma = 0;
        for (int plane = 0; plane < 3; plane++)
        {
            PixelPlane place = frame.Spec.Plane(plane);
            int scale = plane == 0 ? 1 : 2;
            for (int row = 0; row < place.Height; row++)
            {
                for (int column = 0; column < place.Width; column++)
                {
                    int offset = place.Offset + (row * place.Stride) + (column * samples);
                    bool same = before.AsSpan(offset, samples).SequenceEqual(frame.Bytes.Slice(offset, samples));
                    bool free = true;
                    for (int dy = 0; dy < scale; dy++)
                    {
                        for (int dx = 0; dx < scale; dx++)
                        {
                            free &= Touched((column * scale) + dx, (row * scale) + dy);
                        }
                    }

                    Assert.True(same || free, $"plane {plane} sample {column},{row} changed");
                    changedChroma += plane > 0 && !same ? 1 : 0;
                }
            }
        }

        Assert.True(changedChroma > 80, "the inside of the mask takes the new colour");
    }

    [Fact]
    public void Half_an_alpha_lands_midway()
    {
        using var dark = new Mat(8, 8, MatType.CV_8UC3, Scalar.All(50));
        using var light = new Mat(8, 8, MatType.CV_8UC3, Scalar.All(150));
        using var half = new Mat(8, 8, MatType.CV_8UC1, Scalar.All(128));
        using PixelBuffer frame = Pictures.Frame(pool, dark, Pictures.Hd);
        FramePixels.WriteBgr(frame, Pictures.Hd, new Rect(0, 0, 8, 8), light, half);
        using Mat back = Pictures.Read(frame, Pictures.Hd);
        using var expected = new Mat(8, 8, MatType.CV_8UC3, Scalar.All(100));
        Assert.InRange(Pictures.LargestDifference(expected, back), 0, 1);
    }

    [Fact]
    public void The_whole_frame_scales_into_a_detectors_picture()
    {
        using Mat scene = Pictures.Scene(320, 180);
        using PixelBuffer frame = Pictures.Frame(pool, scene, Pictures.Hd);
        using var small = new Mat(90, 160, MatType.CV_8UC3);
        FramePixels.ScaleToBgr(frame, Pictures.Hd, small);
        using var expected = new Mat();
        Cv2.Resize(scene, expected, new Size(160, 90), 0, 0, InterpolationFlags.Area);
        Assert.True(Pictures.Psnr(expected, small) > 38, $"{Pictures.Psnr(expected, small):F1} dB");
    }

    [Fact]
    public void A_region_outside_the_frame_is_refused()
    {
        using PixelBuffer frame = pool.Rent(new PixelSpec(16, 16, PixelFormat.Yuv420P8));
        using var bgr = new Mat(8, 8, MatType.CV_8UC3);
        Assert.Throws<ArgumentOutOfRangeException>(() => FramePixels.ReadBgr(frame, Pictures.Hd, new Rect(10, 0, 8, 8), bgr));
        Assert.Throws<ArgumentException>(() => FramePixels.ReadBgr(frame, Pictures.Hd, new Rect(0, 0, 9, 8), bgr));
    }
}
