using System.Numerics;
using VideoGaze.Faces.Gaze;

namespace VideoGaze.Faces.Tests.Gaze;

public sealed class CameraRayTests
{
    [Fact]
    public void On_the_axis_nothing_changes()
    {
        GazeAngles gaze = GazeAngles.FromDegrees(12, -8);
        GazeAngles seen = CameraRay.Axis.ToCamera(gaze);
        Assert.Equal(gaze.Yaw, seen.Yaw, 1e-6f);
        Assert.Equal(gaze.Pitch, seen.Pitch, 1e-6f);
    }

    [Fact]
    public void Who_looks_into_the_camera_from_the_side_looks_back_along_the_ray()
    {
        // The right edge of a 1280 px frame with a focal length of 1500 px, as the rendered clips have it.
        CameraRay ray = CameraRay.Through(new(1280, 360), 1280, 720, 1500f / 1280);
        GazeAngles seen = ray.ToCamera(default);
        Assert.Equal(-Math.Atan2(640, 1500) * 180 / Math.PI, seen.YawDegrees, 1e-3);
        Assert.Equal(0, seen.PitchDegrees, 1e-3);

        GazeAngles below = CameraRay.Through(new(640, 720), 1280, 720, 1500f / 1280).ToCamera(default);
        Assert.Equal(Math.Atan2(360, 1500) * 180 / Math.PI, below.PitchDegrees, 1e-3);
    }

    [Fact]
    public void A_level_virtual_camera_is_undone_exactly()
    {
        CameraRay ray = CameraRay.Through(new(1100, 600), 1280, 720);
        Vector3 z = ray.Direction;
        Vector3 x = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, z));
        Vector3 y = Vector3.Cross(z, x);
        GazeAngles truth = GazeAngles.FromDegrees(-14, 9);
        Vector3 d = truth.ToDirection();
        GazeAngles relative = GazeAngles.FromDirection(new(Vector3.Dot(d, x), Vector3.Dot(d, y), Vector3.Dot(d, z)));
        GazeAngles back = ray.ToCamera(relative);
        Assert.Equal(truth.YawDegrees, back.YawDegrees, 1e-3);
        Assert.Equal(truth.PitchDegrees, back.PitchDegrees, 1e-3);
    }

    [Fact]
    public void The_rotation_of_a_crop_is_turned_back()
    {
        // Content turned clockwise by 90 degrees: who looks up in the frame looks to the right in the crop.
        GazeAngles seen = CameraRay.Axis.ToCamera(GazeAngles.FromDegrees(20, 0), Math.PI / 2);
        Assert.Equal(0, seen.YawDegrees, 1e-3);
        Assert.Equal(20, seen.PitchDegrees, 1e-3);
    }

    [Fact]
    public void An_error_in_the_focal_length_hardly_changes_the_angle_between_two_gazes()
    {
        GazeAngles a = GazeAngles.FromDegrees(5, 2);
        GazeAngles b = GazeAngles.FromDegrees(-3, 4);
        float expected = GazeAngles.AngularError(a, b);
        foreach (float ratio in new[] { 0.7f, 1.17f, 2f })
        {
            CameraRay ray = CameraRay.Through(new(1200, 100), 1280, 720, ratio);
            Assert.Equal(expected, GazeAngles.AngularError(ray.ToCamera(a), ray.ToCamera(b)), 1e-5f);
        }
    }
}
