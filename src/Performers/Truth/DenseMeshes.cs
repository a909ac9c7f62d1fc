using System.Numerics;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Truth;

/// <summary>The 468 points of MediaPipe's face mesh on one performer in one picture, irises left out, in its order; pixels, hidden or not.</summary>
/// <param name="Exact">Fixed places of the head (<see cref="MeshPlaces"/>), projected.</param>
/// <param name="Registration">The points by which skin is laid from face to face (<see cref="RegistrationMesh"/>): features of the mean face, all else this one's.</param>
public sealed record DenseMeshes(IReadOnlyList<Vector2> Exact, IReadOnlyList<Vector2> Registration)
{
    /// <summary>Measures a posed performer.</summary>
    /// <param name="posed">Who and how.</param>
    /// <param name="camera">Who sees it.</param>
    public static DenseMeshes Of(PosedPerformer posed, PinholeCamera camera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        return new(Array.ConvertAll(MeshPlaces.Of(posed), camera.Project), RegistrationMesh.Of(posed, camera));
    }
}
