using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Tests.Pixels;

namespace VideoGaze.Stages.Tests.Blend;

public sealed class BlendMathsTests
{
    [Fact]
    public void The_stand_ins_head_is_turned_as_asked()
    {
        Assert.Equal(0, HeadPose.FromMesh(new FaceStandIn().Mesh()).YawDegrees, 0.5);
        Assert.Equal(60, Math.Abs(HeadPose.FromMesh(new FaceStandIn { Yaw = 60 }.Mesh()).YawDegrees), 0.5);
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(52.0, 1.0)]
    [InlineData(-52.0, 1.0)]
    [InlineData(59.0, 0.5)]
    [InlineData(66.0, 0.0)]
    [InlineData(-90.0, 0.0)]
    public void Profiles_fade_to_the_original(double yaw, double opacity) =>
        Assert.Equal(opacity, ProfileFade.Opacity(yaw, new BlendOptions()), 1e-9);

    [Fact]
    public void The_alpha_stays_inside_hull_and_learned_mask_and_rises_inward_by_the_feather()
    {
        FaceMesh mesh = MaskMesh();
        using Mat hull = Square();
        BlendMask.DrawHull(mesh, hull);
        using Mat learned = Square();
        Cv2.Rectangle(learned, new Rect(0, 90, 256, 166), Scalar.All(255), -1);
        using Mat support = Square();
        Cv2.Min(hull, learned, support);
        using Mat alpha = Square();
        BlendMask.Feather(support, 4, 20, alpha);

        using var outside = new Mat();
        Cv2.Compare(support, new Scalar(128), outside, CmpTypes.LT);
        Cv2.MinMaxLoc(alpha, out _, out double spilled, out _, out _, outside);
        Assert.Equal(0, spilled);

        // Down the middle column: the edge of the support is at row 90; 4 px eroded, then 20 px of ramp.
        byte At(int row) => alpha.At<byte>(row, 128);
        Assert.Equal(0, At(92));
        Assert.InRange(At(90 + 4 + 9), 100, 155);
        Assert.Equal(255, At(90 + 4 + 21));
        for (int row = 91; row < 128; row++)
        {
            Assert.InRange(At(row) - At(row - 1), 0, 26);
        }
    }

    [Fact]
    public void Between_the_frames_of_spectacles_the_new_face_is_laid_on_wholly_and_beside_a_hand_it_rises_slowly()
    {
        // Face 200 px wide. A frame 6 px wide around a lens of 24 x 24 px, joined to the edge by its temple; a hand 80 px wide from below.
        using Mat hull = Square(), learned = Square(), alpha = Square();
        Cv2.Rectangle(hull, new Rect(28, 8, 200, 240), Scalar.All(255), -1);
        learned.SetTo(Scalar.All(255));
        Cv2.Rectangle(learned, new Rect(80, 60, 36, 36), Scalar.All(0), -1);
        Cv2.Rectangle(learned, new Rect(86, 66, 24, 24), Scalar.All(255), -1);
        Cv2.Rectangle(learned, new Rect(0, 75, 80, 6), Scalar.All(0), -1);
        Cv2.Rectangle(learned, new Rect(88, 170, 80, 86), Scalar.All(0), -1);
        BlendMask.Feather(hull, learned, 200, new BlendOptions(), alpha);

        // The frame is left out to the pixel, and 6 px within (1 px kept away, 4 of ramp) all is new.
        for (int x = 80; x < 86; x++)
        {
            Assert.Equal(0, alpha.At<byte>(78, x));
        }

        Assert.Equal(255, alpha.At<byte>(78, 98));
        Assert.Equal(255, alpha.At<byte>(78, 92));
        Assert.Equal(255, alpha.At<byte>(53, 98));

        // 2 px kept away from the hand, 12 of ramp.
        Assert.Equal(0, alpha.At<byte>(168, 128));
        Assert.InRange(alpha.At<byte>(170 - 2 - 6, 128), 100, 155);
        Assert.Equal(255, alpha.At<byte>(170 - 2 - 13, 128));
    }

    [Fact]
    public void A_line_that_the_mask_doubts_is_left_out_and_a_wide_place_that_it_doubts_is_not()
    {
        // Of a thin metal frame the mask says 180 of 255, of a place 60 px wide as well.
        using Mat hull = Square(), learned = Square(), alpha = Square();
        Cv2.Rectangle(hull, new Rect(28, 8, 200, 240), Scalar.All(255), -1);
        learned.SetTo(Scalar.All(255));
        Cv2.Rectangle(learned, new Rect(60, 80, 60, 4), Scalar.All(180), -1);
        Cv2.Rectangle(learned, new Rect(98, 140, 60, 60), Scalar.All(180), -1);
        BlendMask.Feather(hull, learned, 200, new BlendOptions(), alpha);
        Assert.Equal(0, alpha.At<byte>(81, 90));
        Assert.Equal(255, alpha.At<byte>(90, 90));
        Assert.Equal(255, alpha.At<byte>(170, 128));
    }

    [Fact]
    public void A_mask_that_fills_the_crop_still_ends_inside_it()
    {
        using var support = new Mat(256, 256, MatType.CV_8UC1, Scalar.All(255));
        using Mat alpha = Square();
        BlendMask.Feather(support, 3, 20, alpha);
        for (int i = 0; i < 256; i++)
        {
            Assert.Equal(0, alpha.At<byte>(0, i));
            Assert.Equal(0, alpha.At<byte>(i, 255));
        }
    }

    [Fact]
    public void Skin_leaves_out_eyes_brows_and_lips()
    {
        FaceMesh mesh = MaskMesh();
        using var alpha = new Mat(256, 256, MatType.CV_8UC1, Scalar.All(255));
        using Mat skin = Square();
        BlendMask.Skin(mesh, alpha, skin);
        foreach (IReadOnlyList<int> part in new[] { MeshTopology.ImageLeftEye, MeshTopology.ImageRightBrow, MeshTopology.OuterLips })
        {
            Vector2 middle = Vector2.Zero;
            foreach (int index in part)
            {
                middle += mesh.At(index) / part.Count;
            }

            Assert.Equal(0, skin.At<byte>((int)middle.Y, (int)middle.X));
        }

        Assert.Equal(255, skin.At<byte>(128, 128));
    }

    [Fact]
    public void Colour_transfer_gives_the_mean_and_spread_of_the_target()
    {
        using Mat from = Pictures.Scene(96, 96, seed: 3);
        using Mat to = Pictures.Scene(96, 96, seed: 4);
        to.ConvertTo(to, MatType.CV_8UC3, 0.8, 45);
        using var fromLab = new Mat();
        using var toLab = new Mat();
        LabMoments.ToLab(from, fromLab);
        LabMoments.ToLab(to, toLab);
        using Mat mask = new(96, 96, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Circle(mask, 48, 48, 40, Scalar.All(255), -1);

        LabMoments wanted = LabMoments.Of(toLab, mask);
        LabMoments before = LabMoments.Of(fromLab, mask);
        Assert.True(Vector3.Distance(before.Mean, wanted.Mean) > 2, "the pictures differ to begin with");
        ColorMap.Between(before, wanted).Apply(fromLab);
        LabMoments after = LabMoments.Of(fromLab, mask);
        Assert.True(Vector3.Distance(after.Mean, wanted.Mean) < 0.01, $"{after.Mean} is not {wanted.Mean}");
        Assert.True(Vector3.Distance(after.Deviation, wanted.Deviation) < 0.6, $"{after.Deviation} is not {wanted.Deviation}");
    }

    [Fact]
    public void A_failed_measurement_cannot_recolour_a_face_beyond_the_limits()
    {
        var flat = new LabMoments(new(50, 0, 0), new(0.1f, 0.1f, 0.1f));
        var wild = new LabMoments(new(5, 90, -90), new(40, 40, 40));
        ColorMap map = ColorMap.Between(flat, wild);
        Assert.InRange(map.Gain.X, 0.5f, 1.5f);
        Assert.InRange(Math.Abs(map.Shift.Y), 0, 30);
        Assert.Equal(Vector3.One, ColorMap.Between(flat, flat).Gain);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(2.0)]
    [InlineData(5.0)]
    public void Noise_is_estimated_beside_features(double sigma)
    {
        using Mat scene = Pictures.Scene(200, 200);
        using var grey = new Mat();
        Cv2.CvtColor(scene, grey, ColorConversionCodes.BGR2GRAY);
        Cv2.GaussianBlur(grey, grey, default, 3);
        using var noise = new Mat(200, 200, MatType.CV_32FC1);
        var random = new Random(5);
        for (int y = 0; y < 200; y++)
        {
            foreach (ref float value in noise.RowSpan<float>(y))
            {
                value = (float)(sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            }
        }

        Cv2.Add(grey, noise, grey, null, MatType.CV_8U);
        using var mask = new Mat(200, 200, MatType.CV_8UC1, Scalar.All(255));
        Assert.InRange(Detail.Noise(grey, mask), (0.85 * sigma) - 0.1, (1.15 * sigma) + 0.4);
    }

    [Fact]
    public void Unsharp_masking_gives_a_blurred_picture_the_detail_wanted()
    {
        using Mat scene = Pictures.Scene(128, 128);
        using var sharp = new Mat();
        Cv2.CvtColor(scene, sharp, ColorConversionCodes.BGR2GRAY);
        sharp.ConvertTo(sharp, MatType.CV_32F);
        using var soft = new Mat();
        Cv2.GaussianBlur(sharp, soft, default, 1);
        using var mask = new Mat(128, 128, MatType.CV_8UC1, Scalar.All(255));
        double wanted = Detail.Energy(sharp, mask, 0.8), own = Detail.Energy(soft, mask, 0.8);
        Assert.True(own < 0.9 * wanted, "the blurred picture lacks detail");
        double amount = Detail.Amount(soft, mask, 0.8, wanted, 10);
        Detail.Unsharp(soft, 0.8, amount);
        Assert.Equal(wanted, Detail.Energy(soft, mask, 0.8), 0.02 * wanted);
    }

    [Fact]
    public void Unsharp_masking_is_limited_and_leaves_a_sharp_picture_alone()
    {
        using Mat scene = Pictures.Scene(128, 128);
        using var luma = new Mat();
        Cv2.CvtColor(scene, luma, ColorConversionCodes.BGR2GRAY);
        luma.ConvertTo(luma, MatType.CV_32F);
        using var mask = new Mat(128, 128, MatType.CV_8UC1, Scalar.All(255));
        double own = Detail.Energy(luma, mask, 0.8);
        Assert.Equal(0, Detail.Amount(luma, mask, 0.8, 0.5 * own, 0.8));
        Assert.Equal(0.8, Detail.Amount(luma, mask, 0.8, 5 * own, 0.8));
        using var flat = new Mat(128, 128, MatType.CV_32FC1, Scalar.All(90));
        Assert.Equal(0, Detail.Amount(flat, mask, 0.8, own, 0.8));
    }

    [Fact]
    public void Memory_follows_slowly_and_starts_at_the_first_measurement()
    {
        using var memory = new TrackMemory();
        memory.Advance(0);
        Assert.Equal(1, memory.FollowOpacity(1));
        memory.Settle();
        double last = 1;
        for (int frame = 1; frame < 30; frame++)
        {
            memory.Advance(frame / 30.0);
            double now = memory.FollowOpacity(0);
            Assert.InRange(last - now, 0, 0.3);
            last = now;
        }

        Assert.InRange(last, 0, 0.01);
        Assert.False(memory.IsStale(1.2));
        Assert.True(memory.IsStale(3));
        Assert.True(memory.IsStale(0.5));
    }

    private static Mat Square() => new(256, 256, MatType.CV_8UC1, Scalar.All(0));

    private static FaceMesh MaskMesh() => new FaceStandIn { Centre = new(128, 128), Height = 180 }.Mesh();
}
