using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Tests.Pixels;

namespace VideoGaze.Stages.Tests.Blend;

public sealed class EyeRepairTests
{
    private readonly PixelPool pool = new();
    private readonly FaceStandIn face = new();

    [Theory]
    [InlineData(PixelFormat.Yuv420P8)]
    [InlineData(PixelFormat.Yuv420P10)]
    public void The_eye_is_the_target_s_to_the_pixel_and_its_lids_have_the_new_skin_s_colours(PixelFormat format)
    {
        // Target: skin of 120 with eyes of 40. Swap: skin of 150 with blank eyes.
        using PixelBuffer before = Picture(120, 40, format);
        using PixelBuffer frame = Picture(150, 150, format);
        Repair(before, frame);
        foreach (EyePoints eye in Eyes())
        {
            Assert.Equal(40, At(frame, eye.Centre), 1.0);
            Assert.Equal(150, At(frame, eye.Centre + new Vector2(0, -0.3f * eye.Width)), 3.0);
            Assert.Equal(150, At(frame, eye.Centre + new Vector2(0, -0.45f * eye.Width)), 3.0);
        }
    }

    [Fact]
    public void Of_the_openings_alone_the_folds_of_the_lids_stay_the_new_face_s()
    {
        using PixelBuffer frame = Picture(150, 150, PixelFormat.Yuv420P8);
        using PixelBuffer folds = Picture(120, 40, PixelFormat.Yuv420P8);
        using (Mat picture = Pictures.Read(folds, Pictures.Hd))
        {
            foreach (EyePoints eye in Eyes())
            {
                // A fold of the target above each eye.
                Cv2.Line(picture, new Point((int)(eye.Centre.X - 4), (int)(eye.Centre.Y - (0.48f * eye.Width))), new Point((int)(eye.Centre.X + 4), (int)(eye.Centre.Y - (0.48f * eye.Width))), Scalar.All(60), 1);
            }

            using PixelBuffer folded = Pictures.Frame(pool, picture, Pictures.Hd, PixelFormat.Yuv420P8);
            using OriginalEyes eyes = OriginalEyes.Of(folded, Pictures.Hd, face.Mesh(), pool)!;
            EyeRepair.Lay(frame, Pictures.Hd, eyes, face.Mesh(), EyeExtent.Openings);
        }

        foreach (EyePoints eye in Eyes())
        {
            Assert.Equal(40, At(frame, eye.Centre), 3.0);
            Assert.Equal(150, At(frame, eye.Centre + new Vector2(0, -0.48f * eye.Width)), 6.0);
        }
    }

    [Theory]
    [InlineData(0.03f, false)]
    [InlineData(0.008f, true)]
    public void Lids_that_shut_are_the_target_s_farther_out_than_open_ones(float lids, bool shown)
    {
        var person = new FaceStandIn { Height = 200, Lids = lids };
        var eyes = EyePair.FromMesh(person.Mesh());
        Vector2[] folds = [.. new[] { eyes.Left, eyes.Right }.Select(eye => eye.Centre - new Vector2(0, (lids * 200) + (0.23f * eye.Width)))];
        using var scene = new Mat(240, 320, MatType.CV_8UC3, Scalar.All(150));
        using PixelBuffer frame = Pictures.Frame(pool, scene, Pictures.Hd, PixelFormat.Yuv420P8);
        foreach (Vector2 fold in folds)
        {
            Cv2.Line(scene, new Point((int)fold.X - 5, (int)fold.Y), new Point((int)fold.X + 5, (int)fold.Y), Scalar.All(60), 1);
        }

        using PixelBuffer target = Pictures.Frame(pool, scene, Pictures.Hd, PixelFormat.Yuv420P8);
        using (OriginalEyes original = OriginalEyes.Of(target, Pictures.Hd, person.Mesh(), pool)!)
        {
            EyeRepair.Lay(frame, Pictures.Hd, original, person.Mesh(), EyeExtent.Openings);
        }

        Assert.All(folds, fold => Assert.Equal(shown ? 60 : 150, At(frame, fold), 15.0));
    }

    [Fact]
    public void Beyond_the_ellipses_every_bit_stays()
    {
        using Mat scene = Pictures.Scene(320, 240);
        using Mat other = Pictures.Scene(320, 240, seed: 2);
        using PixelBuffer before = Pictures.Frame(pool, scene, Pictures.Hd);
        using PixelBuffer swapped = Pictures.Frame(pool, other, Pictures.Hd);
        using PixelBuffer frame = pool.Rent(swapped.Spec);
        swapped.Bytes.CopyTo(frame.Bytes);
        Repair(before, frame);
        int changed = 0;
        for (int y = 0; y < 240; y++)
        {
            for (int x = 0; x < 320; x++)
            {
                if (frame.Row(y)[x] != swapped.Row(y)[x])
                {
                    changed++;
                    Assert.Contains(Eyes(), eye => Vector2.Distance(eye.Centre, new(x + 0.5f, y + 0.5f)) < eye.Width);
                }
            }
        }

        Assert.InRange(changed, 50, 2000);
    }

    [Fact]
    public void A_frame_that_was_not_swapped_is_hardly_changed()
    {
        using Mat scene = Pictures.Scene(320, 240);
        using PixelBuffer before = Pictures.Frame(pool, scene, Pictures.Hd);
        using PixelBuffer frame = pool.Rent(before.Spec);
        before.Bytes.CopyTo(frame.Bytes);
        Repair(before, frame);
        using Mat was = Pictures.Read(before, Pictures.Hd);
        using Mat now = Pictures.Read(frame, Pictures.Hd);
        Assert.True(Pictures.Psnr(was, now) > 45, $"{Pictures.Psnr(was, now):F1} dB");
    }

    [Theory]
    [InlineData(-300, 120, true)]
    [InlineData(5, 5, false)]
    [InlineData(318, 236, false)]
    public void Eyes_at_the_edge_are_repaired_as_far_as_they_are_seen(float x, float y, bool outside)
    {
        var edge = new FaceStandIn { Centre = new(x, y) };
        using PixelBuffer frame = Picture(120, 40, PixelFormat.Yuv420P8);
        using (OriginalEyes? eyes = OriginalEyes.Of(frame, Pictures.Hd, edge.Mesh(), pool))
        {
            Assert.Equal(outside, eyes is null);
            if (eyes is not null)
            {
                EyeRepair.Lay(frame, Pictures.Hd, eyes, edge.Mesh(), EyeExtent.Lids);
            }
        }

        Assert.Equal(1, pool.Leased);
    }

    private EyePoints[] Eyes()
    {
        var eyes = EyePair.FromMesh(face.Mesh());
        return [eyes.Left, eyes.Right];
    }

    private void Repair(PixelBuffer before, PixelBuffer frame)
    {
        using OriginalEyes eyes = OriginalEyes.Of(before, Pictures.Hd, face.Mesh(), pool)!;
        EyeRepair.Lay(frame, Pictures.Hd, eyes, face.Mesh(), EyeExtent.Lids);
    }

    private PixelBuffer Picture(int skin, int eyes, PixelFormat format)
    {
        using var picture = new Mat(240, 320, MatType.CV_8UC3, Scalar.All(skin));
        foreach (EyePoints eye in Eyes())
        {
            Cv2.Ellipse(picture, new Point((int)eye.Centre.X, (int)eye.Centre.Y), new Size((int)(eye.Width / 2), (int)(0.2f * eye.Width)), 0, 0, 360, Scalar.All(eyes), -1);
        }

        return Pictures.Frame(pool, picture, Pictures.Hd, format);
    }

    private static double At(PixelBuffer frame, Vector2 place)
    {
        using Mat pixel = Pictures.Read(frame, Pictures.Hd, new Rect((int)place.X, (int)place.Y, 1, 1));
        return pixel.At<Vec3b>(0, 0).Item1;
    }
}
