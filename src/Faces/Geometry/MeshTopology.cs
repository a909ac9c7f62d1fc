namespace VideoGaze.Faces.Geometry;

/// <summary>Named index sets of the 478-point MediaPipe mesh.</summary>
public static class MeshTopology
{
}
