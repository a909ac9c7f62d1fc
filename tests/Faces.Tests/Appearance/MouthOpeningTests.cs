using System.Numerics;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Tests.Appearance;

public sealed class MouthOpeningTests
{
    // Middle of the lower lip's inner edge: of the mesh, and among the 68; below it the outer edge, and a point between the two.
    private const int LowerInner = 14, LowerInner68 = 66, LowerOuter = 17, Between = 15;

    private static readonly FaceMesh Mesh = new([.. FaceLayout.Mean.Select(point => (100 * point) + new Vector3(150, 150, 0)), .. new Vector3[10]], 1);

    [Fact]
    public void Without_the_68_points_the_mesh_is_left_alone() => Assert.Same(Mesh, MouthOpening.AsSeen(Mesh));

    [Fact]
    public void A_lower_lip_seen_lower_takes_the_inner_edge_along_wholly_what_lies_between_partly_and_nothing_else()
    {
        FaceMesh shut = MouthOpening.AsSeen(Mesh with { Landmarks68 = MeshTopology.Select(Mesh, MeshTopology.Ibug68) });
        Vector2[] lower = MeshTopology.Select(Mesh, MeshTopology.Ibug68);
        for (int i = 65; i <= 67; i++)
        {
            lower[i] += new Vector2(0, 10);
        }

        FaceMesh open = MouthOpening.AsSeen(Mesh with { Landmarks68 = lower });
        Assert.Equal(10, open.At(LowerInner).Y - shut.At(LowerInner).Y, 0.01f);
        Assert.InRange(open.At(Between).Y - shut.At(Between).Y, 2, 8);
        Assert.Equal(Mesh.At(LowerOuter), open.At(LowerOuter));
        Assert.Equal(Mesh.At(MeshTopology.NoseTip), open.At(MeshTopology.NoseTip));

        // Where both already agree, the inner edge moves by no more than the two schemes' habits differ: an eightieth of the eye distance.
        float unit = Vector2.Distance(Mesh.At(MeshTopology.ImageLeftEyeOuterCorner), Mesh.At(MeshTopology.ImageRightEyeOuterCorner));
        Assert.All(MeshTopology.InnerLips, point => Assert.InRange(Vector2.Distance(shut.At(point), Mesh.At(point)), 0, unit / 70));
    }

    [Fact]
    public void It_is_the_same_in_the_mirror()
    {
        Vector2[] seen = MeshTopology.Select(Mesh, MeshTopology.Ibug68);
        seen[61] += new Vector2(1, -3);
        seen[LowerInner68] += new Vector2(2, 6);
        FaceMesh mesh = Mesh with { Landmarks68 = seen }, mirrored = MeshTopology.Mirrored(MouthOpening.AsSeen(MeshTopology.Mirrored(mesh, 300)), 300), straight = MouthOpening.AsSeen(mesh);
        Assert.All(Enumerable.Range(0, FaceLayout.PointCount), i => Assert.True(Vector2.Distance(straight.At(i), mirrored.At(i)) < 0.05f, $"point {i}: {straight.At(i)} {mirrored.At(i)}"));
        Assert.NotEqual(Mesh.At(LowerInner), straight.At(LowerInner));
    }
}
