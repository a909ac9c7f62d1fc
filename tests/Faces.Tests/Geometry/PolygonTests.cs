using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Tests.Geometry;

public sealed class PolygonTests
{
    private static readonly Vector2[] ClockwiseSquare = [new(0, 0), new(4, 0), new(4, 4), new(0, 4)];

    [Fact]
    public void Area_is_positive_clockwise_on_a_screen()
    {
        Assert.Equal(16, Polygon.SignedArea(ClockwiseSquare));
        Assert.Equal(-16, Polygon.SignedArea([.. ClockwiseSquare.Reverse()]));
    }

    [Fact]
    public void The_hull_of_points_inside_and_on_the_edges_is_the_corners_clockwise()
    {
        Vector2[] hull = Polygon.ConvexHull([.. ClockwiseSquare, new(2, 2), new(2, 0), new(1, 3), new(4, 4)]);
        Assert.Equal(4, hull.Length);
        Assert.Equal(ClockwiseSquare.ToHashSet(), hull.ToHashSet());
        Assert.Equal(16, Polygon.SignedArea(hull));
    }

    [Fact]
    public void The_hull_of_random_points_holds_them_all()
    {
        var random = new Random(3);
        Vector2[] points = [.. Enumerable.Range(0, 300).Select(_ => new Vector2(random.NextSingle(), random.NextSingle()))];
        Vector2[] hull = Polygon.ConvexHull(points);
        Vector2 middle = hull.Aggregate(Vector2.Zero, (sum, point) => sum + point) / hull.Length;
        Assert.All(points, point => Assert.True(Polygon.Contains(hull, Vector2.Lerp(point, middle, 1e-3f))));
        Assert.True(hull.Length is > 5 and < 60);
    }

    [Fact]
    public void Inside_a_dent_is_outside()
    {
        Vector2[] dented = [new(0, 0), new(4, 0), new(4, 4), new(2, 1), new(0, 4)];
        Assert.True(Polygon.Contains(dented, new(1, 1)));
        Assert.False(Polygon.Contains(dented, new(2, 3)));
        Assert.False(Polygon.Contains(dented, new(5, 1)));
    }

    [Fact]
    public void Bounds_touch_the_outermost_points() =>
        Assert.Equal(new FaceBox(-1, 2, 4, 5), Polygon.Bounds([new(3, 2), new(-1, 7), new(0, 4)]));
}
