using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Align;

/// <summary>The landmark network that ships, and the reader of such files.</summary>
public sealed class ShippedLandmarksTests
{
    internal static string Shipped => Environment.GetEnvironmentVariable("VIDEOGAZE_LANDMARKS") ?? Path.Combine(SharedAssets.RepositoryRoot, "models", "landmarks.onnx");

    [Fact]
    public void Crop_sides_become_picture_pixels()
    {
        using var folder = new TemporaryFolder();
        float[] mesh = new float[FaceMesh.PointCount * 3];
        (mesh[0], mesh[1], mesh[2]) = (0.5f, 0.25f, -0.125f);
        string path = folder.Write("landmarks.onnx", new TinyOnnx().Input("crop", 1, 3, 256, 256)
            .Weights("points", mesh, 1, FaceMesh.PointCount, 3).Weights("one", [0.75f], 1, 1)
            .Node("Identity", ["points"], ["mesh"]).Node("Identity", ["one"], ["presence"])
            .Output("mesh", 1, FaceMesh.PointCount, 3).Output("presence", 1, 1).ToBytes());
        using OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu));
        var pool = new PixelPool();
        using (var estimator = new FaceMeshEstimator(session, pool))
        using (var picture = new Mat(300, 400, MatType.CV_8UC3, Scalar.All(90)))
        {
            // Two picture pixels a crop pixel, from (10, 20) on.
            FaceMesh found = estimator.Estimate(PictureView.Of(picture), new SimilarityTransform(2, 0, 10, 20).Inverse());
            Assert.Equal(new Vector3(266, 148, -64), found.Points[0]);
            Assert.Equal(0.75f, found.Score);
        }

        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public void The_mean_of_what_the_network_says_of_a_crop_and_of_its_mirror_image_is_taken()
    {
        // It says the same of every picture: the left eye's outer corner at .3, the right one's at .72 of the crop. The mirror image's answer, turned back, has them at .28 and .7.
        using var folder = new TemporaryFolder();
        float[] mesh = new float[FaceMesh.PointCount * 3];
        (mesh[3 * MeshTopology.ImageLeftEyeOuterCorner], mesh[3 * MeshTopology.ImageRightEyeOuterCorner]) = (0.3f, 0.72f);
        string path = folder.Write("landmarks.onnx", new TinyOnnx().Input("crop", 1, 3, 256, 256)
            .Weights("points", mesh, 1, FaceMesh.PointCount, 3).Weights("one", [0.75f], 1, 1)
            .Node("Identity", ["points"], ["mesh"]).Node("Identity", ["one"], ["presence"])
            .Output("mesh", 1, FaceMesh.PointCount, 3).Output("presence", 1, 1).ToBytes());
        using OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu));
        using var estimator = new FaceMeshEstimator(session, new PixelPool());
        using var picture = new Mat(256, 256, MatType.CV_8UC3, Scalar.All(90));
        FaceMesh found = estimator.Estimate(PictureView.Of(picture), SimilarityTransform.Identity);
        Assert.Equal(0.29f * 256, found.At(MeshTopology.ImageLeftEyeOuterCorner).X, 0.01f);
        Assert.Equal(0.71f * 256, found.At(MeshTopology.ImageRightEyeOuterCorner).X, 0.01f);
    }

    [Fact]
    public void The_68_points_are_read_where_the_file_has_them_and_are_the_mean_of_both_images()
    {
        using var folder = new TemporaryFolder();
        float[] landmarks = new float[IbugLandmarks.Count * 2];
        (landmarks[0], landmarks[1], landmarks[32], landmarks[33]) = (0.2f, 0.5f, 0.82f, 0.6f);
        string path = folder.Write("landmarks.onnx", new TinyOnnx().Input("crop", 1, 3, 256, 256)
            .Weights("points", new float[FaceMesh.PointCount * 3], 1, FaceMesh.PointCount, 3).Weights("sparse", landmarks, 1, IbugLandmarks.Count, 2).Weights("one", [0.75f], 1, 1)
            .Node("Identity", ["points"], ["mesh"]).Node("Identity", ["sparse"], ["landmarks"]).Node("Identity", ["one"], ["presence"])
            .Output("mesh", 1, FaceMesh.PointCount, 3).Output("landmarks", 1, IbugLandmarks.Count, 2).Output("presence", 1, 1).ToBytes());
        using OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu));
        using var estimator = new FaceMeshEstimator(session, new PixelPool());
        using var picture = new Mat(600, 600, MatType.CV_8UC3, Scalar.All(90));

        // Two picture pixels a crop pixel, from (10, 20) on. The jaw's ends, 0 and 16, are each other's mirror image: .2 and 1 - .82, .5 and .6.
        Vector2[] found = IbugLandmarks.FromMesh(estimator.Estimate(PictureView.Of(picture), new SimilarityTransform(2, 0, 10, 20).Inverse()));
        Assert.Equal(10 + (0.19f * 512), found[0].X, 0.01f);
        Assert.Equal(20 + (0.55f * 512), found[0].Y, 0.01f);
        Assert.Equal(10 + (0.81f * 512), found[16].X, 0.01f);
    }

    [Fact]
    public void A_file_with_the_input_but_without_the_mesh_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("landmarks.onnx", new TinyOnnx().Input("crop", 1, 3, 256, 256).Node("Identity", ["crop"], ["other"]).Output("other", 1, 3, 256, 256).ToBytes());
        using OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu));
        UserFacingException failure = Assert.Throws<UserFacingException>(() => new FaceMeshEstimator(session, new PixelPool()));
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.Contains("videogaze landmark network", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_says_what_it_is_and_what_it_was_made_of()
    {
        using OnnxSession session = OnnxSession.Load(Shipped, new(InferenceDevice.Cpu));
        Assert.All(["contract", "licence", "data", "realUsed", "realUnseen", "command", "seed", "errors"], key => Assert.False(string.IsNullOrEmpty(session.Metadata[key])));
        Assert.Empty(session.Metadata["realUsed"].Split(", ").Intersect(session.Metadata["realUnseen"].Split(", ")));
    }

    /// <summary>
    /// The goal's table. <c>VIDEOGAZE_FRAMES=N</c> measures up to N frames of each clip (all: 10000), <c>VIDEOGAZE_OVERLAYS=DIR</c> draws both meshes on every twentieth frame,
    /// <c>VIDEOGAZE_LANDMARKS=FILE</c> judges another network.
    /// </summary>
    [Theory]
    [InlineData("real/videos/lp_driving_d0.mp4")]
    [InlineData("real/videos/lp_driving_d10.mp4")]
    [InlineData("real/videos/lp_driving_d14.mp4")]
    [InlineData("real/videos/lp_source_s32.mp4")]
    [InlineData("real/videos/minimates_talking0.mp4")]
    [InlineData("real/videos/intel_head-pose-face-detection-male.gif")]
    [InlineData("real/videos/intel_head-pose-face-detection-female.gif")]
    [InlineData("real/videos/intel_head-pose-face-detection-female-and-male.gif")]
    public async Task On_real_clips_that_training_never_saw_it_agrees_with_MediaPipe(string clip)
    {
        string path = SharedAssets.Require(clip);
        int frames = int.TryParse(Environment.GetEnvironmentVariable("VIDEOGAZE_FRAMES"), out int wanted) ? wanted : 24;
        string? overlays = Environment.GetEnvironmentVariable("VIDEOGAZE_OVERLAYS");
        MeshComparison comparison = await MeshComparison.OfAsync(path, Shipped, frames, overlays is null ? null : (index, picture, ours, theirs) => Draw(overlays, path, index, picture, ours, theirs));
        (double ourJitter, double theirJitter) = comparison.Jitter;
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{Path.GetFileNameWithoutExtension(clip)} | {comparison.Both}/{comparison.Theirs} | {comparison.Landmarks:0.0%} | {comparison.Lids:0.0%} | {comparison.Irises:0.0%} | {comparison.HeadDegrees:0.0} | {ourJitter:0.00%} / {theirJitter:0.00%} | {comparison.Shut}"));
        Assert.True(comparison.Both >= 0.9 * comparison.Theirs, $"seen in {comparison.Both} of {comparison.Theirs} frames");
        Assert.True(comparison.Landmarks < 0.08, $"median difference {comparison.Landmarks:P1} of the eye distance");
        Assert.True(comparison.HeadDegrees < 8, $"median head difference {comparison.HeadDegrees:0.0} degrees");
    }

    private static void Draw(string folder, string clip, int index, Mat picture, FaceMesh? ours, FaceMesh? theirs)
    {
        if (index % 20 != 0 || (ours ?? theirs) is not { } place)
        {
            return;
        }

        using Mat large = new();
        const double zoom = 2;
        Cv2.Resize(picture, large, new Size(0, 0), zoom, zoom, InterpolationFlags.Cubic);
        foreach ((FaceMesh? mesh, Scalar colour) in new[] { (theirs, new Scalar(0, 0, 255)), (ours, new Scalar(0, 255, 0)) })
        {
            for (int i = 0; mesh is not null && i < mesh.Points.Length; i++)
            {
                Cv2.Circle(large, new Point(mesh.Points[i].X * zoom, mesh.Points[i].Y * zoom), 1, colour, -1, LineTypes.AntiAlias);
            }
        }

        float left = place.Points.Min(point => point.X), top = place.Points.Min(point => point.Y), side = Math.Max(place.Points.Max(point => point.X) - left, place.Points.Max(point => point.Y) - top);
        var around = new Rect((int)((left - (side / 8)) * zoom), (int)((top - (side / 8)) * zoom), (int)(side * 1.25 * zoom), (int)(side * 1.25 * zoom)) & new Rect(0, 0, large.Width, large.Height);
        Directory.CreateDirectory(folder);
        Cv2.ImWrite(Path.Combine(folder, FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(clip)}_{index:0000}.png")), large[around]);
    }
}
