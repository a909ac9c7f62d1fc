using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Tests.Blend;
using VideoGaze.Stages.Tests.Pixels;

namespace VideoGaze.Stages.Tests.Gaze;

public sealed class GazeCropTests
{
    [Theory]
    [InlineData(130, 0)]
    [InlineData(310, 12)]
    [InlineData(700, -20)]
    public void The_eye_strip_shows_both_eyes_as_the_whole_crop_does(float height, float tilt)
    {
        var pool = new PixelPool();
        using Mat scene = Pictures.Scene(1280, 720);
        using PixelBuffer frame = Pictures.Frame(pool, scene, Pictures.Hd);
        FaceMesh mesh = new FaceStandIn { Centre = new(600.3f, 350.8f), Height = height, Tilt = tilt }.Mesh();
        (SimilarityTransform toFace, PixelBuffer face) = Cut(GazeRegion.Face);
        (SimilarityTransform toEyes, PixelBuffer eyes) = Cut(GazeRegion.Eyes);
        var shift = new Point((int)Math.Round(toFace.Tx - toEyes.Tx), (int)Math.Round(toFace.Ty - toEyes.Ty));
        Assert.Equal(shift.X, toFace.Tx - toEyes.Tx, 1e-6);
        Assert.Equal(shift.Y, toFace.Ty - toEyes.Ty, 1e-6);
        foreach (EyePoints eye in new[] { EyePair.FromMesh(mesh).Left, EyePair.FromMesh(mesh).Right })
        {
            // The largest square that is cut from the strip.
            EyePoints there = eye.Transformed(toEyes);
            float reach = 2.3f * there.Width / 2;
            Assert.InRange(there.Centre.X, reach, eyes.Spec.Width - reach);
            Assert.InRange(there.Centre.Y, reach, eyes.Spec.Height - reach);
        }

        using Mat strip = PlaneView.Of(eyes);
        using Mat whole = PlaneView.Of(face);
        using Mat same = whole[new Rect(shift, strip.Size())];
        using var difference = new Mat();
        Cv2.Absdiff(strip, same, difference);
        Scalar mean = Cv2.Mean(difference);

        // The warp counts in 32nds of a pixel from its own corner.
        Assert.InRange((mean.Val0 + mean.Val1 + mean.Val2) / 3, 0, 0.5);
        face.Dispose();
        eyes.Dispose();

        (SimilarityTransform, PixelBuffer) Cut(GazeRegion region)
        {
            SimilarityTransform toCrop = GazeCrop.TransformFor(mesh, region);
            PixelBuffer crop = pool.Rent(GazeCrop.SpecOf(region));
            FramePixels.WarpToBgr(frame, Pictures.Hd, toCrop, crop);
            return (toCrop, crop);
        }
    }
}
