using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Tests.Detect;
using VideoGaze.Stages.Tests.Pixels;
using VideoGaze.Stages.Tests.Track;
using VideoGaze.Stages.Track;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Align;

/// <summary>Detect, track and align in a row on a rendered clip, against its truth.</summary>
public sealed class PerceptionAccuracyTests
{
    private const int Frames = 40;
    private static readonly int[] EyeCorners = [36, 39, 42, 45];

    [Theory]
    [InlineData("MediaPipe's", 0.03)]
    [InlineData("ours", 0.045)]
    public async Task A_talking_head_is_followed_measured_and_cut_out_as_the_truth_has_it(string network, double landmarkError)
    {
        using OnnxSession detector = OnnxSession.Load(SharedAssets.Model("yunet_n_dynamic.onnx"), new(InferenceDevice.Cpu));
        string meshFile = network == "ours" ? ShippedLandmarksTests.Shipped : SharedAssets.Model("mediapipe_face_landmarks_478.onnx");
        using OnnxSession meshModel = OnnxSession.Load(meshFile, new(InferenceDevice.Cpu));
        var pool = new PixelPool();
        List<double> landmarks = [], yaw = [], pitch = [], roll = [];
        List<Vector2> raw = [], smooth = [];
        using (var detect = new DetectStage(detector, Pictures.Hd))
        using (var estimator = new FaceMeshEstimator(meshModel, pool))
        {
            var track = new TrackStage(new FaceTracker(), new LargestFace());
            var align = new AlignStage(estimator, Pictures.Hd, AlignmentTemplate.DflWholeFace, 128, pool);
            CancellationToken none = TestContext.Current.CancellationToken;
            int index = 0;
            foreach ((Mat picture, IReadOnlyList<TruePerson> persons) in TruthClip.Read("talk", Frames))
            {
                var frame = new VideoFrame(new FrameStamp(index, index, new Rational(1, 30)), Pictures.Frame(pool, picture, Pictures.Hd));
                using FrameWith<AlignedFace> item = await align.ProcessAsync(await track.ProcessAsync(await detect.ProcessAsync(frame, none), none), none);
                AlignedFace face = Assert.Single(item.Faces);
                TruePerson truth = Assert.Single(persons);
                Assert.Equal(1, face.Track.TrackId);
                Assert.True(face.Track.Face.Box.IntersectionOverUnion(truth.Box) > 0.6);
                landmarks.AddRange(Enumerable.Range(17, 51).Select(i => (double)Vector2.Distance(face.RawMesh.At(MeshTopology.Ibug68[i]), truth.Landmarks[i]) / truth.EyeDistance));
                HeadPose head = HeadPose.FromMesh(face.RawMesh);
                yaw.Add(Math.Abs(head.YawDegrees - truth.HeadDegrees[0]));
                pitch.Add(Math.Abs(head.PitchDegrees - truth.HeadDegrees[1]));
                roll.Add(Math.Abs(head.RollDegrees - truth.HeadDegrees[2]));
                raw.Add(EyeError(face.RawMesh, truth));
                smooth.Add(EyeError(face.SmoothMesh, truth));

                // In the crop the five points lie near the template's: a similarity cannot fit a turned face exactly.
                Vector2[] five = MeshTopology.FivePoints(face.SmoothMesh);
                for (int i = 0; i < five.Length; i++)
                {
                    Assert.True(Vector2.Distance(face.ToCrop.Apply(five[i]) / 128, AlignmentTemplate.DflWholeFace.Points[i]) < 0.15);
                }

                Assert.Equal(new PixelSpec(128, 128, PixelFormat.Bgr24), face.Crop.Spec);
                index++;
            }
        }

        Assert.Equal(0, pool.Leased);
        Assert.True(Median(landmarks) < landmarkError, $"median landmark error {Median(landmarks):P1} of the eye distance");
        Assert.True(Median(yaw) < 3, $"median yaw error {Median(yaw):0.00} degrees");
        Assert.True(Median(pitch) < 4, $"median pitch error {Median(pitch):0.00} degrees");
        Assert.True(Median(roll) < 1.5, $"median roll error {Median(roll):0.00} degrees");
        Assert.True(Jitter(smooth) < 0.95 * Jitter(raw), $"jitter {Jitter(raw):P2} raw, {Jitter(smooth):P2} smoothed");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{network}: landmarks {Median(landmarks):P2}, yaw {Median(yaw):0.00}, pitch {Median(pitch):0.00}, roll {Median(roll):0.00}, jitter {Jitter(raw):P2} -> {Jitter(smooth):P2}");
    }

    [Fact]
    public async Task Nobody_in_the_picture_gives_no_face_and_a_predicted_place_without_a_face_is_dropped()
    {
        using OnnxSession meshModel = OnnxSession.Load(SharedAssets.Model("mediapipe_face_landmarks_478.onnx"), new(InferenceDevice.Cpu));
        var pool = new PixelPool();
        using (var estimator = new FaceMeshEstimator(meshModel, pool))
        using (Mat scene = Pictures.Scene(320, 240))
        {
            var align = new AlignStage(estimator, Pictures.Hd, AlignmentTemplate.Ffhq, 64, pool);
            var face = new TrackedFace(1, FaceTrackerTests.Face(100, 60), false);
            var frame = new VideoFrame(new FrameStamp(0, 0, new Rational(1, 30)), Pictures.Frame(pool, scene, Pictures.Hd));
            using FrameWith<AlignedFace> item = await align.ProcessAsync(new FrameWith<TrackedFace>(frame, [face]), TestContext.Current.CancellationToken);
            Assert.Empty(item.Faces);
        }

        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public void The_mesh_hardly_depends_on_where_its_crop_was_placed()
    {
        using OnnxSession meshModel = OnnxSession.Load(SharedAssets.Model("mediapipe_face_landmarks_478.onnx"), new(InferenceDevice.Cpu));
        using var estimator = new FaceMeshEstimator(meshModel, new PixelPool());
        foreach ((Mat picture, IReadOnlyList<TruePerson> persons) in TruthClip.Read("talk", 1))
        {
            TruePerson truth = persons[0];
            Vector2[] eyes = [(truth.Landmarks[36] + truth.Landmarks[39]) / 2, (truth.Landmarks[42] + truth.Landmarks[45]) / 2];
            FaceMesh[] meshes = [.. new[] { -0.1f, 0, 0.1f }.Select(shift =>
            {
                FaceBox box = truth.Box with { X = truth.Box.X + (shift * truth.Box.Width), Height = truth.Box.Height * (1 + shift) };
                return estimator.EstimateTwice(PictureView.Of(picture), new DetectedFace(box, [eyes[0], eyes[1], truth.Landmarks[30], truth.Landmarks[48], truth.Landmarks[54]], 1));
            })];
            Assert.All(meshes, mesh => Assert.True(mesh.Score > 0.9));
            Assert.All(MeshTopology.Ibug68.Skip(17), i =>
            {
                Assert.True(Vector2.Distance(meshes[0].At(i), meshes[1].At(i)) < 0.03 * truth.EyeDistance);
                Assert.True(Vector2.Distance(meshes[2].At(i), meshes[1].At(i)) < 0.03 * truth.EyeDistance);
            });
        }
    }

    private static Vector2 EyeError(FaceMesh mesh, TruePerson truth) =>
        EyeCorners.Aggregate(Vector2.Zero, (sum, i) => sum + mesh.At(MeshTopology.Ibug68[i]) - truth.Landmarks[i]) / (EyeCorners.Length * truth.EyeDistance);

    /// <summary>Root mean square second difference: what the eye sees as trembling.</summary>
    private static double Jitter(List<Vector2> errors)
    {
        double sum = 0;
        for (int i = 1; i < errors.Count - 1; i++)
        {
            sum += (errors[i + 1] - (2 * errors[i]) + errors[i - 1]).LengthSquared();
        }

        return Math.Sqrt(sum / (errors.Count - 2));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
