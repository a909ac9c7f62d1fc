using System.Numerics;

namespace VideoGaze.Performers.Posing;

/// <summary>Distances on the 68 landmarks (iBUG order) of a head in its own frame. All are invariant to where the head is and how it is turned.</summary>
internal static class FaceMeasures
{
    /// <summary>
    /// <see cref="LidGap"/> at which no eyeball shows any more; measured by counting eyeball pixels on 12 people. Below 0, because the landmarks lie on the
    /// rims of the lids, which overlap when shut.
    /// </summary>
    public const float ShutGap = -0.025f;

    // Upper and lower lip, inner border, three pairs about the middle.
    private static readonly (int Upper, int Lower)[] Lips = [(61, 67), (62, 66), (63, 65)];

    /// <summary>Height of the upper over the lower lid along the head's y axis, over the width of the eye. Linear in the weight of a blink.</summary>
    public static float LidGap(ReadOnlySpan<Vector3> vertices, ReadOnlySpan<int> landmarks, LidLandmarks lids)
    {
        float height = vertices[landmarks[lids.Upper1]].Y - vertices[landmarks[lids.Lower1]].Y + vertices[landmarks[lids.Upper2]].Y - vertices[landmarks[lids.Lower2]].Y;
        return height / 2 / Vector3.Distance(vertices[landmarks[lids.Outer]], vertices[landmarks[lids.Inner]]);
    }

    /// <summary>Eye aspect ratio: mean distance of the lids over the width of the eye; never quite 0.</summary>
    public static float Aperture(ReadOnlySpan<Vector3> vertices, ReadOnlySpan<int> landmarks, LidLandmarks lids)
    {
        float distance = Vector3.Distance(vertices[landmarks[lids.Upper1]], vertices[landmarks[lids.Lower1]]) + Vector3.Distance(vertices[landmarks[lids.Upper2]], vertices[landmarks[lids.Lower2]]);
        return distance / 2 / Vector3.Distance(vertices[landmarks[lids.Outer]], vertices[landmarks[lids.Inner]]);
    }

    /// <summary>Mean vector from the lower to the upper lip at the middle of the mouth, cm.</summary>
    public static Vector3 LipGap(Func<int, Vector3> landmark)
    {
        Vector3 sum = Vector3.Zero;
        foreach ((int upper, int lower) in Lips)
        {
            sum += landmark(upper) - landmark(lower);
        }

        return sum / Lips.Length;
    }

    /// <summary>Landmarks of one eye: corners, and two pairs of points across it.</summary>
    internal readonly record struct LidLandmarks(int Outer, int Inner, int Upper1, int Lower1, int Upper2, int Lower2)
    {
        public static EyePair<LidLandmarks> Both { get; } = new(new(45, 42, 44, 46, 43, 47), new(36, 39, 37, 41, 38, 40));
    }
}
