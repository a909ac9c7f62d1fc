using System.Numerics;

namespace VideoGaze.Performers.People;

/// <summary>Colour laid on the lips.</summary>
/// <param name="Color">sRGB.</param>
/// <param name="Opacity">0 to 1.</param>
public sealed record LipLook(Vector3 Color, float Opacity);
