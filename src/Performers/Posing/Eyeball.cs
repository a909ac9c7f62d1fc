using System.Numerics;
using VideoGaze.Performers.Assets;

namespace VideoGaze.Performers.Posing;

/// <summary>An eyeball of one person: it moves with the identity as a whole and grows evenly, so that it stays a sphere.</summary>
/// <param name="Rig">The neutral head's eyeball.</param>
/// <param name="Centre">Head frame, cm.</param>
/// <param name="Scale">Size against the neutral head's.</param>
internal readonly record struct Eyeball(EyeRig Rig, Vector3 Centre, float Scale)
{
    /// <summary>Fits the eyeball to what the identity does to its sclera: mean offset and least-squares scale.</summary>
    /// <param name="rig">The neutral eyeball.</param>
    /// <param name="neutral">Vertices of the neutral head.</param>
    /// <param name="offsets">What the identity adds.</param>
    public static Eyeball Fit(EyeRig rig, ReadOnlySpan<Vector3> neutral, ReadOnlySpan<Vector3> offsets)
    {
        ReadOnlySpan<Vector3> rest = neutral[rig.Sclera];
        ReadOnlySpan<Vector3> moves = offsets[rig.Sclera];
        Vector3 restMean = Mean(rest);
        Vector3 moveMean = Mean(moves);
        double product = 0, square = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            Vector3 from = rest[i] - restMean;
            product += Vector3.Dot(from + moves[i] - moveMean, from);
            square += from.LengthSquared();
        }

        return new(rig, rig.Centre + moveMean, (float)(product / square));
    }

    /// <summary>Sets the eyeball's vertices, cornea along +z.</summary>
    public void PlaceAtRest(ReadOnlySpan<Vector3> neutral, Span<Vector3> vertices)
    {
        (int start, int length) = Rig.All.GetOffsetAndLength(neutral.Length);
        for (int i = start; i < start + length; i++)
        {
            vertices[i] = (Vector3.Transform(neutral[i] - Rig.Centre, Rig.ToAxis) * Scale) + Centre;
        }
    }

    /// <summary>Turns the eyeball's vertices about its centre.</summary>
    public void Turn(Quaternion optical, ReadOnlySpan<Vector3> atRest, Span<Vector3> vertices)
    {
        (int start, int length) = Rig.All.GetOffsetAndLength(atRest.Length);
        for (int i = start; i < start + length; i++)
        {
            vertices[i] = Vector3.Transform(atRest[i] - Centre, optical) + Centre;
        }
    }

    private static Vector3 Mean(ReadOnlySpan<Vector3> points)
    {
        double x = 0, y = 0, z = 0;
        foreach (Vector3 point in points)
        {
            x += point.X;
            y += point.Y;
            z += point.Z;
        }

        return new((float)(x / points.Length), (float)(y / points.Length), (float)(z / points.Length));
    }
}
