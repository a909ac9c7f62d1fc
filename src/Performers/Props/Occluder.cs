using System.Numerics;

namespace VideoGaze.Performers.Props;

/// <summary>Something held before the face. It moves with the head.</summary>
/// <param name="Kind">What.</param>
/// <param name="Seed">Decides its size and how it is held.</param>
/// <param name="Offset">Added to its place, head frame, cm: to bring it in over time.</param>
public sealed record Occluder(OccluderKind Kind, int Seed = 0, Vector3 Offset = default);

/// <summary>Kinds of things before a face.</summary>
public enum OccluderKind
{
    /// <summary>A microphone before the mouth.</summary>
    Microphone,

    /// <summary>A hand that holds the chin.</summary>
    HandOnChin,

    /// <summary>A hand before the mouth.</summary>
    HandOverMouth,

    /// <summary>A hand on the cheek, fingers at the temple.</summary>
    HandOnCheek,
}
