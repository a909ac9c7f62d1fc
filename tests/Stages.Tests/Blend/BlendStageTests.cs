using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Tests.Pixels;

namespace VideoGaze.Stages.Tests.Blend;

public sealed class BlendStageTests
{
    private readonly PixelPool pool = new();
    private long index;

    [Theory]
    [InlineData(PixelFormat.Yuv420P8)]
    [InlineData(PixelFormat.Yuv420P10)]
    public async Task An_identity_generator_leaves_the_picture_and_every_bit_outside_the_mask(PixelFormat format)
    {
        using Mat scene = Soft(320, 240);
        var face = new FaceStandIn();
        using PixelBuffer before = Pictures.Frame(pool, scene, Pictures.Hd, format);
        PixelBuffer frame = Copy(before);
        using FrameWith<BlendedFace> blended = await Blend(new BlendOptions(), frame, [face.Swapped(pool, frame)]);

        Rect box = Box(face);
        using Mat was = Pictures.Read(before, Pictures.Hd, box);
        using Mat now = Pictures.Read(frame, Pictures.Hd, box);
        Assert.True(Pictures.Psnr(was, now) > 40, $"{Pictures.Psnr(was, now):F1} dB inside");
        AssertUntouched(before, frame, face, grow: 0);
        Assert.Equal(1, Assert.Single(blended.Faces).Opacity);
    }

    [Fact]
    public async Task A_shifted_colour_is_brought_back_by_the_transfer_and_left_without()
    {
        using Mat scene = Soft(320, 240);
        using PixelBuffer before = Pictures.Frame(pool, scene, Pictures.Hd);
        double with = await Difference(ColorTransfer.Reinhard);
        double without = await Difference(ColorTransfer.None);
        Assert.InRange(with, 0, 2.5);
        Assert.InRange(without, 12, 40);

        async Task<double> Difference(ColorTransfer transfer)
        {
            PixelBuffer frame = Copy(before);
            var face = new FaceStandIn();
            SwappedFace swapped = face.Swapped(pool, frame, picture => Cv2.Add(picture, new Scalar(25, -10, 20), picture));
            using FrameWith<BlendedFace> blended = await Blend(new BlendOptions { ColorTransfer = transfer }, frame, [swapped]);
            using Mat was = Pictures.Read(before, Pictures.Hd, Inner(face));
            using Mat now = Pictures.Read(frame, Pictures.Hd, Inner(face));
            using var difference = new Mat();
            Cv2.Absdiff(was, now, difference);
            Scalar mean = Cv2.Mean(difference);
            return (mean.Val0 + mean.Val1 + mean.Val2) / 3;
        }
    }

    [Fact]
    public async Task No_seam_is_steeper_than_the_feather()
    {
        // The worst case, a flat white face on a flat grey frame without colour transfer: the step of 100 is spread over the feather's width.
        using var grey = new Mat(240, 320, MatType.CV_8UC3, Scalar.All(90));
        PixelBuffer frame = Pictures.Frame(pool, grey, Pictures.Hd);
        var face = new FaceStandIn();
        SwappedFace swapped = face.Swapped(pool, frame, picture => picture.SetTo(Scalar.All(190)));
        var options = new BlendOptions { ColorTransfer = ColorTransfer.None };
        using FrameWith<BlendedFace> blended = await Blend(options, frame, [swapped]);

        double feather = options.Feather * 0.75 * face.Height;
        int steepest = 0, most = 0;
        for (int y = 1; y < 240; y++)
        {
            for (int x = 1; x < 320; x++)
            {
                steepest = Math.Max(steepest, Math.Abs(frame.Row(y)[x] - frame.Row(y)[x - 1]));
                steepest = Math.Max(steepest, Math.Abs(frame.Row(y)[x] - frame.Row(y - 1)[x]));
                most = Math.Max(most, (int)frame.Row(y)[x]);
            }
        }

        // Smoothstep is one and a half times as steep as a straight ramp at its middle; codes of limited range are 219/255 as many.
        double ramp = 1.5 * 100 * (219.0 / 255) / feather;
        Assert.InRange(steepest, 1, ramp + 3);
        Assert.Equal(16 + (190 * 219 / 255.0), most, 1.0);
    }

    [Fact]
    public async Task A_still_input_gives_a_still_output()
    {
        using Mat scene = Pictures.Scene(320, 240);
        using PixelBuffer source = Pictures.Frame(pool, scene, Pictures.Hd);
        using var stage = new BlendStage(pool, Pictures.Hd);
        byte[]? first = null;
        for (int i = 0; i < 8; i++)
        {
            PixelBuffer frame = Copy(source);
            SwappedFace swapped = new FaceStandIn().Swapped(pool, frame, picture => Cv2.GaussianBlur(picture, picture, new Size(5, 5), 1.2));
            using FrameWith<BlendedFace> blended = await Blend(stage, frame, [swapped]);
            first ??= frame.Bytes.ToArray();
            Assert.True(frame.Bytes.SequenceEqual(first), $"frame {i} differs from the first");
        }
    }

    [Fact]
    public async Task A_generator_whose_colours_jitter_does_not_make_the_face_flicker()
    {
        using Mat scene = Soft(320, 240);
        using PixelBuffer source = Pictures.Frame(pool, scene, Pictures.Hd);
        using var stage = new BlendStage(pool, Pictures.Hd);
        var means = new List<double>();
        for (int i = 0; i < 20; i++)
        {
            int jitter = i % 2 == 0 ? 6 : -6;
            PixelBuffer frame = Copy(source);
            var face = new FaceStandIn();
            SwappedFace swapped = face.Swapped(pool, frame, mask: mask => mask[new Rect(0, 0, 96, 30 + (jitter / 3))].SetTo(Scalar.All(0)));
            using FrameWith<BlendedFace> blended = await Blend(stage, frame, [swapped]);
            using Mat now = Pictures.Read(frame, Pictures.Hd, Inner(face));
            means.Add(Cv2.Mean(now).Val1);
        }

        // The upper edge of the learned mask jumps by 4 of 96 pixels every frame.
        for (int i = 6; i < means.Count; i++)
        {
            Assert.InRange(Math.Abs(means[i] - means[i - 1]), 0, 0.5);
        }
    }

    [Theory]
    [InlineData(20, 120)]
    [InlineData(310, 230)]
    [InlineData(-30, 60)]
    [InlineData(-400, 120)]
    public async Task A_face_partly_or_wholly_outside_the_frame_is_blended_where_it_is_inside(float x, float y)
    {
        using Mat scene = Soft(320, 240);
        using PixelBuffer before = Pictures.Frame(pool, scene, Pictures.Hd);
        PixelBuffer frame = Copy(before);
        var face = new FaceStandIn { Centre = new(x, y), Tilt = 20 };
        using FrameWith<BlendedFace> blended = await Blend(new BlendOptions { ColorTransfer = ColorTransfer.None }, frame, [face.Swapped(pool, frame, picture => picture.SetTo(Scalar.All(200)))]);
        Assert.Single(blended.Faces);
        AssertUntouched(before, frame, face, grow: 2);
        Assert.Equal(x < -300, before.Bytes.SequenceEqual(frame.Bytes));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(4)]
    [InlineData(900)]
    public async Task Very_small_and_very_large_faces_pass(float height)
    {
        using Mat scene = Soft(320, 240);
        PixelBuffer frame = Pictures.Frame(pool, scene, Pictures.Hd);
        using PixelBuffer before = Copy(frame);
        var face = new FaceStandIn { Height = height };
        using FrameWith<BlendedFace> blended = await Blend(new BlendOptions(), frame, [face.Swapped(pool, frame)]);
        AssertUntouched(before, frame, face, grow: 2);
        using Mat was = Pictures.Read(before, Pictures.Hd);
        using Mat now = Pictures.Read(frame, Pictures.Hd);

        // The largest is magnified 15 times from its crop: its detail cannot come back.
        Assert.True(Pictures.Psnr(was, now) > 25, $"{Pictures.Psnr(was, now):F1} dB");
    }

    [Fact]
    public async Task A_profile_keeps_the_original_and_says_so()
    {
        using Mat scene = Soft(320, 240);
        using PixelBuffer before = Pictures.Frame(pool, scene, Pictures.Hd);
        PixelBuffer frame = Copy(before);
        SwappedFace swapped = new FaceStandIn { Yaw = 72 }.Swapped(pool, frame, picture => picture.SetTo(Scalar.All(255)));
        using FrameWith<BlendedFace> blended = await Blend(new BlendOptions(), frame, [swapped]);
        Assert.Equal(0, blended.Faces[0].Opacity);
        Assert.True(before.Bytes.SequenceEqual(frame.Bytes));
    }

    [Theory]
    [InlineData(GazeRegion.Face, MeshTopology.NoseTip)]
    [InlineData(GazeRegion.Eyes, MeshTopology.ImageLeftEyeInnerCorner)]
    public async Task Gaze_crops_show_the_face_before_and_after(GazeRegion region, int landmark)
    {
        using var grey = new Mat(240, 320, MatType.CV_8UC3, Scalar.All(100));
        PixelBuffer frame = Pictures.Frame(pool, grey, Pictures.Hd);
        var first = new FaceStandIn { Centre = new(110, 120) };
        var second = new FaceStandIn { Centre = new(210, 120), Track = 2 };
        SwappedFace[] swapped = [first.Swapped(pool, frame, White), second.Swapped(pool, frame, White)];
        using var stage = new BlendStage(pool, Pictures.Hd, new BlendOptions { ColorTransfer = ColorTransfer.None }, region);
        using FrameWith<BlendedFace> blended = await Blend(stage, frame, swapped);
        Assert.Equal([1, 2], blended.Faces.Select(face => face.Track.TrackId));
        foreach (BlendedFace face in blended.Faces)
        {
            Assert.NotNull(face.Crops);

            // The faces stand close enough to show in each other's crops: no source crop may hold a new face.
            Assert.True(face.Crops.Source.Bytes.IndexOfAnyExceptInRange((byte)98, (byte)102) < 0, "the source crop is the untouched grey");
            Vector2 middle = face.Crops.ToCrop.Apply(face.SourceMesh.At(landmark));
            Assert.InRange(face.Crops.Output.Row((int)middle.Y)[3 * (int)middle.X], 240, 255);
        }

        static void White(Mat picture) => picture.SetTo(Scalar.All(250));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task The_target_s_eyes_are_shown_where_they_are_asked_for_and_kept_only_for_a_repair(bool targetEyes, bool forRepair)
    {
        using Mat scene = new(240, 320, MatType.CV_8UC3, Scalar.All(120));
        var face = new FaceStandIn();
        Vector2 eye = EyePair.FromMesh(face.Mesh()).Left.Centre;
        Cv2.Circle(scene, new Point((int)eye.X, (int)eye.Y), 3, Scalar.All(40), -1);
        PixelBuffer frame = Pictures.Frame(pool, scene, Pictures.Hd);
        using (var stage = new BlendStage(pool, Pictures.Hd, new BlendOptions { ColorTransfer = ColorTransfer.None, TargetEyes = targetEyes }, keepEyes: forRepair))
        using (FrameWith<BlendedFace> blended = await Blend(stage, frame, [face.Swapped(pool, frame, picture => picture.SetTo(Scalar.All(200)))]))
        {
            Assert.Equal(forRepair, Assert.Single(blended.Faces).Original is not null);
            using Mat now = Pictures.Read(frame, Pictures.Hd);
            Assert.InRange(now.At<Vec3b>((int)eye.Y, (int)eye.X).Item1, targetEyes ? 36 : 190, targetEyes ? 48 : 210);
            Assert.InRange(now.At<Vec3b>(120 + 20, 160).Item1, 190, 210);
        }

        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task Nothing_is_cut_out_where_no_gaze_is_measured()
    {
        using Mat scene = Soft(320, 240);
        PixelBuffer frame = Pictures.Frame(pool, scene, Pictures.Hd);
        using FrameWith<BlendedFace> blended = await Blend(new BlendOptions(), frame, [new FaceStandIn().Swapped(pool, frame)]);
        Assert.Null(Assert.Single(blended.Faces).Crops);
    }

    [Fact]
    public async Task Nothing_stays_rented_after_success_cancellation_or_failure()
    {
        using Mat scene = Soft(320, 240);
        using var stage = new BlendStage(pool, Pictures.Hd, gaze: GazeRegion.Eyes);
        PixelBuffer frame = Pictures.Frame(pool, scene, Pictures.Hd);
        (await Blend(stage, frame, [new FaceStandIn().Swapped(pool, frame), new FaceStandIn { Track = 2 }.Swapped(pool, frame)])).Dispose();
        Assert.Equal(0, pool.Leased);

        frame = Pictures.Frame(pool, scene, Pictures.Hd);
        FrameWith<SwappedFace> cancelled = Item(frame, [new FaceStandIn().Swapped(pool, frame)]);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await stage.ProcessAsync(cancelled, new CancellationToken(canceled: true)));
        cancelled.Dispose();
        Assert.Equal(0, pool.Leased);

        frame = Pictures.Frame(pool, scene, Pictures.Hd);
        SwappedFace sound = new FaceStandIn().Swapped(pool, frame);
        SwappedFace broken = new FaceStandIn { Track = 2 }.Swapped(pool, frame);
        broken.Face.Dispose();
        FrameWith<SwappedFace> failing = Item(frame, [sound, broken]);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await stage.ProcessAsync(failing, TestContext.Current.CancellationToken));
        failing.Dispose();
        Assert.Equal(0, pool.Leased);
    }

    /// <summary>A scene as smooth as a generator's output, so that resolution is not what is compared.</summary>
    private static Mat Soft(int width, int height)
    {
        Mat scene = Pictures.Scene(width, height);
        Cv2.GaussianBlur(scene, scene, default, 5);
        return scene;
    }

    private static Rect Box(FaceStandIn face) => new(
        (int)(face.Centre.X - (0.38f * face.Height)), (int)(face.Centre.Y - (face.Height / 2)), (int)(0.76f * face.Height), (int)face.Height);

    private static Rect Inner(FaceStandIn face) => new(
        (int)(face.Centre.X - (0.2f * face.Height)), (int)(face.Centre.Y - (0.25f * face.Height)), (int)(0.4f * face.Height), (int)(face.Height / 2));

    /// <summary>Asserts that all luma outside the face's oval is bit-exact, and chroma whose pixels are all outside.</summary>
    private static void AssertUntouched(PixelBuffer before, PixelBuffer after, FaceStandIn face, float grow)
    {
        double angle = face.Tilt * Math.PI / 180;
        int step = before.Spec.BytesPerSample;
        for (int plane = 0; plane < 3; plane++)
        {
            PixelPlane place = before.Spec.Plane(plane);
            int scale = plane == 0 ? 1 : 2;
            for (int y = 0; y < place.Height; y++)
            {
                ReadOnlySpan<byte> was = before.Row(y, plane), now = after.Row(y, plane);
                for (int x = 0; x < place.Width; x++)
                {
                    if (!was.Slice(x * step, step).SequenceEqual(now.Slice(x * step, step)))
                    {
                        double dx = ((x + 0.5) * scale) - face.Centre.X, dy = ((y + 0.5) * scale) - face.Centre.Y;
                        double across = (Math.Cos(angle) * dx) + (Math.Sin(angle) * dy), down = (Math.Cos(angle) * dy) - (Math.Sin(angle) * dx);
                        double radiusX = (0.375 * face.Height) + grow, radiusY = (0.5 * face.Height) + grow;
                        Assert.True(
                            Math.Pow(across / radiusX, 2) + Math.Pow(down / radiusY, 2) <= 1.02,
                            $"plane {plane}: {x},{y} changed outside the face");
                    }
                }
            }
        }
    }

    private PixelBuffer Copy(PixelBuffer buffer)
    {
        PixelBuffer copy = pool.Rent(buffer.Spec);
        buffer.Bytes.CopyTo(copy.Bytes);
        return copy;
    }

    private FrameWith<SwappedFace> Item(PixelBuffer frame, IReadOnlyList<SwappedFace> faces)
    {
        long at = index++;
        return new(new VideoFrame(new FrameStamp(at, at, new Rational(1, 30)), frame), faces);
    }

    private async Task<FrameWith<BlendedFace>> Blend(BlendOptions options, PixelBuffer frame, IReadOnlyList<SwappedFace> faces)
    {
        using var stage = new BlendStage(pool, Pictures.Hd, options);
        return await Blend(stage, frame, faces);
    }

    private ValueTask<FrameWith<BlendedFace>> Blend(BlendStage stage, PixelBuffer frame, IReadOnlyList<SwappedFace> faces) =>
        stage.ProcessAsync(Item(frame, faces), TestContext.Current.CancellationToken);
}
