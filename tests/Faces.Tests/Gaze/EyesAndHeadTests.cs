using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Tests.Gaze;

public sealed class EyesAndHeadTests
{
    [Fact]
    public void A_frontal_mesh_faces_the_camera_and_its_eyes_are_as_open_as_they_were_made()
    {
        FaceMesh mesh = Mesh(0, 0, 0, openness: 0.3f);
        HeadPose pose = HeadPose.FromMesh(mesh);
        Assert.Equal(0, pose.YawDegrees, 1e-3);
        Assert.Equal(0, pose.PitchDegrees, 1e-3);
        Assert.Equal(0, pose.RollDegrees, 1e-3);
        EyePair eyes = EyePair.FromMesh(mesh);
        Assert.Equal(0.3f, eyes.Left.Openness, 1e-3f);
        Assert.Equal(0.3f, eyes.Right.Openness, 1e-3f);
        Assert.True(eyes.Left.Centre.X > eyes.Right.Centre.X, "a facing person's left eye is right in the image");
    }

    [Theory]
    [InlineData(25, 0, 0)]
    [InlineData(-25, 0, 0)]
    [InlineData(0, 15, 0)]
    [InlineData(0, -15, 0)]
    [InlineData(0, 0, 20)]
    [InlineData(20, 10, -15)]
    [InlineData(-30, -12, 25)]
    public void A_turned_mesh_gives_back_the_turn(double yaw, double pitch, double roll)
    {
        HeadPose pose = HeadPose.FromMesh(Mesh(yaw, pitch, roll, 0.3f));
        Assert.Equal(yaw, pose.YawDegrees, 1e-2);
        Assert.Equal(pitch, pose.PitchDegrees, 1e-2);
        Assert.Equal(roll, pose.RollDegrees, 1e-2);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(12, 0, 0, 12)]
    [InlineData(0, -7, 0, 7)]
    [InlineData(0, 0, 30, 30)]
    [InlineData(0.01, 0, 0, 0.01)]
    public void Two_poses_are_as_far_apart_as_the_turn_between_them(double yaw, double pitch, double roll, double expected)
    {
        var turned = new HeadPose((float)(yaw * Math.PI / 180), (float)(pitch * Math.PI / 180), (float)(roll * Math.PI / 180));
        Assert.Equal(expected, HeadPose.AngularDistance(default, turned) * 180 / Math.PI, 1e-3);
        Assert.Equal(expected, HeadPose.AngularDistance(turned, default) * 180 / Math.PI, 1e-3);
    }

    [Fact]
    public void A_head_at_the_edge_that_faces_the_camera_is_turned_in_the_cameras_frame()
    {
        CameraRay ray = CameraRay.Through(new(960, 360), 1280, 720, 1);
        HeadPose seen = default;
        HeadPose pose = seen.ToCamera(ray);
        Assert.Equal(-Math.Atan2(320, 1280) * 180 / Math.PI, pose.YawDegrees, 1e-3);
        Assert.Equal(0, pose.PitchDegrees, 1e-3);
        Assert.Equal(0, HeadPose.AngularDistance(seen, seen.ToCamera(CameraRay.Axis)), 1e-6);
    }

    [Fact]
    public void Mirroring_the_mesh_mirrors_the_pose()
    {
        FaceMesh mesh = Mesh(18, 7, 11, 0.3f);
        HeadPose pose = HeadPose.FromMesh(mesh);
        HeadPose mirrored = HeadPose.FromMesh(Mesh(-18, 7, -11, 0.3f));
        Assert.Equal(pose.Mirrored().Yaw, mirrored.Yaw, 1e-4f);
        Assert.Equal(pose.Mirrored().Pitch, mirrored.Pitch, 1e-4f);
        Assert.Equal(pose.Mirrored().Roll, mirrored.Roll, 1e-4f);
    }

    [Fact]
    public void Turning_the_picture_turns_the_pose_as_measuring_the_turned_mesh_does()
    {
        FaceMesh mesh = Mesh(15, -6, 4, 0.3f);
        double angle = 0.4;
        var turn = new SimilarityTransform(Math.Cos(angle), Math.Sin(angle), 100, 20);
        HeadPose measured = HeadPose.FromMesh(mesh.Transformed(turn));
        HeadPose turned = HeadPose.FromMesh(mesh).Turned(angle);
        Assert.Equal(measured.Yaw, turned.Yaw, 1e-4f);
        Assert.Equal(measured.Pitch, turned.Pitch, 1e-4f);
        Assert.Equal(measured.Roll, turned.Roll, 1e-4f);
    }

    [Fact]
    public void Eyes_keep_their_openness_when_the_picture_is_scaled_and_turned()
    {
        EyePair eyes = EyePair.FromMesh(Mesh(10, 5, 8, 0.22f));
        EyePair moved = eyes.Transformed(new SimilarityTransform(1.2, 0.7, -40, 12));
        Assert.Equal(eyes.Openness, moved.Openness);
        Assert.Equal(eyes.Left.Width * Math.Sqrt((1.2 * 1.2) + (0.7 * 0.7)), moved.Left.Width, 1e-3);
        Assert.Equal(eyes.Tilt + Math.Atan2(0.7, 1.2), moved.Tilt, 1e-5);
    }

    /// <summary>A mesh with only the points that pose and (flat) eyes are read from, rotated as the truth files define it.</summary>
    private static FaceMesh Mesh(double yaw, double pitch, double roll, float openness)
    {
        var points = new Vector3[FaceMesh.PointCount];
        for (int i = 0; i < HeadModel.Indices.Count; i++)
        {
            points[HeadModel.Indices[i]] = HeadModel.Points[i] * new Vector3(50, -50, -50);
        }

        float gap = 30 * openness;
        Put(33, -45, 0);
        Put(133, -15, 0);
        Put(362, 15, 0);
        Put(263, 45, 0);
        Put(468, -30, 0);
        Put(473, 30, 0);
        foreach ((int upper, int lower, float x) in new[] { (386, 374, 30f), (385, 380, 27f), (387, 373, 33f), (159, 145, -30f), (158, 153, -27f), (160, 144, -33f) })
        {
            Put(upper, x, -gap / 2);
            Put(lower, x, gap / 2);
        }

        // Head frame: x to the person's left, y up, z out of the face; rotation = diag(1,-1,-1) Ry(yaw) Rx(-pitch) Rz(roll).
        Matrix4x4 turn = Matrix4x4.CreateRotationZ(Radians(roll)) * Matrix4x4.CreateRotationX(Radians(-pitch)) * Matrix4x4.CreateRotationY(Radians(yaw));
        for (int i = 0; i < points.Length; i++)
        {
            Vector3 head = Vector3.Transform(new Vector3(points[i].X, -points[i].Y, -points[i].Z), turn);
            points[i] = new(head.X + 200, -head.Y + 200, -head.Z);
        }

        return new(points, 1);

        void Put(int index, float x, float y) => points[index] = new(x, y, 0);
    }

    private static float Radians(double degrees) => (float)(degrees * Math.PI / 180);
}
