namespace VideoGaze.Faces.Geometry;

/// <summary>An axis-parallel rectangle around a face, in pixels; may reach outside the picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width, positive.</param>
/// <param name="Height">Height, positive.</param>
public readonly record struct FaceBox(float X, float Y, float Width, float Height)
{
    /// <summary>Area in square pixels.</summary>
    public float Area => Width * Height;

    /// <summary>Intersection over union with another box, in [0, 1].</summary>
    public float IntersectionOverUnion(FaceBox other)
    {
        float width = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        float height = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        float shared = width * height;
        return shared / (Area + other.Area - shared);
    }
}
