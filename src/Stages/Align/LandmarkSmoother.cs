using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Stages.Align;

/// <summary>
/// Steadies a mesh in time without dragging it. The head's own motion (shift, turn and growth in the picture) is taken over at once, but for the trembling of its place
/// (<see cref="HeadSteadier"/>). Only what moves against the head passes a one-euro filter (Casiez, Roussel, Vogel, CHI 2012), a low-pass whose cutoff rises with speed.
/// Works in units of the face's size, so that near and far faces are treated alike. One smoother a track; frames in order.
/// </summary>
internal sealed class LandmarkSmoother(SmoothingOptions? given = null)
{
    // Seconds after which the last mesh says nothing about this one.
    private const double LongestGap = 0.5;

    private readonly SmoothingOptions options = given ?? new();
    private readonly HeadSteadier head = new();
    private FaceMesh? lastRaw;
    private FaceMesh? lastSmooth;
    private Vector2[] velocities = [];
    private double lastSeconds;

    /// <summary>The steadied mesh of the next frame; of the first frame, or after a gap, the mesh itself.</summary>
    public FaceMesh Next(double seconds, FaceMesh raw)
    {
        double elapsed = seconds - lastSeconds;
        lastSeconds = seconds;
        float size = Size(raw);
        if (lastRaw is null || lastSmooth is null || elapsed <= 0 || elapsed > LongestGap || size <= 0)
        {
            velocities = new Vector2[raw.Points.Length];
            head.Begin(Place(raw));
            lastRaw = raw;
            return lastSmooth = raw;
        }

        FaceMesh carried = lastSmooth.Transformed(HeadMotion(lastRaw, raw));
        var points = new Vector3[raw.Points.Length];
        float velocityGain = Gain(options.SpeedCutoff, elapsed);
        for (int i = 0; i < points.Length; i++)
        {
            // Face sizes a second against the head.
            Vector2 velocity = (raw.At(i) - carried.At(i)) / (size * (float)elapsed);
            velocities[i] = Vector2.Lerp(velocities[i], velocity, velocityGain);
            float gain = Gain(options.RestCutoff + (options.CutoffPerSpeed * velocities[i].Length()), elapsed);
            points[i] = Vector3.Lerp(carried.Points[i], raw.Points[i], gain);
        }

        lastRaw = raw;
        lastSmooth = raw with { Points = points };
        Vector2 correction = head.Correction((float)elapsed, Place(raw), size);
        return lastSmooth.Transformed(new(1, 0, correction.X, correction.Y));
    }

    /// <summary>Middle of the points that hardly move against the head, pixels.</summary>
    private static Vector2 Place(FaceMesh mesh)
    {
        Vector2 sum = Vector2.Zero;
        foreach (int index in HeadModel.Indices)
        {
            sum += mesh.At(index);
        }

        return sum / HeadModel.Indices.Count;
    }

    /// <summary>Outer eye corners to chin, pixels: neither speech nor blinks change it much.</summary>
    private static float Size(FaceMesh mesh) => Vector2.Distance(
        mesh.At(MeshTopology.Chin),
        (mesh.At(MeshTopology.ImageLeftEyeOuterCorner) + mesh.At(MeshTopology.ImageRightEyeOuterCorner)) / 2);

    private static SimilarityTransform HeadMotion(FaceMesh from, FaceMesh to) =>
        SimilarityTransform.Fit(MeshTopology.Select(from, HeadModel.Indices), MeshTopology.Select(to, HeadModel.Indices));

    /// <summary>Share of the new value in a first-order low-pass.</summary>
    private static float Gain(double cutoff, double elapsed)
    {
        double tau = 1 / (2 * Math.PI * cutoff);
        return (float)(1 / (1 + (tau / elapsed)));
    }
}
