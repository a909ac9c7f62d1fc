using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Score;
using VideoGaze.Stages.Tests.Pixels;

namespace VideoGaze.Stages.Tests.Score;

public sealed class ResidualFlickerTests
{
    private const int Side = 300;

    [Fact]
    public void The_true_swap_itself_never_flickers()
    {
        using var canonical = new CanonicalFace();
        Assert.All(Run(canonical, frame => frame.Clone(), turning: true), flicker => Assert.Equal(0, flicker));
    }

    [Fact]
    public void Brightness_that_alternates_is_flicker_of_its_own_size()
    {
        using var canonical = new CanonicalFace();
        List<double> flickers = Run(canonical, (frame, i) => Brighter(frame, i % 2 == 0 ? 6 : 0), turning: true);
        Assert.All(flickers, flicker => Assert.Equal(6, flicker, 0.1));
    }

    [Fact]
    public void A_difference_that_stays_on_the_skin_does_not_flicker_however_the_face_moves()
    {
        // Brighter by a constant, and by a patch painted on the face itself.
        using var canonical = new CanonicalFace();
        Assert.All(Run(canonical, frame => Brighter(frame, 20), turning: true), flicker => Assert.Equal(0, flicker, 1e-3));
        List<double> painted = Run(canonical, frame => frame.Clone(), turning: true, patch: true);
        Assert.All(painted, flicker => Assert.InRange(flicker, 0, 0.6));
    }

    [Fact]
    public void A_picture_that_freezes_while_the_true_swap_moves_is_flicker()
    {
        using var canonical = new CanonicalFace();
        Mat? first = null;
        List<double> flickers = Run(canonical, frame => (first ??= frame.Clone()).Clone(), turning: true);
        first!.Dispose();
        Assert.All(flickers, flicker => Assert.True(flicker > 2, $"{flicker}"));
    }

    [Fact]
    public void After_an_interruption_nothing_is_compared_with_the_time_before()
    {
        var flicker = new ResidualFlicker([true, true]);
        Assert.Null(flicker.Next([10, 10], [0, 0]));
        Assert.Equal(1, flicker.Next([11, 9], [0, 0]));
        flicker.Interrupt();
        Assert.Null(flicker.Next([50, 50], [0, 0]));
    }

    [Fact]
    public void A_face_laid_on_the_frontal_one_keeps_its_skin_in_place_when_it_is_scaled_turned_and_stretched()
    {
        using var canonical = new CanonicalFace();
        using Mat texture = Texture();
        Vector2[] there = Landmarks(0), later = Landmarks(6);
        using Mat a = Draw(texture, there), b = Draw(texture, later);
        float[] u = Unfold(canonical, a, there), v = Unfold(canonical, b, later);
        double difference = Enumerable.Range(0, u.Length).Where(i => canonical.Region[i]).Average(i => Math.Abs(u[i] - v[i]));
        Assert.InRange(difference, 0, 2.5);
        Assert.InRange(canonical.Region.Count(inside => inside), 0.6 * CanonicalFace.Side * CanonicalFace.Side, CanonicalFace.Side * CanonicalFace.Side);
    }

    private static List<double> Run(CanonicalFace canonical, Func<Mat, Mat> video, bool turning, bool patch = false) => Run(canonical, (frame, _) => video(frame), turning, patch);

    /// <summary>Five frames of a textured face that moves, in a video and in the true swap.</summary>
    private static List<double> Run(CanonicalFace canonical, Func<Mat, int, Mat> video, bool turning, bool patch = false)
    {
        var flicker = new ResidualFlicker(canonical.Region);
        var flickers = new List<double>();
        using Mat texture = Texture(), painted = texture.Clone();
        Cv2.Circle(painted, new Point(60, 90), 14, Scalar.All(230), -1, LineTypes.AntiAlias);
        for (int i = 0; i < 5; i++)
        {
            Vector2[] landmarks = Landmarks(turning ? i : 0);
            using Mat truth = Draw(texture, landmarks), shown = patch ? Draw(painted, landmarks) : truth.Clone(), output = video(shown, i);
            if (flicker.Next(Unfold(canonical, output, landmarks), Unfold(canonical, truth, landmarks)) is { } value)
            {
                flickers.Add(value);
            }
        }

        Assert.Equal(4, flickers.Count);
        return flickers;
    }

    private static float[] Unfold(CanonicalFace canonical, Mat picture, Vector2[] landmarks)
    {
        using Mat luma = PictureDifference.Luma(picture);
        return canonical.Unfold(luma, landmarks, new Point(0, 0));
    }

    private static Mat Texture()
    {
        using Mat scene = Pictures.Scene(CanonicalFace.Side, CanonicalFace.Side, seed: 3);
        return PictureDifferenceTests.Blurred(scene, 2);
    }

    /// <summary>The frontal landmarks at another place, size, tilt and width.</summary>
    private static Vector2[] Landmarks(int step)
    {
        double scale = 1.6 + (0.05 * step), tilt = 0.04 * step;
        var move = new SimilarityTransform(scale * Math.Cos(tilt), scale * Math.Sin(tilt), 40 + (3 * step), 30 + (2 * step));
        return Array.ConvertAll(CanonicalFace.Points, point => move.Apply(point with { X = point.X * (1 - (0.02f * step)) }));
    }

    /// <summary>The texture warped so that the frontal landmarks come to lie on others.</summary>
    private static Mat Draw(Mat texture, Vector2[] landmarks)
    {
        // All moves here are affine: three points tell them.
        int[] corners = [0, 16, 8];
        using Mat matrix = Cv2.GetAffineTransform(
            corners.Select(i => new Point2f(CanonicalFace.Points[i].X - 0.5f, CanonicalFace.Points[i].Y - 0.5f)),
            corners.Select(i => new Point2f(landmarks[i].X - 0.5f, landmarks[i].Y - 0.5f)));
        Mat picture = new();
        Cv2.WarpAffine(texture, picture, matrix, new Size(Side, Side), InterpolationFlags.Cubic, BorderTypes.Replicate);
        return picture;
    }

    private static Mat Brighter(Mat picture, double levels)
    {
        Mat brighter = new();
        Cv2.Add(picture, Scalar.All(levels), brighter);
        return brighter;
    }
}
