using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Tests.Pixels;

public sealed class FramePixelsTests
{
    public static TheoryData<YuvMatrix, bool, PixelFormat> Kinds()
    {
        TheoryData<YuvMatrix, bool, PixelFormat> kinds = [];
        foreach (YuvMatrix matrix in Enum.GetValues<YuvMatrix>())
        {
            foreach (PixelFormat format in (PixelFormat[])[PixelFormat.Yuv420P8, PixelFormat.Yuv420P10])
            {
                kinds.Add(matrix, false, format);
                kinds.Add(matrix, true, format);
            }
        }

        return kinds;
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_constant_colour_comes_back_within_two_steps(YuvMatrix matrix, bool fullRange, PixelFormat format)
    {
        PixelPool pool = new();
        using PixelBuffer frame = pool.Rent(new(37, 23, format));
        ColorSpec color = new(matrix, fullRange);
        Rect whole = new(0, 0, 37, 23);
        foreach (Scalar bgr in (Scalar[])[new(0, 0, 0), new(255, 255, 255), new(30, 120, 200), new(220, 40, 90), new(128, 128, 128)])
        {
            using Mat written = new(23, 37, MatType.CV_8UC3, bgr);
            using Mat read = new(23, 37, MatType.CV_8UC3);
            FramePixels.WriteBgr(frame, color, whole, written, null);
            FramePixels.ReadBgr(frame, color, whole, read);
            Assert.True(Cv2.Norm(written, read, NormTypes.INF) <= 2, $"{bgr} came back {Cv2.Norm(written, read, NormTypes.INF)} steps off");

            using Mat scaled = new(12, 20, MatType.CV_8UC3);
            using Mat expected = new(12, 20, MatType.CV_8UC3, bgr);
            FramePixels.ScaleToBgr(frame, color, scaled);
            Assert.True(Cv2.Norm(expected, scaled, NormTypes.INF) <= 2, $"{bgr} was scaled to {Cv2.Norm(expected, scaled, NormTypes.INF)} steps off");
        }
    }

    [Theory]
    [InlineData(PixelFormat.Yuv420P8)]
    [InlineData(PixelFormat.Yuv420P10)]
    public void Pixels_without_alpha_stay_bit_exact(PixelFormat format)
    {
        PixelPool pool = new();
        using PixelBuffer frame = Noise(pool, new(64, 48, format), seed: 5);
        byte[] before = frame.Bytes.ToArray();
        Rect region = new(9, 7, 30, 22);
        using Mat red = new(region.Height, region.Width, MatType.CV_8UC3, new Scalar(0, 0, 255));
        using Mat alpha = new(region.Height, region.Width, MatType.CV_8UC1, Scalar.All(0));

        FramePixels.WriteBgr(frame, new(YuvMatrix.Bt709, false), region, red, alpha);
        Assert.Equal(before, frame.Bytes.ToArray());

        alpha.Set<byte>(10, 12, 255);
        FramePixels.WriteBgr(frame, new(YuvMatrix.Bt709, false), region, red, alpha);
        int sample = frame.Spec.BytesPerSample;
        int changedLuma = Enumerable.Range(0, 64 * 48).Count(i => !before.AsSpan(i * sample, sample).SequenceEqual(frame.Bytes.Slice(i * sample, sample)));
        Assert.Equal(1, changedLuma);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.21)]
    [InlineData(2.3)]
    public void A_warp_puts_a_dot_where_the_transform_says(double scale)
    {
        PixelPool pool = new();
        using PixelBuffer frame = pool.Rent(new(320, 240, PixelFormat.Yuv420P8));
        using Mat picture = new(240, 320, MatType.CV_8UC3, Scalar.All(20));
        Cv2.Circle(picture, new Point(150, 110), 12, Scalar.All(235), -1);
        FramePixels.WriteBgr(frame, new(YuvMatrix.Bt709, false), new Rect(0, 0, 320, 240), picture, null);

        SimilarityTransform toCrop = new SimilarityTransform(1, 0, -150, -110)
            .Then(new(Math.Cos(.4) * scale, Math.Sin(.4) * scale, 0, 0)).Then(new(1, 0, 140.3, 155.8));
        using PixelBuffer crop = pool.Rent(new(300, 300, PixelFormat.Bgr24));
        FramePixels.WarpToBgr(frame, new(YuvMatrix.Bt709, false), toCrop, crop);

        // The dot's centre in continuous pixels is half a pixel beyond its integer index.
        System.Numerics.Vector2 expected = toCrop.Apply(new(150.5f, 110.5f));
        double mass = 0, x = 0, y = 0;
        for (int row = 0; row < 300; row++)
        {
            for (int column = 0; column < 300; column++)
            {
                double bright = Math.Max(0, crop.Row(row)[(column * 3) + 1] - 40);
                mass += bright;
                x += bright * (column + .5);
                y += bright * (row + .5);
            }
        }

        Assert.InRange(x / mass, expected.X - .15, expected.X + .15);
        Assert.InRange(y / mass, expected.Y - .15, expected.Y + .15);
    }

    [Fact]
    public void A_crop_wholly_outside_the_frame_repeats_its_border()
    {
        PixelPool pool = new();
        using PixelBuffer frame = pool.Rent(new(64, 48, PixelFormat.Yuv420P8));
        using Mat grey = new(48, 64, MatType.CV_8UC3, Scalar.All(90));
        FramePixels.WriteBgr(frame, new(YuvMatrix.Bt601, false), new Rect(0, 0, 64, 48), grey, null);
        using PixelBuffer crop = pool.Rent(new(32, 32, PixelFormat.Bgr24));
        FramePixels.WarpToBgr(frame, new(YuvMatrix.Bt601, false), new(1, 0, 5000, 5000), crop);
        Assert.All(crop.Bytes.ToArray(), value => Assert.InRange(value, 88, 92));
    }

    private static PixelBuffer Noise(PixelPool pool, PixelSpec spec, int seed)
    {
        PixelBuffer buffer = pool.Rent(spec);
        Random random = new(seed);
        if (spec.BytesPerSample == 1)
        {
            random.NextBytes(buffer.Bytes);
            return buffer;
        }

        for (int i = 0; i < buffer.Bytes.Length; i += 2)
        {
            BitConverter.TryWriteBytes(buffer.Bytes[i..], (ushort)random.Next(64, 940));
        }

        return buffer;
    }
}
