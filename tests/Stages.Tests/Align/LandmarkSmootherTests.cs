using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Align;

namespace VideoGaze.Stages.Tests.Align;

public sealed class LandmarkSmootherTests
{
    private const double Step = 1 / 30.0;
    private static readonly Vector3[] Shape = MakeShape();

    [Fact]
    public void Noise_on_a_still_face_shrinks_by_a_quarter_or_more()
    {
        var random = new Random(1);
        var smoother = new LandmarkSmoother();
        double raw = 0, smooth = 0;
        for (int frame = 0; frame < 200; frame++)
        {
            // 0.3 % of the face's size of 300 pixels: what the network shows on a still face.
            FaceMesh noisy = Moved(Vector2.Zero, point => point + (0.9f * Gauss(random)));
            FaceMesh result = smoother.Next(frame * Step, noisy);
            if (frame >= 30)
            {
                raw += Error(noisy, Vector2.Zero);
                smooth += Error(result, Vector2.Zero);
            }
        }

        Assert.True(smooth < 0.75 * raw, $"{smooth / raw:0.00} of the noise is left");
    }

    [Fact]
    public void The_trembling_of_a_still_head_shrinks_by_a_fifth_or_more()
    {
        var random = new Random(4);
        var smoother = new LandmarkSmoother();
        List<Vector2> raw = [], smooth = [];
        for (int frame = 0; frame < 300; frame++)
        {
            // All points together by 0.3 % of the face's size.
            Vector3 gust = 0.9f * Gauss(random);
            FaceMesh trembling = Moved(Vector2.Zero, point => point + gust);
            raw.Add(trembling.At(0));
            smooth.Add(smoother.Next(frame * Step, trembling).At(0));
        }

        double left = Trembling(smooth) / Trembling(raw);
        Assert.True(left < 0.8, $"{left:0.00} of the trembling is left");

        // Second differences: what the eye sees.
        static double Trembling(List<Vector2> places) => Math.Sqrt(Enumerable.Range(1, places.Count - 2).Average(i => (places[i + 1] - (2 * places[i]) + places[i - 1]).LengthSquared()));
    }

    [Theory]
    [InlineData(0.5, 60)]
    [InlineData(1, 15)]
    [InlineData(2, 6)]
    public void A_head_that_nods_trails_by_less_than_a_fifth_of_a_frame(double hertz, float pixels)
    {
        var smoother = new LandmarkSmoother();
        double lag = 0, way = 0, turn = 2 * Math.PI * hertz * Step;
        for (int frame = 0; frame < 300; frame++)
        {
            Vector2 place = new(0, pixels * (float)Math.Sin(turn * frame)), speed = new(0, pixels * (float)(turn * Math.Cos(turn * frame)));
            FaceMesh result = smoother.Next(frame * Step, Moved(place, point => point));
            if (frame >= 30)
            {
                Vector2 behind = place + new Vector2(Shape[0].X, Shape[0].Y) - result.At(0);
                lag += Vector2.Dot(behind, speed);
                way += speed.LengthSquared();
            }
        }

        Assert.InRange(lag / way, -0.2, 0.2);
    }

    [Fact]
    public void A_moving_head_is_not_dragged()
    {
        var smoother = new LandmarkSmoother();
        for (int frame = 0; frame < 60; frame++)
        {
            // 15 pixels a frame: one and a half face sizes a second.
            var place = new Vector2(15 * frame, -3 * frame);
            FaceMesh result = smoother.Next(frame * Step, Moved(place, point => point));
            Assert.True(Error(result, place) < 0.05, $"frame {frame}: {Error(result, place)} pixels behind");
        }
    }

    [Fact]
    public void Lips_that_open_fast_trail_by_less_than_a_fifth_of_a_frame()
    {
        var smoother = new LandmarkSmoother();
        double lag = 0, way = 0;
        for (int frame = 0; frame < 90; frame++)
        {
            // The lower lip swings by 30 pixels four times a second.
            float open = 15 * MathF.Sin(frame * 0.84f);
            float speed = 15 * 0.84f * MathF.Cos(frame * 0.84f);
            FaceMesh truth = Moved(Vector2.Zero, point => point, open);
            FaceMesh result = smoother.Next(frame * Step, truth);
            if (frame > 10)
            {
                double behind = truth.Points[14].Y - result.Points[14].Y;
                lag += behind * speed;
                way += speed * speed;
            }
        }

        Assert.InRange(lag / way, 0, 0.2);
    }

    [Fact]
    public void The_first_frame_and_one_after_a_gap_pass_unchanged()
    {
        var smoother = new LandmarkSmoother();
        FaceMesh first = Moved(Vector2.Zero, point => point);
        Assert.Same(first, smoother.Next(0, first));
        Assert.NotSame(first, smoother.Next(Step, first));
        FaceMesh later = Moved(new(200, 0), point => point);
        Assert.Same(later, smoother.Next(2, later));
    }

    [Fact]
    public void Near_and_far_faces_are_smoothed_alike()
    {
        FaceMesh[] results = [.. new[] { 1f, 0.25f }.Select(scale =>
        {
            var random = new Random(8);
            var smoother = new LandmarkSmoother();
            FaceMesh last = Moved(Vector2.Zero, point => point);
            for (int frame = 0; frame < 20; frame++)
            {
                FaceMesh noisy = Moved(new(frame, 0), point => point + (2 * Gauss(random)));
                last = smoother.Next(frame * Step, noisy.Transformed(new SimilarityTransform(scale, 0, 0, 0)));
            }

            return last.Transformed(new SimilarityTransform(1 / scale, 0, 0, 0));
        })];
        Assert.All(Enumerable.Range(0, FaceMesh.PointCount), i => Assert.True(Vector2.Distance(results[0].At(i), results[1].At(i)) < 0.02));
    }

    private static double Error(FaceMesh mesh, Vector2 place)
    {
        double sum = 0;
        for (int i = 0; i < Shape.Length; i++)
        {
            sum += Vector2.DistanceSquared(mesh.At(i), new Vector2(Shape[i].X, Shape[i].Y) + place);
        }

        return Math.Sqrt(sum / Shape.Length);
    }

    private static FaceMesh Moved(Vector2 by, Func<Vector3, Vector3> change, float lowerLip = 0)
    {
        var points = new Vector3[Shape.Length];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = change(Shape[i]) + new Vector3(by, 0);
        }

        points[14].Y += lowerLip;
        return new(points, 1);
    }

    private static Vector3 Gauss(Random random)
    {
        float radius = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle()));
        float angle = 2 * MathF.PI * random.NextSingle();
        return new(radius * MathF.Cos(angle), radius * MathF.Sin(angle), 0);
    }

    /// <summary>Any shape of a face's size, with its rigid points where the head model has them.</summary>
    private static Vector3[] MakeShape()
    {
        var random = new Random(6);
        var points = new Vector3[FaceMesh.PointCount];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new(500 + (200 * (random.NextSingle() - 0.5f)), 500 + (300 * (random.NextSingle() - 0.5f)), 0);
        }

        for (int i = 0; i < HeadModel.Indices.Count; i++)
        {
            points[HeadModel.Indices[i]] = (HeadModel.Points[i] * new Vector3(100, -100, -100)) + new Vector3(500, 500, 0);
        }

        points[MeshTopology.Chin] = new(500, 700, 0);
        points[MeshTopology.ImageLeftEyeOuterCorner] = new(420, 440, 0);
        points[MeshTopology.ImageRightEyeOuterCorner] = new(580, 440, 0);
        return points;
    }
}
