using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>A picture of a face to take skin from.</summary>
/// <param name="Mesh">The face's mesh in the picture's pixels, depth in the same unit.</param>
/// <param name="Pixels">Rows from the top without gaps, BGR, 8 bits.</param>
/// <param name="Width">Of the picture, pixels.</param>
/// <param name="Height">Of the picture, pixels.</param>
/// <param name="Bare">Where skin is bare, 0..255 for each pixel: not where hair, spectacles or a hand are before it. Empty where nobody knows: then all of it is.</param>
public sealed record TexturePhoto(FaceMesh Mesh, ReadOnlyMemory<byte> Pixels, int Width, int Height, ReadOnlyMemory<byte> Bare = default);
