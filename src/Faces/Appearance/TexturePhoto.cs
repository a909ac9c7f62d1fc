using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>A picture of a face to take skin from.</summary>
/// <param name="Mesh">The face's mesh in the picture's pixels, depth in the same unit.</param>
/// <param name="Pixels">Rows from the top without gaps, BGR, 8 bits.</param>
/// <param name="Width">Of the picture, pixels.</param>
/// <param name="Height">Of the picture, pixels.</param>
/// <param name="Bare">Where skin is bare, 0..255 for each pixel: not where hair, spectacles or a hand are before it. Empty where nobody knows: then all of it is.</param>
public sealed record TexturePhoto(FaceMesh Mesh, ReadOnlyMemory<byte> Pixels, int Width, int Height, ReadOnlyMemory<byte> Bare = default)
{
    // Below an eye, in eye widths from its middle: from under the lid to where the lower rims of spectacles are, for half the eye's width. What covers this share of the columns there runs across.
    private const float First = 0.3f, Last = 1.2f, Across = 0.5f, Columns = 0.4f;

    // Of 255.
    private const byte Covered = 128;

    /// <summary>Whether nothing known crosses the cheeks below the eyes. Where spectacles do the eyes are seen through a lens, which mirrors; where hair does it hangs over the eye as well.</summary>
    public bool ShowsEyesInTheOpen() => Bare.IsEmpty
        || !(Crossed(MeshTopology.ImageLeftEyeOuterCorner, MeshTopology.ImageLeftEyeInnerCorner) || Crossed(MeshTopology.ImageRightEyeInnerCorner, MeshTopology.ImageRightEyeOuterCorner));

    private bool Crossed(int left, int right)
    {
        Vector2 across = Mesh.At(right) - Mesh.At(left), down = new(-across.Y, across.X), middle = (Mesh.At(left) + Mesh.At(right)) / 2;
        float width = Math.Max(across.Length(), 1);
        int columns = (int)Math.Max(1, Across * width), rows = (int)Math.Max(1, (Last - First) * width), crossed = 0;
        ReadOnlySpan<byte> bare = Bare.Span;
        for (int column = 0; column < columns; column++)
        {
            bool covered = false;
            for (int row = 0; row < rows && !covered; row++)
            {
                Vector2 point = middle + (Across * (((column + 0.5f) / columns) - 0.5f) * across) + ((First + ((Last - First) * row / rows)) * down);
                (int x, int y) = ((int)point.X, (int)point.Y);
                covered = x >= 0 && y >= 0 && x < Width && y < Height && bare[(y * Width) + x] < Covered;
            }

            crossed += covered ? 1 : 0;
        }

        return crossed >= Columns * columns;
    }
}
