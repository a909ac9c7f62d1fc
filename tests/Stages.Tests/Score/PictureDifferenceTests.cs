using OpenCvSharp;
using VideoGaze.Stages.Score;
using VideoGaze.Stages.Tests.Pixels;

namespace VideoGaze.Stages.Tests.Score;

public sealed class PictureDifferenceTests
{
    private const int Side = 120;

    [Fact]
    public void A_picture_is_equal_to_itself()
    {
        using Mat scene = Pictures.Scene(Side, Side);
        PictureDifference difference = Whole(scene, scene);
        Assert.Equal(1, difference.Ssim, 1e-12);
        Assert.Equal(1, difference.HaarPsi, 1e-9);
        Assert.Equal(0, difference.MeanAbsolute);
    }

    [Fact]
    public void Blur_that_grows_costs_more_and_more_likeness()
    {
        using Mat scene = Pictures.Scene(Side, Side);
        AssertFalls(scene, new[] { 1.0, 2, 4, 8 }.Select(sigma => Blurred(scene, sigma)));
    }

    [Fact]
    public void Noise_that_grows_costs_more_and_more_likeness()
    {
        using Mat scene = Pictures.Scene(Side, Side);
        AssertFalls(scene, new[] { 4.0, 12, 30 }.Select(sigma => Noisy(scene, sigma)));
    }

    [Fact]
    public void The_order_of_the_pictures_does_not_matter()
    {
        using Mat a = Pictures.Scene(Side, Side, seed: 1), b = Pictures.Scene(Side, Side, seed: 2);
        PictureDifference forth = Whole(a, b), back = Whole(b, a);
        Assert.Equal(forth.Ssim, back.Ssim, 1e-9);
        Assert.Equal(forth.HaarPsi, back.HaarPsi, 1e-9);
        Assert.Equal(forth.MeanAbsolute, back.MeanAbsolute, 1e-9);
        Assert.InRange(forth.Ssim, -1, 0.4);
        Assert.InRange(forth.HaarPsi, 0, 0.6);
    }

    [Fact]
    public void A_soft_picture_has_less_detail_and_a_noisy_one_more()
    {
        using Mat scene = Pictures.Scene(Side, Side), soft = Blurred(scene, 2), noisy = Noisy(scene, 8);
        Assert.Equal(1, Whole(scene, scene).Sharpness);
        Assert.InRange(Whole(soft, scene).Sharpness, 0.05, 0.9);
        Assert.InRange(Whole(noisy, scene).Sharpness, 1.2, 100);
    }

    [Fact]
    public void A_colour_that_shifts_is_seen_where_luma_stays()
    {
        using Mat scene = Pictures.Scene(Side, Side), tinted = scene.Clone();

        // +30 blue, -15 green, +18 red: luma moves by less than one level.
        Cv2.Add(scene, new Scalar(30, 0, 18), tinted);
        Cv2.Subtract(tinted, new Scalar(0, 15, 0), tinted);
        PictureDifference difference = Whole(scene, tinted);
        Assert.True(difference.Ssim > 0.98, $"SSIM {difference.Ssim}");
        Assert.True(difference.HaarPsi < 0.97, $"HaarPSI {difference.HaarPsi}");
        Assert.InRange(difference.MeanAbsolute, 20, 22);
    }

    // The value is that of the authors' definition, written out once more without OpenCV, for the same pictures and pixels.
    [Fact]
    public void The_perceptual_similarity_is_that_of_the_paper()
    {
        const int side = 96;
        using Mat a = Waves(side, 0), b = Waves(side, 0.4), inside = Mat.Zeros(side, side, MatType.CV_8UC1);
        inside[new Rect(20, 20, 56, 56)].SetTo(Scalar.All(255));
        Assert.Equal(0.6582, HaarPerceptualSimilarity.Between(a, b, [inside])[0], 0.002);
    }

    [Fact]
    public void Only_the_region_counts()
    {
        using Mat scene = Pictures.Scene(Side, Side), half = scene.Clone();
        half[new Rect(0, 0, Side / 2, Side)].SetTo(Scalar.All(0));
        using Mat spoilt = Region(new Rect(10, 10, 30, 100)), sound = Region(new Rect(80, 10, 30, 100)), nothing = Region(default);
        PictureDifference?[] differences = PictureDifference.Between(scene, half, spoilt, sound, nothing);
        Assert.True(differences[0]!.Value.Ssim < 0.2);
        Assert.Equal(1, differences[1]!.Value.Ssim, 1e-9);
        Assert.Equal(1, differences[1]!.Value.HaarPsi, 1e-9);
        Assert.Equal(0, differences[1]!.Value.MeanAbsolute);
        Assert.Null(differences[2]);
    }

    [Fact]
    public void Pictures_without_an_edge_have_nothing_to_weigh()
    {
        using Mat flat = new(Side, Side, MatType.CV_8UC3, Scalar.All(90));
        Assert.Equal(1, Whole(flat, flat).HaarPsi);
    }

    internal static Mat Blurred(Mat picture, double sigma)
    {
        Mat blurred = new();
        Cv2.GaussianBlur(picture, blurred, new Size(0, 0), sigma);
        return blurred;
    }

    internal static Mat Noisy(Mat picture, double sigma, int seed = 5)
    {
        Mat noisy = picture.Clone();
        var random = new Random(seed);
        int rows = noisy.Rows, columns = noisy.Cols;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                Vec3b pixel = noisy.At<Vec3b>(y, x);
                noisy.At<Vec3b>(y, x) = new(Shaken(pixel.Item0), Shaken(pixel.Item1), Shaken(pixel.Item2));
            }
        }

        return noisy;

        // The sum of four uniform numbers is near enough to a Gaussian.
        byte Shaken(byte value)
        {
            double gauss = (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * Math.Sqrt(3);
            return (byte)Math.Clamp(Math.Round(value + (sigma * gauss)), 0, 255);
        }
    }

    private static Mat Waves(int side, double shift)
    {
        Mat waves = new(side, side, MatType.CV_8UC3);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                waves.At<Vec3b>(y, x) = new(Wave(x, y, 0.3, 0.2, 1), Wave(x, y, 0.2, 0.31, 0.5), Wave(x, y, 0.25, 0.15, 0.8));
            }
        }

        return waves;

        byte Wave(int x, int y, double a, double b, double c) =>
            (byte)Math.Clamp(Math.Round(128 + (60 * Math.Sin((x * a) + (y * b) + (c * shift))) + (40 * Math.Sin((x * y * 0.01) + c + shift))), 0, 255);
    }

    private static void AssertFalls(Mat scene, IEnumerable<Mat> worse)
    {
        PictureDifference last = Whole(scene, scene);
        foreach (Mat picture in worse)
        {
            PictureDifference next = Whole(scene, picture);
            picture.Dispose();
            Assert.True(next.Ssim < last.Ssim && next.HaarPsi < last.HaarPsi && next.MeanAbsolute > last.MeanAbsolute, $"{last} then {next}");
            last = next;
        }
    }

    private static PictureDifference Whole(Mat a, Mat b)
    {
        using Mat all = Region(new Rect(10, 10, Side - 20, Side - 20));
        return PictureDifference.Between(a, b, all)[0]!.Value;
    }

    private static Mat Region(Rect inside)
    {
        Mat mask = Mat.Zeros(Side, Side, MatType.CV_8UC1);
        if (inside.Width > 0)
        {
            mask[inside].SetTo(Scalar.All(255));
        }

        return mask;
    }
}
