using OpenCvSharp;
using VideoGaze.Stages.Score;
using VideoGaze.Stages.Tests.Pixels;

namespace VideoGaze.Stages.Tests.Score;

public sealed class SeamVisibilityTests
{
    private const int Side = 240;
    private const double EyeDistance = 80;

    [Fact]
    public void Where_nothing_changed_there_is_no_seam()
    {
        using Mat target = Skin();
        Assert.Equal(SeamVisibility.None, SeamVisibility.Between(target, target, target, EyeDistance));
        using Mat coded = PictureDifferenceTests.Noisy(target, 2);
        Assert.Equal(SeamVisibility.None, SeamVisibility.Between(coded, target, target, EyeDistance));
    }

    [Fact]
    public void A_seam_grows_with_the_step_that_was_planted()
    {
        using Mat target = Skin();
        SeamVisibility last = SeamVisibility.None;
        foreach (int step in (int[])[8, 16, 32, 64])
        {
            using Mat output = Planted(target, step, feather: 0);
            SeamVisibility seam = SeamVisibility.Between(output, target, target, EyeDistance);
            Assert.True(seam.Excess > last.Excess && seam.Relative > last.Relative, $"{last} then {seam} for a step of {step}");
            Assert.InRange(seam.Excess, (0.3 * step) - 2, step);
            last = seam;
        }

        Assert.True(last.Share > 0.9);
    }

    [Fact]
    public void A_change_that_fades_out_is_seen_less_than_one_that_ends()
    {
        using Mat target = Skin(), hard = Planted(target, 24, feather: 0), soft = Planted(target, 24, feather: 12);
        SeamVisibility seen = SeamVisibility.Between(hard, target, target, EyeDistance);
        SeamVisibility hidden = SeamVisibility.Between(soft, target, target, EyeDistance);
        Assert.True(hidden.Relative < 0.25 * seen.Relative, $"hard {seen}, soft {hidden}");
    }

    [Fact]
    public void A_step_that_belongs_to_the_true_swap_is_no_seam()
    {
        using Mat target = Skin(), output = Planted(target, 40, feather: 0);
        Assert.Equal(0, SeamVisibility.Between(output, target, output, EyeDistance).Excess);
    }

    [Fact]
    public void A_seam_along_an_edge_of_the_target_counts_less_than_one_on_plain_skin()
    {
        using Mat plain = Skin(), edged = Planted(plain, 60, feather: 0);
        using Mat onPlain = Planted(plain, 24, feather: 0), onEdge = Planted(edged, 24, feather: 0);
        double alone = SeamVisibility.Between(onPlain, plain, plain, EyeDistance).Relative;
        double masked = SeamVisibility.Between(onEdge, edged, edged, EyeDistance).Relative;
        Assert.True(masked < 0.5 * alone, $"{alone} on plain skin, {masked} along an edge");
    }

    /// <summary>Soft texture of a few levels.</summary>
    private static Mat Skin()
    {
        using Mat scene = Pictures.Scene(Side, Side);
        Mat skin = new();
        scene.ConvertTo(skin, MatType.CV_8UC3, 0.1, 120);
        return skin;
    }

    /// <summary>The picture with an ellipse made brighter.</summary>
    private static Mat Planted(Mat picture, double step, double feather)
    {
        using Mat mask = Mat.Zeros(Side, Side, MatType.CV_32FC3), sum = new();
        Cv2.Ellipse(mask, new Point(Side / 2, Side / 2), new Size(60, 80), 0, 0, 360, Scalar.All(step), -1);
        if (feather > 0)
        {
            Cv2.GaussianBlur(mask, mask, new Size(0, 0), feather);
        }

        picture.ConvertTo(sum, MatType.CV_32FC3);
        Cv2.Add(sum, mask, sum);
        Mat planted = new();
        sum.ConvertTo(planted, MatType.CV_8UC3);
        return planted;
    }
}
