using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Raster;

/// <summary>Something that turns rigidly with the head: spectacles, loose hairs, a hand, a microphone. Head frame at rest, cm.</summary>
/// <param name="Vertices">Points.</param>
/// <param name="Triangles">Into the vertices.</param>
/// <param name="Materials">Of each triangle.</param>
internal sealed record AttachedMesh(Vector3[] Vertices, Triangle[] Triangles, HeadMaterial[] Materials);
