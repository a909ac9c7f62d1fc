using System.Numerics;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Tests.Appearance;

public sealed class FeaturePlacementTests
{
    private static readonly float EyeDistance = Vector3.Distance(FaceLayout.Mean[MeshTopology.ImageLeftEyeOuterCorner], FaceLayout.Mean[MeshTopology.ImageRightEyeOuterCorner]);

    private static readonly int[] Lips = [.. MeshTopology.OuterLips, .. MeshTopology.InnerLips], Brows = [.. MeshTopology.ImageLeftBrow, .. MeshTopology.ImageRightBrow];

    private static Vector3[] Mean => [.. FaceLayout.Mean];

    [Fact]
    public void A_mouth_and_brows_that_sit_lower_pull_the_targets_part_of_the_way()
    {
        float lower = 0.05f * EyeDistance;
        Vector3[] person = With(With(Mean, Lips, new(0, lower, 0)), Brows, new(0, lower, 0));
        FaceMesh target = Facing(Mean, 100);

        Vector3[] moved = FeaturePlacement.Between(person, Mean).Moved(target.Points, target);

        Assert.All(Lips, point => AssertMove(new(0, 0.2f * 100 * lower), target, moved, point));
        Assert.All(Brows, point => AssertMove(new(0, 0.6f * 100 * lower), target, moved, point));
        Assert.All([.. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightEye, .. MeshTopology.FaceOval, .. NosePlacement.Nose], point => AssertMove(Vector2.Zero, target, moved, point));

        // The chin between mouth and outline is drawn along, and depths stay.
        Assert.InRange(moved[200].Y - target.Points[200].Y, 0.03f * 100 * lower, 0.18f * 100 * lower);
        Assert.All(Enumerable.Range(0, FaceLayout.PointCount), point => Assert.Equal(target.Points[point].Z, moved[point].Z));
    }

    [Fact]
    public void A_mouth_that_sits_higher_pulls_the_targets_farther_than_one_that_sits_lower()
    {
        float higher = 0.05f * EyeDistance;
        FaceMesh target = Facing(Mean, 100);
        Vector3[] moved = FeaturePlacement.Between(With(Mean, Lips, new(0, -higher, 0)), Mean).Moved(target.Points, target);
        Assert.All(Lips, point => AssertMove(new(0, -0.6f * 100 * higher), target, moved, point));
        Assert.All(Brows, point => AssertMove(Vector2.Zero, target, moved, point));
    }

    [Fact]
    public void Fuller_lips_grow_outward_and_brows_farther_apart_move_aside()
    {
        float thicker = 0.02f * EyeDistance, apart = 0.03f * EyeDistance;
        Vector3[] person = Mean;
        foreach (int point in MeshTopology.OuterLips)
        {
            person[point].Y += person[point].Y > person[13].Y ? thicker : -thicker;
        }

        foreach (int point in Brows)
        {
            person[point].X += MathF.Sign(person[point].X) * apart;
        }

        FaceMesh target = Facing(Mean, 100);
        Vector3[] moved = FeaturePlacement.Between(person, Mean).Moved(target.Points, target);

        // Each lip by as much as it is thick, together by what they differ by; the opening hardly moves.
        float lower = moved[17].Y - target.Points[17].Y, upper = target.Points[0].Y - moved[0].Y;
        Assert.Equal(100 * thicker, (lower + upper) / 2, 0.1f);
        Assert.InRange(upper, 50 * thicker, lower);
        Assert.Equal(0, moved[13].Y - target.Points[13].Y, 0.5f);
        Assert.Equal(0.6f * 100 * apart, moved[334].X - target.Points[334].X, 0.1f);
        Assert.Equal(-0.6f * 100 * apart, moved[105].X - target.Points[105].X, 0.1f);
    }

    [Fact]
    public void Alike_people_and_nobody_move_nothing()
    {
        FaceMesh target = Facing(Mean, 100);
        Assert.Same(target.Points, FeaturePlacement.None.Moved(target.Points, target));
        Vector3[] moved = FeaturePlacement.Between(Mean, Mean).Moved(target.Points, target);
        Assert.All(Enumerable.Range(0, FaceLayout.PointCount), point => AssertMove(Vector2.Zero, target, moved, point));
    }

    [Fact]
    public void A_larger_face_is_no_lower_mouth()
    {
        FaceMesh target = Facing(Mean, 100);
        Vector3[] moved = FeaturePlacement.Between([.. Mean.Select(point => 1.2f * point)], Mean).Moved(target.Points, target);
        Assert.All(Lips, point => AssertMove(Vector2.Zero, target, moved, point));
    }

    [Fact]
    public void An_expression_taken_for_a_person_moves_features_by_a_tenth_of_the_eye_distance_at_most()
    {
        FaceMesh target = Facing(Mean, 100);
        Vector3[] moved = FeaturePlacement.Between(With(Mean, Lips, new(0, EyeDistance, 0)), Mean).Moved(target.Points, target);
        Assert.All(Lips, point => AssertMove(new(0, 0.1f * 100 * EyeDistance), target, moved, point));
    }

    [Fact]
    public void Moves_turn_with_the_head()
    {
        float lower = 0.05f * EyeDistance;
        var placement = FeaturePlacement.Between(With(Mean, Lips, new(0, lower, 0)), Mean);

        // A head on its side: what is down on the face is to the left in the picture.
        FaceMesh lying = Turned(Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 2));
        AssertMove(new(-0.2f * 100 * lower, 0), lying, placement.Moved(lying.Points, lying), 13);

        // A head bowed by 60 degrees shows half of it.
        FaceMesh bowed = Turned(Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 3));
        AssertMove(new(0, 0.1f * 100 * lower), bowed, placement.Moved(bowed.Points, bowed), 13);
    }

    [Fact]
    public void What_the_target_shows_on_average_is_compared_with_the_photos_at_rest()
    {
        const int Side = 96;
        byte[] pixels = [.. Enumerable.Repeat<byte>(128, 3 * Side * Side)];
        FaceMesh rest = Facing(Mean, 26), shouting = Facing(With(Mean, [.. MeshTopology.OuterLips.Where(point => Mean[point].Y > Mean[13].Y), 14, 17], new(0, 0.2f * EyeDistance, 0)), 26);
        var person = FaceTexture.From([new(rest, pixels, Side, Side), new(shouting, pixels, Side, Side)], Side);

        // The shouting photo counts little, the shouting frame as much as the other.
        Assert.InRange(Down(person.PlacementOn([rest])), -0.1f, 0.3f);
        Assert.True(Down(person.PlacementOn([rest, shouting])) < -0.4f);
        Assert.Same(FeaturePlacement.None, person.PlacementOn([]));

        float Down(FeaturePlacement placement) => placement.Moved(rest.Points, rest)[0].Y - rest.Points[0].Y;
    }

    private static Vector3[] With(Vector3[] face, IEnumerable<int> points, Vector3 move)
    {
        Vector3[] changed = [.. face];
        foreach (int point in points.Distinct())
        {
            changed[point] += move;
        }

        return changed;
    }

    private static FaceMesh Facing(Vector3[] face, float scale) => new([.. face.Select(point => scale * point), .. new Vector3[FaceMesh.PointCount - FaceLayout.PointCount]], 1);

    private static FaceMesh Turned(Quaternion turn) => Facing([.. Mean.Select(point => Vector3.Transform(point, turn))], 100);

    private static void AssertMove(Vector2 expected, FaceMesh mesh, Vector3[] moved, int point)
    {
        Assert.Equal(expected.X, moved[point].X - mesh.Points[point].X, 0.02f);
        Assert.Equal(expected.Y, moved[point].Y - mesh.Points[point].Y, 0.02f);
    }
}
