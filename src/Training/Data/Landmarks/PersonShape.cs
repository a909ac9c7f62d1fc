using System.Numerics;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>
/// Takes out of the meshes of one real person what is that person's own, so that real pictures teach the mesh for registration as rendered ones do (<c>RegistrationMesh</c> of the performers, whose shape is known):
/// the mean over a clip's pictures is the person, what a picture differs by is turn and expression. Features go to where the mean of many people has them, as measured from the corners of the eyes; lids and outline stay.
/// </summary>
internal sealed class PersonShape
{
    private readonly Vector3[] _mean;

    /// <param name="people">The same teacher's meshes of many people, each in any pose.</param>
    public PersonShape(IEnumerable<FaceMesh> people) => _mean = ShapeFit.MeanOf(people);

    /// <summary>The points of one person's meshes with the mean's features in the place of the person's.</summary>
    /// <param name="person">Meshes of pictures of one person; the more pictures and expressions, the better the mean.</param>
    /// <returns>For each mesh its first 468 points, in its pixels.</returns>
    public IReadOnlyList<Vector2[]> Without(IReadOnlyList<FaceMesh> person)
    {
        Vector3[] own = ShapeFit.MeanOf(person);
        return [.. person.Select(mesh => Moved(mesh, own))];
    }

    private Vector2[] Moved(FaceMesh mesh, Vector3[] own)
    {
        Vector3[] from = ShapeFit.ByEyes(ShapeFit.Posed(own, mesh), mesh), to = ShapeFit.ByEyes(ShapeFit.Posed(_mean, mesh), mesh);
        var moves = new Vector2[FaceLayout.PointCount];
        for (int i = 0; i < moves.Length; i++)
        {
            moves[i] = MeshMoves.EyesAndOutline[i] ? Vector2.Zero : new(to[i].X - from[i].X, to[i].Y - from[i].Y);
        }

        MeshMoves.Relax(moves, MeshMoves.BetweenThemAndFeatures);
        return [.. moves.Select((move, i) => mesh.At(i) + move)];
    }
}
