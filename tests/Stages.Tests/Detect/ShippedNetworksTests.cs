using System.Numerics.Tensors;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Track;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Detect;

/// <summary>The goals of the detector and the identity network that ship, through the adapters of the public networks whose contracts they follow.</summary>
public sealed class ShippedNetworksTests
{
    // Clips that take no part in training.
    private static readonly string[] Unseen =
    [
        "lp_driving_d0.mp4", "lp_driving_d10.mp4", "lp_driving_d14.mp4", "lp_source_s32.mp4", "minimates_talking0.mp4", "intel_asl_yes.mkv", "intel_head-pose-face-detection-female-and-male.gif",
    ];

    [Fact]
    public void Both_people_of_a_clip_are_found_where_the_truth_has_them()
    {
        using OnnxSession session = Shipped("detector.onnx");
        using FaceFinder finder = FaceFinder.Over(session, new DetectOptions());
        foreach ((Mat picture, IReadOnlyList<TruePerson> persons) in TruthClip.Read("two", count: 4, step: 40))
        {
            IReadOnlyList<DetectedFace> faces = finder.Find(PictureView.Of(picture));
            Assert.Equal(2, faces.Count);
            foreach (TruePerson person in persons)
            {
                DetectedFace face = faces.MaxBy(found => found.Box.IntersectionOverUnion(person.Box))!;

                // Truth boxes reach from ear to ear, detector boxes over the front only.
                Assert.True(face.Box.IntersectionOverUnion(person.Box) > 0.5, $"IoU {face.Box.IntersectionOverUnion(person.Box):0.00}");
                Assert.True(face.Points[0].X < face.Points[1].X && face.Points[0].Y < face.Points[3].Y);
            }
        }
    }

    [Fact]
    public void Faces_of_clips_that_training_never_saw_are_found_where_YuNet_finds_them()
    {
        using OnnxSession shipped = Shipped("detector.onnx"), yunet = OnnxSession.Load(SharedAssets.Model("yunet_n_dynamic.onnx"), new(InferenceDevice.Cpu));
        using FaceFinder finder = FaceFinder.Over(shipped, new DetectOptions()), teacher = FaceFinder.Over(yunet, new DetectOptions(640));
        int faces = 0, found = 0, elsewhere = 0, pictures = 0;
        foreach (string clip in Unseen)
        {
            using var video = new VideoCapture(SharedAssets.Require("real/videos/" + clip), VideoCaptureAPIs.FFMPEG);
            using var picture = new Mat();
            for (int index = 0; video.Read(picture); index++)
            {
                if (index % 15 != 0)
                {
                    continue;
                }

                pictures++;
                IReadOnlyList<DetectedFace> answers = finder.Find(PictureView.Of(picture)), known = teacher.Find(PictureView.Of(picture));
                List<DetectedFace> large = [.. known.Where(face => face.Box.Area >= 40 * 40)];
                faces += large.Count;
                found += large.Count(face => answers.Any(answer => answer.Box.IntersectionOverUnion(face.Box) >= 0.5f));
                elsewhere += answers.Count(answer => known.All(face => face.Box.IntersectionOverUnion(answer.Box) < 0.3f));
            }
        }

        Assert.True(faces > 50, $"{faces} faces on {pictures} pictures");
        Assert.True(found >= 0.95 * faces, $"{found} of {faces} faces");
        Assert.True(elsewhere <= 0.02 * pictures, $"{elsewhere} answers where there is no face on {pictures} pictures");
    }

    // Close-ups, of whose faces the detector also answers with parts; every n-th frame of the long ones.
    [Theory]
    [InlineData("lp_driving_d0.mp4", 1)]
    [InlineData("lp_driving_d10.mp4", 4)]
    [InlineData("lp_driving_d14.mp4", 4)]
    [InlineData("lp_driving_d9.mp4", 4)]
    public void A_face_that_fills_the_picture_is_found_once(string clip, int every)
    {
        using OnnxSession session = Shipped("detector.onnx");
        using FaceFinder finder = FaceFinder.Over(session, new DetectOptions());
        using var video = new VideoCapture(SharedAssets.Require("real/videos/" + clip), VideoCaptureAPIs.FFMPEG);
        using var picture = new Mat();
        var counts = new List<int>();
        for (int index = 0; video.Read(picture); index++)
        {
            if (index % every == 0)
            {
                counts.Add(finder.Find(PictureView.Of(picture)).Count);
            }
        }

        Assert.True(counts.Count > 70, $"{counts.Count} frames");
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    // A photo .4 as large as the face, over either jaw and over the chin: most of it lies within the face's box.
    [Theory]
    [InlineData(0.2, 0.9)]
    [InlineData(0.8, 0.9)]
    [InlineData(0.5, 0.95)]
    public void A_photo_held_before_a_face_is_a_face_of_its_own(double across, double down)
    {
        using OnnxSession session = Shipped("detector.onnx");
        using FaceFinder finder = FaceFinder.Over(session, new DetectOptions());
        using Mat photo = Cv2.ImRead(SharedAssets.Sample("identities/B/00.jpg"));
        FaceBox inner = Assert.Single(finder.Find(PictureView.Of(photo))).Box;
        foreach ((Mat picture, IReadOnlyList<TruePerson> persons) in TruthClip.Read("talk", count: 2, step: 60))
        {
            FaceBox outer = Assert.Single(finder.Find(PictureView.Of(picture))).Box;
            double scale = 0.4 * outer.Width / inner.Width;
            using Mat print = photo.Resize(default, scale, scale, InterpolationFlags.Area);
            using Mat part = print[new Rect((int)(inner.X * scale), (int)(inner.Y * scale), (int)(inner.Width * scale), (int)(inner.Height * scale))];
            using Mat scene = picture.Clone();
            var place = new Rect((int)(outer.X + (across * outer.Width) - (part.Cols / 2.0)), (int)(outer.Y + (down * outer.Height) - (part.Rows / 2.0)), part.Cols, part.Rows);
            using (Mat area = scene[place])
            {
                part.CopyTo(area);
            }

            IReadOnlyList<DetectedFace> faces = finder.Find(PictureView.Of(scene));
            Assert.Contains(faces, face => face.Box.IntersectionOverUnion(outer) > 0.5);
            Assert.Contains(faces, face => face.Box.IntersectionOverUnion(new FaceBox(place.X, place.Y, place.Width, place.Height)) > 0.5);
        }
    }

    [Fact]
    public void Two_people_are_told_apart_on_photos_that_training_never_saw()
    {
        using OnnxSession detector = OnnxSession.Load(SharedAssets.Model("yunet_n_dynamic.onnx"), new(InferenceDevice.Cpu)), identity = Shipped("identity.onnx");
        using FaceFinder finder = FaceFinder.Over(detector, new DetectOptions(640));
        var pool = new PixelPool();
        using var embedder = new FaceEmbedder(identity, pool);
        float[][] a = Embeddings("a"), b = Embeddings("b");
        double same = Mean(a, a), different = Mean(a, b);
        Assert.True(same > different + 0.3, $"one person {same:0.00}, two {different:0.00}");

        float[][] Embeddings(string who) => [.. Directory.GetFiles(SharedAssets.Require($"real/photos/{who}")).Order().Select(file =>
        {
            using Mat photo = Cv2.ImRead(file);
            return embedder.Embed(PictureView.Of(photo), finder.Find(PictureView.Of(photo)).MaxBy(face => face.Box.Area)!.Points);
        })];
    }

    private static double Mean(float[][] some, float[][] others) =>
        some.SelectMany(one => others.Where(other => !ReferenceEquals(one, other)).Select(other => (double)TensorPrimitives.Dot<float>(one, other))).Average();

    private static OnnxSession Shipped(string file) => OnnxSession.Load(Path.Combine(SharedAssets.RepositoryRoot, "models", file), new(InferenceDevice.Cpu));
}
