namespace VideoGaze.Performers.Assets;

/// <summary>Three indices, into vertices or into texture coordinates.</summary>
internal readonly record struct Triangle(int A, int B, int C)
{
    /// <summary>The same triangle in a list that starts further on.</summary>
    public Triangle Shifted(int offset) => new(A + offset, B + offset, C + offset);
}
