using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Tests.Geometry;

public sealed class MeshTopologyTests
{
    private static readonly Dictionary<string, IReadOnlyList<int>> Sets = new()
    {
        ["oval"] = MeshTopology.FaceOval,
        ["image-left eye"] = MeshTopology.ImageLeftEye,
        ["image-right eye"] = MeshTopology.ImageRightEye,
        ["image-left iris"] = MeshTopology.ImageLeftIris,
        ["image-right iris"] = MeshTopology.ImageRightIris,
        ["image-left brow"] = MeshTopology.ImageLeftBrow,
        ["image-right brow"] = MeshTopology.ImageRightBrow,
        ["outer lips"] = MeshTopology.OuterLips,
        ["inner lips"] = MeshTopology.InnerLips,
    };

    [Fact]
    public void Mirroring_twice_is_no_change_and_pairs_every_point()
    {
        for (int i = 0; i < FaceMesh.PointCount; i++)
        {
            Assert.InRange(MeshTopology.Mirror(i), 0, FaceMesh.PointCount - 1);
            Assert.Equal(i, MeshTopology.Mirror(MeshTopology.Mirror(i)));
        }

        Assert.Equal(MeshTopology.Midline, Enumerable.Range(0, FaceMesh.PointCount).Where(i => MeshTopology.Mirror(i) == i));
    }

    [Fact]
    public void Parts_share_no_point_and_repeat_none()
    {
        int[] all = [.. Sets.Values.SelectMany(set => set)];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all, index => Assert.InRange(index, 0, FaceMesh.PointCount - 1));
    }

    [Fact]
    public void Image_left_parts_mirror_onto_image_right_parts_in_order()
    {
        Assert.Equal(MeshTopology.ImageRightEye, MeshTopology.ImageLeftEye.Select(MeshTopology.Mirror));
        Assert.Equal(MeshTopology.ImageRightBrow, MeshTopology.ImageLeftBrow.Select(MeshTopology.Mirror));
        Assert.Equal(MeshTopology.ImageRightIris.Order(), MeshTopology.ImageLeftIris.Select(MeshTopology.Mirror).Order());
        Assert.Equal(MeshTopology.ImageRightLids, MeshTopology.ImageLeftLids.Select(pair => (MeshTopology.Mirror(pair.Upper), MeshTopology.Mirror(pair.Lower))));
        Assert.Equal(MeshTopology.ImageRightEyeInnerCorner, MeshTopology.Mirror(MeshTopology.ImageLeftEyeInnerCorner));
        Assert.Equal(MeshTopology.ImageRightEyeOuterCorner, MeshTopology.Mirror(MeshTopology.ImageLeftEyeOuterCorner));
        Assert.Equal(MeshTopology.ImageRightMouthCorner, MeshTopology.Mirror(MeshTopology.ImageLeftMouthCorner));
        Assert.Equal(MeshTopology.ImageRightIrisCentre, MeshTopology.Mirror(MeshTopology.ImageLeftIrisCentre));
    }

    [Theory]
    [InlineData("oval")]
    [InlineData("outer lips")]
    [InlineData("inner lips")]
    public void Rings_on_the_middle_mirror_onto_themselves(string name) =>
        Assert.Equal(Sets[name].Order(), Sets[name].Select(MeshTopology.Mirror).Order());

    [Fact]
    public void The_68_points_are_distinct_and_symmetric()
    {
        Assert.Equal(68, MeshTopology.Ibug68.Distinct().Count());
        (int Start, int Count)[] symmetric = [(0, 17), (17, 10), (31, 5)];
        foreach ((int start, int count) in symmetric)
        {
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(MeshTopology.Ibug68[start + count - 1 - i], MeshTopology.Mirror(MeshTopology.Ibug68[start + i]));
            }
        }

        // iBUG eyes: outer corner, two above, inner corner, two below on the image-left; inner first on the image-right.
        int[] mirroredEye = [45, 44, 43, 42, 47, 46];
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(MeshTopology.Ibug68[mirroredEye[i]], MeshTopology.Mirror(MeshTopology.Ibug68[36 + i]));
        }
    }

    [Fact]
    public void A_mirrored_mesh_has_its_five_points_mirrored_and_its_eyes_exchanged()
    {
        var random = new Random(7);
        var mesh = new FaceMesh([.. Enumerable.Range(0, FaceMesh.PointCount).Select(_ => new Vector3(random.NextSingle() * 200, random.NextSingle() * 200, random.NextSingle()))], 1);
        FaceMesh mirrored = MeshTopology.Mirrored(mesh, 300);
        Vector2[] five = MeshTopology.FivePoints(mesh);
        Vector2[] other = MeshTopology.FivePoints(mirrored);
        int[] exchanged = [1, 0, 2, 4, 3];
        for (int i = 0; i < five.Length; i++)
        {
            Assert.Equal(300 - five[i].X, other[exchanged[i]].X, 1e-3f);
            Assert.Equal(five[i].Y, other[exchanged[i]].Y, 1e-3f);
        }

        Assert.Equal(MeshTopology.ImageLeftEyeAspect(mesh), MeshTopology.ImageRightEyeAspect(mirrored), 1e-5f);
        Assert.Equal(mesh.Points, MeshTopology.Mirrored(mirrored, 300).Points, (a, b) => Vector3.Distance(a, b) < 1e-3f);
    }
}
