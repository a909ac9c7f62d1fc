using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Tests.Pixels;
using VideoGaze.Stages.Track;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Detect;

public sealed class FaceFinderTests
{
    [Theory]
    [InlineData("yunet_n_dynamic.onnx", 480)]
    [InlineData("yunet_n_dynamic.onnx", 320)]
    [InlineData("face_detection_yunet_2023mar.onnx", 640)]
    [InlineData("scrfd_500m_bnkps.onnx", 640)]
    public void Both_people_of_a_clip_are_found_where_the_truth_has_them(string model, int size)
    {
        using OnnxSession session = Load(model);
        using FaceFinder finder = FaceFinder.Over(session, new DetectOptions(size, 0.5f));
        foreach ((Mat picture, IReadOnlyList<TruePerson> persons) in TruthClip.Read("two", count: 3, step: 40))
        {
            IReadOnlyList<DetectedFace> faces = finder.Find(PictureView.Of(picture));
            Assert.Equal(2, faces.Count);
            foreach (TruePerson person in persons)
            {
                // Truth boxes reach from ear to ear, detector boxes over the front only.
                DetectedFace face = faces.MaxBy(found => found.Box.IntersectionOverUnion(person.Box))!;
                Assert.True(face.Box.IntersectionOverUnion(person.Box) > 0.55, $"IoU {face.Box.IntersectionOverUnion(person.Box):0.00}");
                Vector2 leftEye = (person.Landmarks[36] + person.Landmarks[39]) / 2;
                Vector2 rightEye = (person.Landmarks[42] + person.Landmarks[45]) / 2;
                Assert.InRange(Vector2.Distance(face.Points[0], leftEye) / person.EyeDistance, 0, 0.16);
                Assert.InRange(Vector2.Distance(face.Points[1], rightEye) / person.EyeDistance, 0, 0.16);
                Assert.InRange(Vector2.Distance(face.Points[3], person.Landmarks[48]) / person.EyeDistance, 0, 0.2);
                Assert.InRange(Vector2.Distance(face.Points[4], person.Landmarks[54]) / person.EyeDistance, 0, 0.2);
            }
        }
    }

    [Fact]
    public void A_face_on_each_real_photo_is_found_once()
    {
        string[] photos = [.. new[] { "a", "b" }.SelectMany(who => Directory.GetFiles(SharedAssets.Require($"real/photos/{who}")).Order().Take(3))];
        Assert.NotEmpty(photos);
        using OnnxSession session = Load("yunet_n_dynamic.onnx");
        using FaceFinder finder = FaceFinder.Over(session, new DetectOptions());
        foreach (string photo in photos)
        {
            using Mat picture = Cv2.ImRead(photo);
            Assert.Single(finder.Find(PictureView.Of(picture)));
        }
    }

    [Fact]
    public void A_face_cut_by_the_border_is_found_and_its_box_may_leave_the_picture()
    {
        using OnnxSession session = Load("yunet_n_dynamic.onnx");
        using FaceFinder finder = FaceFinder.Over(session, new DetectOptions());
        foreach ((Mat picture, IReadOnlyList<TruePerson> persons) in TruthClip.Read("talk", count: 1))
        {
            FaceBox box = persons[0].Box;
            using Mat cut = picture[new Rect((int)(box.X + (0.3f * box.Width)), 0, 600, picture.Height)];
            DetectedFace face = Assert.Single(finder.Find(PictureView.Of(cut)));
            Assert.True(face.Box.X < 10, $"the box starts at {face.Box.X}");
        }
    }

    [Fact]
    public void A_tiny_face_needs_a_larger_detector_input()
    {
        using OnnxSession session = Load("yunet_n_dynamic.onnx");
        using FaceFinder small = FaceFinder.Over(session, new DetectOptions(192));
        using FaceFinder large = FaceFinder.Over(session, new DetectOptions(640));
        foreach ((Mat picture, _) in TruthClip.Read("talk", count: 1))
        {
            using var scene = new Mat(720, 1280, MatType.CV_8UC3, new Scalar(90, 100, 110));
            using (Mat corner = scene[new Rect(1000, 500, 160, 90)])
            {
                Cv2.Resize(picture, corner, corner.Size(), 0, 0, InterpolationFlags.Area);
            }

            // The face is 27 x 38 pixels of 1280 x 720: 4 pixels wide in the small input.
            Assert.Empty(small.Find(PictureView.Of(scene)));
            DetectedFace face = Assert.Single(large.Find(PictureView.Of(scene)));
            Assert.InRange(face.Box.X, 1055, 1085);
        }
    }

    [Fact]
    public async Task A_scene_without_people_has_no_face_and_gives_its_buffers_back()
    {
        using OnnxSession session = Load("yunet_n_dynamic.onnx");
        var pool = new PixelPool();
        using (var stage = new DetectStage(session, Pictures.Hd))
        {
            using Mat scene = Pictures.Scene(640, 360);
            var frame = new VideoFrame(new FrameStamp(0, 0, new Rational(1, 30)), Pictures.Frame(pool, scene, Pictures.Hd));
            using FrameWith<DetectedFace> item = await stage.ProcessAsync(frame, TestContext.Current.CancellationToken);
            Assert.Empty(item.Faces);
        }

        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public void Networks_of_another_kind_are_refused_by_each_reader()
    {
        using var folder = new TemporaryFolder();
        var pool = new PixelPool();
        string path = folder.Write("other.onnx", new TinyOnnx().Input("input", 1, 3, 8, 8).Node("Identity", ["input"], ["output"]).Output("output", 1, 3, 8, 8).ToBytes());
        using OnnxSession other = OnnxSession.Load(path, new(InferenceDevice.Cpu));
        foreach (Func<IDisposable> use in new Func<IDisposable>[] { () => new DetectStage(other, Pictures.Hd), () => new FaceMeshEstimator(other, pool), () => new FaceEmbedder(other, pool) })
        {
            UserFacingException failure = Assert.Throws<UserFacingException>(use);
            Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
            Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, pool.Leased);
    }

    private static OnnxSession Load(string model) => OnnxSession.Load(SharedAssets.Model(model), new(InferenceDevice.Cpu));
}
