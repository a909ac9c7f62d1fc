using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Stages.Align;

/// <summary>
/// Steadies a mesh in time without dragging it: the one-euro filter (Casiez, Roussel, Vogel, CHI 2012), a low-pass whose cutoff rises with speed.
/// Works in units of the face's size, so that near and far faces are treated alike. One smoother a track; frames in order.
/// </summary>
internal sealed class LandmarkSmoother
{
    // Cutoff of a face at rest, Hz: network noise of a still face is white, its movements are slower than this.
    private const double RestCutoff = 2.0;

    // Hz added for each face size a second. A talking head moves its mouth at about one face size a second, which then passes at 12 Hz, unhindered at 25 to 30 frames a second.
    private const double CutoffPerSpeed = 10.0;

    // Cutoff of the speed estimate itself, Hz.
    private const double SpeedCutoff = 4.0;

    private Vector3[]? smooth;
    private Vector2[]? speed;
    private double lastSeconds;

    /// <summary>The steadied mesh of the next frame.</summary>
    public FaceMesh Next(double seconds, FaceMesh raw)
    {
        double elapsed = seconds - lastSeconds;
        lastSeconds = seconds;

        // Size: outer eye corners to chin, which neither speech nor blinks change much.
        float size = Vector2.Distance(raw.At(MeshTopology.Chin), (raw.At(MeshTopology.ImageLeftEyeOuterCorner) + raw.At(MeshTopology.ImageRightEyeOuterCorner)) / 2);
        if (smooth is null || speed is null || elapsed <= 0 || elapsed > 0.5 || size <= 0)
        {
            smooth = [.. raw.Points];
            speed = new Vector2[raw.Points.Length];
            return raw;
        }

        var next = new Vector3[raw.Points.Length];
        float speedGain = Gain(SpeedCutoff, elapsed);
        for (int i = 0; i < next.Length; i++)
        {
            Vector2 before = new(smooth[i].X, smooth[i].Y);
            Vector2 moved = (raw.At(i) - before) / (size * (float)elapsed);
            speed[i] = Vector2.Lerp(speed[i], moved, speedGain);
            float gain = Gain(RestCutoff + (CutoffPerSpeed * speed[i].Length()), elapsed);
            next[i] = Vector3.Lerp(smooth[i], raw.Points[i], gain);
        }

        smooth = next;
        return raw with { Points = next };
    }

    /// <summary>Share of the new value in a first-order low-pass.</summary>
    private static float Gain(double cutoff, double elapsed)
    {
        double tau = 1 / (2 * Math.PI * cutoff);
        return (float)(1 / (1 + (tau / elapsed)));
    }
}
