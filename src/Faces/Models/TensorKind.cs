namespace VideoGaze.Faces.Models;

/// <summary>Element types this program exchanges with networks.</summary>
public enum TensorKind
{
    /// <summary>Any type that has no use here.</summary>
    Other,

    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>16-bit floating point, <see cref="Half"/>.</summary>
    Float16,

    /// <summary>64-bit signed integer.</summary>
    Int64,

    /// <summary>32-bit signed integer.</summary>
    Int32,

    /// <summary>8-bit unsigned integer.</summary>
    UInt8,
}
