namespace VideoGaze.Faces.Models;

/// <summary>Name, type and shape of an input or output of a network.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Kind">Element type.</param>
/// <param name="Shape">Sizes, outermost first; <see cref="Free"/> where any size goes.</param>
public sealed record TensorSpec(string Name, TensorKind Kind, params long[] Shape)
{
    /// <summary>Stands for any size.</summary>
    public const long Free = -1;

    /// <summary>Whether every size is known.</summary>
    public bool IsFixed => Array.TrueForAll(Shape, size => size >= 0);

    /// <summary>Whether a tensor of this spec can serve as <paramref name="other"/>: same name, type and rank, sizes equal or free on either side.</summary>
    public bool Fits(TensorSpec other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Name != other.Name || Kind != other.Kind || Shape.Length != other.Shape.Length)
        {
            return false;
        }

        for (int i = 0; i < Shape.Length; i++)
        {
            if (Shape[i] != other.Shape[i] && Shape[i] >= 0 && other.Shape[i] >= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>For messages: <c>input float32 1x3x?x?</c>.</summary>
    public override string ToString() => $"{Name} {Kind.ToString().ToLowerInvariant()} {string.Join('x', Shape.Select(size => size < 0 ? "?" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}";
}
