using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>A picture of the landmark recipe with all that is known of the face in it. Coordinates are the picture's pixels.</summary>
/// <param name="Picture">BGR, 8 bit; lives as long as the set.</param>
/// <param name="Source">The clip, photo set or data set it is from.</param>
/// <param name="Boxes">Where faces are; crops of nobody keep clear of them.</param>
/// <param name="Place">Tells where crops of the face are cut; null where the picture shows nobody.</param>
internal sealed record LandmarkSample(Mat Picture, string Source, FaceBox[] Boxes, FaceMesh? Place)
{
    /// <summary>The mesh to be learned; null where the teacher had no hold.</summary>
    public FaceMesh? Mesh { get; init; }

    /// <summary>The 68 points to be learned.</summary>
    public Vector2[]? Landmarks { get; init; }

    /// <summary>The mesh by which skin is laid from face to face, without irises, 468 points: of rendered pictures what their data set states, of real ones by <see cref="PersonShape"/>; null where it is not to be learned.</summary>
    public Vector2[]? Registration { get; init; }

    /// <summary>Whether labels are exact (rendered) and not a teacher's.</summary>
    public bool Exact { get; init; }

    /// <summary>[image-left eye, image-right eye]: lid opening, 0 shut, 1 at rest.</summary>
    public float[]? Openness { get; init; }

    /// <summary>True iris centres, image-left first; rendered pictures only.</summary>
    public Vector2[]? Irises { get; init; }

    /// <summary>True radius of each iris.</summary>
    public float[]? IrisRadii { get; init; }

    /// <summary>True yaw of the head, degrees; 0 where unknown.</summary>
    public float YawDegrees { get; init; }

    /// <summary>Identity, to look up groups by; null where unknown.</summary>
    public string? Person { get; init; }
}
