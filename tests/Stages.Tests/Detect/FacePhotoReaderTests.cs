using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Detect;

public sealed class FacePhotoReaderTests : IDisposable
{
    private readonly OnnxSession detector = OnnxSession.Load(SharedAssets.Model("yunet_n_dynamic.onnx"), new(InferenceDevice.Cpu));
    private readonly OnnxSession mesh = OnnxSession.Load(SharedAssets.Model("mediapipe_face_landmarks_478.onnx"), new(InferenceDevice.Cpu));
    private readonly PixelPool pool = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        detector.Dispose();
        mesh.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void An_identity_photo_gives_a_mesh_inside_its_box()
    {
        using (var reader = new FacePhotoReader(detector, mesh, pool))
        {
            using FacePhoto photo = reader.Read(SharedAssets.Sample("identities/B/00.jpg"));
            Assert.True(photo.Mesh.Score > 0.9);
            FaceBox bounds = Polygon.Bounds(MeshTopology.Select(photo.Mesh, MeshTopology.FaceOval));
            Assert.True(bounds.IntersectionOverUnion(photo.Face.Box) > 0.6);
            Assert.True(photo.Face.Points[0].X < photo.Face.Points[1].X);
        }

        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public void A_missing_a_broken_and_a_faceless_photo_each_get_their_own_kind()
    {
        using var reader = new FacePhotoReader(detector, mesh, pool);
        string text = folder.Write("text.jpg", "no picture"u8.ToArray());
        string plain = Path.Combine(folder.Path, "plain.png");
        using (var grey = new Mat(200, 300, MatType.CV_8UC3, Scalar.Gray))
        {
            Cv2.ImWrite(plain, grey);
        }

        Check(FailureKind.InputMissing, Path.Combine(folder.Path, "gone.jpg"));
        Check(FailureKind.InputUnreadable, text);
        Check(FailureKind.NoFace, plain);
        Assert.Null(reader.TryRead(plain));

        void Check(FailureKind kind, string path)
        {
            UserFacingException failure = Assert.Throws<UserFacingException>(() => reader.Read(path));
            Assert.Equal(kind, failure.Kind);
            Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        }
    }
}
