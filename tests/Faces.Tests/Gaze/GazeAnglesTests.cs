using System.Numerics;
using VideoGaze.Faces.Gaze;

namespace VideoGaze.Faces.Tests.Gaze;

public sealed class GazeAnglesTests
{
    [Fact]
    public void Zero_looks_into_the_camera_and_positive_angles_look_to_the_images_right_and_up()
    {
        Assert.Equal(new Vector3(0, 0, -1), new GazeAngles(0, 0).ToDirection());
        Assert.True(GazeAngles.FromDegrees(10, 0).ToDirection().X > 0);
        Assert.True(GazeAngles.FromDegrees(0, 10).ToDirection().Y < 0);
    }

    [Fact]
    public void Angles_survive_the_way_to_a_direction_and_back()
    {
        for (int yaw = -170; yaw <= 170; yaw += 17)
        {
            for (int pitch = -85; pitch <= 85; pitch += 17)
            {
                GazeAngles back = GazeAngles.FromDirection(GazeAngles.FromDegrees(yaw, pitch).ToDirection() * 3.5f);
                Assert.Equal(yaw, back.YawDegrees, 1e-3);
                Assert.Equal(pitch, back.PitchDegrees, 1e-2);
            }
        }
    }

    [Fact]
    public void A_mirror_negates_yaw_and_keeps_pitch_as_it_does_to_the_direction()
    {
        GazeAngles gaze = GazeAngles.FromDegrees(20, -7);
        Vector3 direction = gaze.ToDirection();
        GazeAngles seen = GazeAngles.FromDirection(direction with { X = -direction.X });
        Assert.Equal(gaze.Mirrored().Yaw, seen.Yaw, 1e-6f);
        Assert.Equal(gaze.Mirrored().Pitch, seen.Pitch, 1e-6f);
    }

    [Theory]
    [InlineData(0, 0, 0.01, 0, 0.01)]
    [InlineData(0, 0, 1, 0, 1)]
    [InlineData(10, 5, 10, 5, 0)]
    [InlineData(0, 0, 179.99, 0, 179.99)]
    [InlineData(0, 0, 180, 0, 180)]
    [InlineData(-170, 0, 170, 0, 20)]
    [InlineData(0, 60, 90, 60, 41.4096)]
    public void The_angular_error_is_exact_near_0_and_near_180_degrees(double yawA, double pitchA, double yawB, double pitchB, double degrees) =>
        Assert.Equal(degrees, GazeAngles.AngularError(GazeAngles.FromDegrees(yawA, pitchA), GazeAngles.FromDegrees(yawB, pitchB)) * 180 / Math.PI, 1e-3);

    [Fact]
    public void A_zero_or_infinite_direction_has_no_angles()
    {
        Assert.Throws<ArgumentException>(() => GazeAngles.FromDirection(Vector3.Zero));
        Assert.Throws<ArgumentException>(() => GazeAngles.FromDirection(new(float.NaN, 0, 1)));
    }
}
