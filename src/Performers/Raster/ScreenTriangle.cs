using System.Numerics;
using System.Runtime.CompilerServices;

namespace VideoGaze.Performers.Raster;

/// <summary>A triangle on the screen: barycentric weights of B and C as linear functions of sample coordinates.</summary>
internal readonly struct ScreenTriangle
{
    private readonly Vector3 a;
    private readonly float xB;
    private readonly float yB;
    private readonly float xC;
    private readonly float yC;
    private readonly float inverseDepthB;
    private readonly float inverseDepthC;

    /// <summary>From corners with 1/z in Z.</summary>
    public ScreenTriangle(Vector3 a, Vector3 b, Vector3 c)
    {
        this.a = a;
        Area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
        float inverse = 1 / Area;
        xB = (c.Y - a.Y) * inverse;
        yB = -(c.X - a.X) * inverse;
        xC = -(b.Y - a.Y) * inverse;
        yC = (b.X - a.X) * inverse;
        inverseDepthB = b.Z - a.Z;
        inverseDepthC = c.Z - a.Z;
    }

    /// <summary>Twice the signed area, square samples.</summary>
    public float Area { get; }

    /// <summary>Change of the weights a sample to the right.</summary>
    public Vector2 Step => new(xB, xC);

    /// <summary>Weights of B and C at a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector2 Weights(float x, float y) => new(((x - a.X) * xB) + ((y - a.Y) * yB), ((x - a.X) * xC) + ((y - a.Y) * yC));

    /// <summary>1/z at weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float InverseDepth(Vector2 weights) => a.Z + (weights.X * inverseDepthB) + (weights.Y * inverseDepthC);

    /// <summary>Whether weights lie inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Contains(Vector2 weights) => weights.X >= 0 && weights.Y >= 0 && weights.X + weights.Y <= 1;
}
