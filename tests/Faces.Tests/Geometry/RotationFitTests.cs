using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Tests.Geometry;

public sealed class RotationFitTests
{
    [Fact]
    public void The_rotation_of_a_cloud_is_found_whatever_its_place_and_size()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 50; trial++)
        {
            var turn = Quaternion.Normalize(new Quaternion(Next(), Next(), Next(), Next()));
            Vector3[] from = [.. Enumerable.Range(0, 12).Select(_ => new Vector3(Next(), Next(), Next()))];
            Vector3[] to = [.. from.Select(point => (Vector3.Transform(point, turn) * 7) + new Vector3(100, -20, 3))];
            Quaternion found = RotationFit.Between(from, to);
            Assert.Equal(1, Math.Abs(Quaternion.Dot(turn, found)), 1e-4);
        }

        float Next() => (random.NextSingle() * 2) - 1;
    }

    [Fact]
    public void No_rotation_gives_the_identity_though_the_matrix_is_already_diagonal()
    {
        Vector3[] points = [Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ, -Vector3.UnitX, -Vector3.UnitY, -Vector3.UnitZ];
        Assert.Equal(1, Math.Abs(RotationFit.Between(points, points).W), 1e-6);
    }

    [Fact]
    public void The_head_model_is_symmetric_and_gives_back_its_own_turn()
    {
        for (int i = 0; i < HeadModel.Indices.Count; i++)
        {
            int mirror = MeshTopology.Mirror(HeadModel.Indices[i]);
            int at = HeadModel.Indices.ToList().IndexOf(mirror);
            Assert.Equal(HeadModel.Points[i] * new Vector3(-1, 1, 1), HeadModel.Points[at]);
        }

        var turn = Quaternion.CreateFromYawPitchRoll(0.5f, -0.2f, 0.1f);
        var points = new Vector3[FaceMesh.PointCount];
        for (int i = 0; i < HeadModel.Indices.Count; i++)
        {
            points[HeadModel.Indices[i]] = Vector3.Transform(HeadModel.Points[i], turn) * 80;
        }

        Assert.Equal(1, Math.Abs(Quaternion.Dot(turn, HeadModel.Rotation(new FaceMesh(points, 1)))), 1e-5);
    }
}
