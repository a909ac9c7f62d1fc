using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Tests.Geometry;

public sealed class SimilarityTransformTests
{
    private static readonly SimilarityTransform Some = new(1.3, -0.4, 17, -5);

    [Fact]
    public void Fitting_moved_points_finds_the_move()
    {
        Vector2[] from = [new(1, 2), new(30, 4), new(11, 25), new(-3, 8)];
        SimilarityTransform found = SimilarityTransform.Fit(from, Array.ConvertAll(from, Some.Apply));
        Assert.Equal(Some.A, found.A, 1e-5);
        Assert.Equal(Some.B, found.B, 1e-5);
        Assert.Equal(Some.Tx, found.Tx, 1e-4);
        Assert.Equal(Some.Ty, found.Ty, 1e-4);
    }

    [Fact]
    public void The_fit_of_noisy_points_is_a_least_squares_minimum()
    {
        var random = new Random(11);
        Vector2[] from = [.. Enumerable.Range(0, 9).Select(_ => new Vector2(random.NextSingle(), random.NextSingle()) * 50)];
        Vector2[] to = [.. from.Select(point => Some.Apply(point) + new Vector2(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f) * 6)];
        SimilarityTransform best = SimilarityTransform.Fit(from, to);
        double least = Error(best);
        foreach (double nudge in new[] { -1e-3, 1e-3 })
        {
            Assert.True(Error(best with { A = best.A + nudge }) > least);
            Assert.True(Error(best with { B = best.B + nudge }) > least);
            Assert.True(Error(best with { Tx = best.Tx + (100 * nudge) }) > least);
            Assert.True(Error(best with { Ty = best.Ty + (100 * nudge) }) > least);
        }

        double Error(SimilarityTransform transform) => from.Zip(to, (a, b) => (double)Vector2.DistanceSquared(transform.Apply(a), b)).Sum();
    }

    [Fact]
    public void The_inverse_undoes_and_then_chains_in_reading_order()
    {
        var next = new SimilarityTransform(0.2, 0.9, -3, 40);
        var point = new Vector2(12, 34);
        Assert.True(Vector2.Distance(point, Some.Inverse().Apply(Some.Apply(point))) < 1e-4);
        Assert.True(Vector2.Distance(next.Apply(Some.Apply(point)), Some.Then(next).Apply(point)) < 1e-4);
        Assert.Equal(1.36, Some.Scale, 0.01);
    }

    [Fact]
    public void Points_in_one_place_or_too_few_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SimilarityTransform.Fit([Vector2.One, Vector2.One], [Vector2.Zero, Vector2.One]));
        Assert.Throws<ArgumentException>(() => SimilarityTransform.Fit([Vector2.One], [Vector2.One]));
        Assert.Throws<InvalidOperationException>(() => new SimilarityTransform(0, 0, 1, 1).Inverse());
    }

    [Theory]
    [InlineData("arcface_128")]
    [InlineData("arcface_112_v2")]
    [InlineData("ffhq_512")]
    [InlineData("dfl_whole_face")]
    public void A_template_scaled_by_its_own_crop_needs_no_transform_and_has_eyes_above_nose_above_mouth(string name)
    {
        AlignmentTemplate template = Assert.IsType<AlignmentTemplate>(AlignmentTemplate.Find(name));
        SimilarityTransform transform = template.TransformFrom([.. template.Points.Select(point => point * 256)], 256);
        Assert.Equal(1, transform.A, 1e-5);
        Assert.Equal(0, transform.B, 1e-5);
        Assert.Equal(5, template.Points.Count);
        Assert.True(template.Points[0].X < template.Points[2].X && template.Points[2].X < template.Points[1].X);
        Assert.True(template.Points[3].X < template.Points[4].X);
        Assert.True(template.Points[0].Y < template.Points[2].Y && template.Points[2].Y < template.Points[3].Y);
        Assert.All(template.Points, point => Assert.True(point.X is > 0 and < 1 && point.Y is > 0 and < 1));
    }

    [Fact]
    public void Templates_relate_as_published()
    {
        // Known from training scripts: arcface_128 to arcface_112_v2 is a scale of .875 and a shift of -.125 x side down in 128 px units; ffhq_512 to arcface_128 a scale of .85.
        Vector2[] wide = [.. AlignmentTemplate.ArcFace128.Points.Select(point => point * 128)];
        Assert.Equal(1 / 0.875 * 112 / 128, AlignmentTemplate.ArcFace112V2.TransformFrom(wide, 112).Scale, 0.01);
        Vector2[] ffhq = [.. AlignmentTemplate.Ffhq.Points];
        Assert.Equal(1 / 0.85004889, SimilarityTransform.Fit(ffhq, [.. AlignmentTemplate.ArcFace128.Points]).Scale, 0.06);
    }
}
