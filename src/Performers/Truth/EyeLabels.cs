using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Truth;

/// <summary>What is true of one eye. Camera frame unless said otherwise.</summary>
public sealed record EyeLabels
{
    /// <summary>Unit vector along the visual axis, from the eye outward.</summary>
    public required Vector3 GazeDirection { get; init; }

    /// <summary>Angles of the visual axis.</summary>
    public GazeAngles Gaze => GazeAngles.FromDirection(GazeDirection);

    /// <summary>Unit vector along the optical axis (through the pupil), kappa to the temple of the visual axis. The iris follows it.</summary>
    public required Vector3 OpticalDirection { get; init; }

    /// <summary>The visual axis as a camera straight in front of the head would see it.</summary>
    public required GazeAngles InHead { get; init; }

    /// <summary>Centre of the eyeball, cm.</summary>
    public required Vector3 Centre { get; init; }

    /// <summary>Centre of the eyeball, pixels.</summary>
    public required Vector2 CentrePixels { get; init; }

    /// <summary>Centre of the limbus plane, pixels; no refraction, also given when shut or hidden.</summary>
    public required Vector2 IrisPixels { get; init; }

    /// <summary>Largest projected radius of an iris of 0.60 eye units, pixels.</summary>
    public required float IrisRadiusPixels { get; init; }

    /// <summary>Height of the upper over the lower lid, 1 at rest looking ahead, 0 when no eyeball shows, over 1 when wide.</summary>
    public required float Openness { get; init; }

    /// <summary>Mean lid distance over eye width (eye aspect ratio); never quite 0.</summary>
    public required float Aperture { get; init; }

    internal static EyeLabels Of(PosedEye eye, HeadPlacement placement, PinholeCamera camera, float lidGap, float restLidGap, float aperture)
    {
        Vector2 iris = camera.Project(eye.At(new(0, 0, EyeRig.LimbusDepth)));
        float radius = 0;
        const int RingPoints = 32;
        for (int i = 0; i < RingPoints; i++)
        {
            (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * i / RingPoints);
            Vector3 rim = new(EyeRig.LabelIrisRadius * cosine, EyeRig.LabelIrisRadius * sine, EyeRig.LimbusDepth);
            radius = Math.Max(radius, Vector2.Distance(camera.Project(eye.At(rim)), iris));
        }

        return new()
        {
            GazeDirection = eye.GazeDirection,
            OpticalDirection = eye.OpticalDirection,
            InHead = Rotations.InHead(placement.DirectionToHead(eye.GazeDirection)),
            Centre = eye.Centre,
            CentrePixels = camera.Project(eye.Centre),
            IrisPixels = iris,
            IrisRadiusPixels = radius,
            Openness = Math.Max(0, (lidGap - FaceMeasures.ShutGap) / (restLidGap - FaceMeasures.ShutGap)),
            Aperture = aperture,
        };
    }
}
