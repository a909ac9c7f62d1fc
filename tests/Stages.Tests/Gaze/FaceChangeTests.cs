using OpenCvSharp;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Tests.Pixels;

namespace VideoGaze.Stages.Tests.Gaze;

public sealed class FaceChangeTests
{
    private readonly PixelPool pool = new();

    [Fact]
    public void Eyes_that_changed_do_not_count() => Assert.Equal(0, After(face => face[new Rect(0, 0, GazeCrop.Side, 160)].SetTo(Scalar.All(0))));

    [Fact]
    public void A_pixel_of_jitter_and_a_coarse_codec_hardly_count()
    {
        double change = After(face =>
        {
            using Mat moved = face.Clone();
            moved[new Rect(1, 1, GazeCrop.Side - 1, GazeCrop.Side - 1)].CopyTo(face[new Rect(0, 0, GazeCrop.Side - 1, GazeCrop.Side - 1)]);
            Cv2.ImEncode(".jpg", face, out byte[] bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, 50));
            using Mat decoded = Cv2.ImDecode(bytes, ImreadModes.Color);
            decoded.CopyTo(face);
        });
        Assert.InRange(change, 0.01, 2.5);
    }

    [Fact]
    public void Another_tone_of_skin_counts() => Assert.Equal(12, After(face => Cv2.Add(face, Scalar.All(12), face)), 0.5);

    private double After(Action<Mat> change)
    {
        // As smooth as cheeks are.
        using Mat scene = Pictures.Scene(GazeCrop.Side, GazeCrop.Side);
        Cv2.GaussianBlur(scene, scene, default, 6);
        using PixelBuffer source = Buffer(scene);
        change(scene);
        using PixelBuffer output = Buffer(scene);
        return FaceChange.Between(source, output);
    }

    private PixelBuffer Buffer(Mat picture)
    {
        PixelBuffer buffer = pool.Rent(new PixelSpec(picture.Width, picture.Height, PixelFormat.Bgr24));
        using Mat view = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC3, buffer.PinnedArray);
        picture.CopyTo(view);
        return buffer;
    }
}
