using System.Numerics;

namespace VideoGaze.Performers.Assets;

/// <summary>An eyeball of the neutral head and how it is measured. Its own frame has the cornea along +z.</summary>
/// <param name="Sclera">Vertices of the outer surface, cornea included.</param>
/// <param name="All">Those and the inner iris mesh: all that turns with the eye.</param>
/// <param name="Centre">Centre of the neutral eyeball, head frame, cm.</param>
/// <param name="ToAxis">Turns the mesh's own resting cornea (6.3 degrees to the temple) onto +z.</param>
internal sealed record EyeRig(Range Sclera, Range All, Vector3 Centre, Quaternion ToAxis)
{
    /// <summary>Distance of the plane of the limbus (where cornea and sclera meet) from the centre, cm at scale 1.</summary>
    public const float LimbusDepth = 1.47f;

    /// <summary>Distance of the iris plane from the centre, cm at scale 1.</summary>
    public const float IrisDepth = 1.42f;

    /// <summary>Distance of the cornea's apex from the centre, cm at scale 1.</summary>
    public const float CorneaApex = 1.775f;

    /// <summary>Radius of the iris that labels are given for, cm at scale 1.</summary>
    public const float LabelIrisRadius = 0.60f;

    public static EyeRig Of(AssetIndex.EyeEntry entry)
    {
        float[][] rows = entry.ToZ;

        // System.Numerics multiplies row vectors, so its matrix is the transpose of the pack's.
        var matrix = new Matrix4x4(
            rows[0][0], rows[1][0], rows[2][0], 0,
            rows[0][1], rows[1][1], rows[2][1], 0,
            rows[0][2], rows[1][2], rows[2][2], 0,
            0, 0, 0, 1);
        return new(
            entry.Sclera[0]..entry.Sclera[1],
            entry.All[0]..entry.All[1],
            new(entry.Centre[0], entry.Centre[1], entry.Centre[2]),
            Quaternion.Normalize(Quaternion.CreateFromRotationMatrix(matrix)));
    }
}
