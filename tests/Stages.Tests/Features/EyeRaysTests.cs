using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Features;

namespace VideoGaze.Stages.Tests.Features;

public sealed class EyeRaysTests
{
    private static readonly Vector3 Left = new(31.5f, 0, 600);
    private static readonly Vector3 Right = new(-31.5f, 0, 600);

    [Theory]
    [InlineData(0, 0, 500)]
    [InlineData(60, -40, 400)]
    [InlineData(0, 0, 2000)]
    public void Eyes_on_a_point_meet_there(float x, float y, float ahead)
    {
        Vector3 point = new(x, y, 600 - ahead);
        EyeRays rays = At(point - Left, point - Right);
        double distance = Vector3.Distance(point, Vector3.Zero with { Z = 600 });
        Assert.Equal(1000 / distance, rays.Dioptres, 0.02 * 1000 / distance);
        Assert.Equal(0, rays.GapMillimetres, 0.05);
        if (x == 0)
        {
            Assert.Equal(2 * Math.Atan(31.5 / ahead) * 180 / Math.PI, rays.VergenceDegrees, 0.02);
        }
    }

    [Fact]
    public void Parallel_eyes_meet_nowhere() => Assert.Equal(new EyeRays(0, 0, 63), At(new(0, 0, -1), new(0, 0, -1)));

    [Fact]
    public void Eyes_that_diverge_meet_behind_the_head()
    {
        EyeRays rays = At(new(0.1f, 0, -1), new(-0.1f, 0, -1));
        Assert.True(rays.VergenceDegrees < -10 && rays.Dioptres < -2, $"{rays}");
    }

    [Fact]
    public void One_eye_higher_than_the_other_leaves_a_gap()
    {
        // Both aim at 500 mm ahead, the left one 17.5 mm higher there. The axes are not level, so they pass a little closer: |w . (l x r)| / |l x r|, w from eye to eye.
        EyeRays rays = At(new(-31.5f, -17.5f, -500), new(31.5f, 0, -500));
        Assert.Equal(16.86, rays.GapMillimetres, 0.02);
    }

    [Fact]
    public void Places_are_as_far_apart_as_eyes_are()
    {
        Vector3 left = EyeRays.Place(new(700, 300), 80, 1280, 720, 1.17), right = EyeRays.Place(new(620, 300), 80, 1280, 720, 1.17);
        Assert.Equal(EyeRays.BetweenEyes, Vector3.Distance(left, right), 0.01);
    }

    [Fact]
    public void Colours_of_iris_and_white_are_told_apart()
    {
        using var picture = new Mat(60, 80, MatType.CV_8UC3, new Scalar(120, 150, 200));
        Vector2[] contour = [.. Enumerable.Range(0, 16).Select(i => new Vector2(40 + (25 * MathF.Cos(i * MathF.PI / 8)), 30 + (10 * MathF.Sin(i * MathF.PI / 8))))];
        Cv2.FillConvexPoly(picture, Array.ConvertAll(contour, point => new Point((int)point.X, (int)point.Y)), Scalar.All(230));
        Cv2.Circle(picture, new Point(40, 30), 9, new Scalar(160, 80, 40), -1);
        Cv2.Circle(picture, new Point(40, 30), 4, Scalar.All(5), -1);
        EyeColors colors = EyeColors.Of(picture, contour, new(40.5f, 30.5f), 9);
        Assert.Equal(91, colors.Sclera!.Value.X, 2.0);
        Assert.InRange(colors.Iris!.Value.X, 25, 45);
        Assert.True(colors.Iris.Value.Z < -20, $"a blue iris has b below 0: {colors.Iris}");
        Assert.Equal(new EyeColors(null, null), EyeColors.Of(picture, [new(200, 10), new(210, 10), new(205, 12)], new(205, 11), 3));
    }

    private static EyeRays At(Vector3 left, Vector3 right) => EyeRays.Of(GazeAngles.FromDirection(left), GazeAngles.FromDirection(right), Left, Right);
}
