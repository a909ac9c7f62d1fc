using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>How far networks' answers lie from the labels of one face. Landmarks in distances of the outer eye corners, irises in widths of the eye.</summary>
/// <param name="Landmarks">Of the 68 points, by a network for these.</param>
/// <param name="MeshLandmarks">Of the 68 points, by the mesh network; null where it saw no face.</param>
/// <param name="Eyes">Of each open eye.</param>
internal sealed record FaceAgreement(double[] Landmarks, double[]? MeshLandmarks, IReadOnlyList<EyeAgreement> Eyes);

/// <summary>An iris centre.</summary>
/// <param name="Width">Of the eye, pixels.</param>
/// <param name="MeshError">Of the mesh network.</param>
/// <param name="Offset">Of the iris network's answer from the label, x and y of the picture.</param>
internal readonly record struct EyeAgreement(float Width, double MeshError, Vector2 Offset);

/// <summary>Medians over many faces.</summary>
internal sealed class Agreement
{
    // Ranges of the head's yaw, degrees, and of the eye's width, pixels.
    private static readonly int[] Yaws = [0, 15, 30, 40, 70];
    private static readonly int[] Widths = [0, 10, 15, 20, 30, 200];

    private readonly AgreementTable innerLandmarks = new(Yaws);
    private readonly AgreementTable meshIrises = new(Yaws);
    private readonly AgreementTable irisesBySize = new(Widths);
    private readonly List<Vector2> offsets = [];
    private int unseen;

    public AgreementTable Landmarks { get; } = new(Yaws);

    public AgreementTable MeshLandmarks { get; } = new(Yaws);

    public AgreementTable Irises { get; } = new(Yaws);

    /// <summary>Median offset, each axis by itself.</summary>
    public Vector2 IrisBias => new(Middle(offset => offset.X), Middle(offset => offset.Y));

    public void Add(LabelledFace face, FaceAgreement seen)
    {
        double yaw = Math.Abs(face.Yaw);
        Landmarks.Add(yaw, seen.Landmarks.Average());
        innerLandmarks.Add(yaw, seen.Landmarks.Skip(IbugLandmarks.JawCount).Average());
        if (seen.MeshLandmarks is null)
        {
            unseen++;
            return;
        }

        MeshLandmarks.Add(yaw, seen.MeshLandmarks.Skip(IbugLandmarks.JawCount).Average());
        foreach (EyeAgreement eye in seen.Eyes)
        {
            meshIrises.Add(yaw, eye.MeshError);
            Irises.Add(yaw, eye.Offset.Length());
            irisesBySize.Add(eye.Width, eye.Offset.Length());
            offsets.Add(eye.Offset);
        }
    }

    public override string ToString() => $"""
        yaw in degrees (faces)                        {Landmarks.Heading}
        slim160, 68 points / eye distance             {Landmarks}
        slim160, 51 points without the jaw            {innerLandmarks}
        mesh network, 51 points (no face in {unseen,3})      {MeshLandmarks}
        yaw in degrees (open eyes)                    {Irises.Heading}
        iris of the mesh network / eye width          {meshIrises}
        iris network / eye width                      {Irises}   bias {IrisBias.X:0.000}, {IrisBias.Y:0.000}
        eye width in pixels (open eyes)               {irisesBySize.Heading}
        iris network / eye width                      {irisesBySize}
        """;

    private float Middle(Func<Vector2, float> axis) => offsets.Count == 0 ? float.NaN : offsets.Select(axis).Order().ElementAt(offsets.Count / 2);
}
