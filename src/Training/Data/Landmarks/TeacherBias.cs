using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>
/// How the teacher's mesh and the truth of rendered pictures differ on average: by convention (which spot of a corner is "the corner") and by the teacher's habits. Known,
/// it lets the truth correct the mesh without moving its points to other spots, and gives real pictures 68 points.
/// </summary>
internal sealed class TeacherBias
{
    // Truth and teacher farther apart than this mean share of the eye distance, convention apart: the teacher has lost the face. Its own error is 1 to 4 %.
    private const float Lost = 0.08f;

    /// <summary>The teacher's score from which it holds a face at all.</summary>
    internal const float Held = 0.5f;

    // The score from which habits are measured, and the turn up to which conventions are measured.
    internal const float Trusted = 0.8f;
    internal const float FacingDegrees = 30;

    // The lid margin's points that have a partner among the 68: place in MeshTopology.ImageLeftEye and ImageRightEye, and index of the 68. Corners, two upper, two lower.
    private static readonly (int Ring, int Image68Left, int Image68Right)[] Lids = [(0, 36, 45), (3, 41, 46), (5, 40, 47), (8, 39, 42), (11, 38, 43), (13, 37, 44)];

    private static readonly bool[] LidMargin = [.. Enumerable.Range(0, FaceMesh.PointCount).Select(i => MeshTopology.ImageLeftEye.Contains(i) || MeshTopology.ImageRightEye.Contains(i))];

    private readonly Vector2[] _points = new Vector2[IbugLandmarks.Count];
    private readonly Vector2[] _mesh = new Vector2[FaceMesh.PointCount];
    private readonly Vector2[] _irises = new Vector2[2];
    private readonly double _slope, _offset;

    /// <summary>Measures the bias on rendered pictures.</summary>
    public TeacherBias(IReadOnlyList<LandmarkSample> rendered)
    {
        var facing = rendered.Where(sample => sample.Mesh is { Score: > Trusted } && Math.Abs(sample.YawDegrees) < FacingDegrees).ToArray();
        int withMesh = facing.Count(sample => sample.Registration is not null);
        double n = 0, sumAspect = 0, sumOpen = 0, sumSquare = 0, sumProduct = 0;
        foreach (LandmarkSample sample in facing)
        {
            (Vector2 across, float unit) = Axis(sample.Mesh!);
            for (int i = 0; i < _points.Length; i++)
            {
                _points[i] += ToFace(sample.Landmarks![i] - sample.Mesh!.At(MeshTopology.Ibug68[i]), across) / (unit * facing.Length);
            }

            for (int i = 0; i < (sample.Registration?.Length ?? 0); i++)
            {
                _mesh[i] += ToFace(sample.Registration![i] - sample.Mesh!.At(i), across) / (unit * withMesh);
            }

            for (int eye = 0; eye < 2; eye++)
            {
                _irises[eye] += ToFace(sample.Irises![eye] - sample.Mesh!.At(IrisOf(eye)), across) / (unit * facing.Length);
                (double aspect, double open) = (Aspect(sample.Mesh!, eye), sample.Openness![eye]);
                (n, sumAspect, sumOpen, sumSquare, sumProduct) = (n + 1, sumAspect + aspect, sumOpen + open, sumSquare + (aspect * aspect), sumProduct + (aspect * open));
            }
        }

        _slope = n > 1 ? ((n * sumProduct) - (sumAspect * sumOpen)) / Math.Max((n * sumSquare) - (sumAspect * sumAspect), 1e-9) : 0;
        _offset = n > 0 ? (sumOpen - (_slope * sumAspect)) / n : 0;
    }

    /// <summary>
    /// The rendered picture's labels: the mesh for registration where the data set states it and else the teacher's, with lids and irises where the truth has them; depths are the teacher's. No mesh where the teacher has lost the face.
    /// </summary>
    public LandmarkSample Corrected(LandmarkSample sample)
    {
        FaceMesh mesh = sample.Mesh!;
        (Vector2 across, float unit) = Axis(mesh);
        float error = 0;
        for (int i = 17; i < IbugLandmarks.Count; i++)
        {
            error += Gap(sample, mesh, i, across, unit).Length() / (unit * (IbugLandmarks.Count - 17));
        }

        if (mesh.Score < Held || error > Lost)
        {
            return sample with { Mesh = null, Place = null };
        }

        Vector3[] points = [.. mesh.Points];
        for (int i = 0; i < (sample.Registration?.Length ?? 0); i++)
        {
            // The lid margin's places on the head were found through a network that follows blinks by half; the 68 points have truer lids.
            if (!LidMargin[i])
            {
                points[i] = new(sample.Registration![i], points[i].Z);
            }
        }

        for (int eye = 0; eye < 2; eye++)
        {
            IReadOnlyList<int> ring = eye == 0 ? MeshTopology.ImageLeftEye : MeshTopology.ImageRightEye;
            for (int k = 0; k < Lids.Length; k++)
            {
                // Between two points with a partner, a point of the margin moves by a mean of both.
                (int from, int to) = (Lids[k].Ring, k + 1 < Lids.Length ? Lids[k + 1].Ring : ring.Count);
                Vector2 first = Gap(sample, mesh, Of(k), across, unit), second = Gap(sample, mesh, Of((k + 1) % Lids.Length), across, unit);
                for (int i = from; i < to; i++)
                {
                    Vector2 moved = Vector2.Lerp(first, second, (i - from) / (float)(to - from));
                    points[ring[i]] += new Vector3(moved, 0);
                }
            }

            PlaceIris(points, eye, sample.Irises![eye], sample.IrisRadii![eye], across);

            int Of(int k) => eye == 0 ? Lids[k].Image68Left : Lids[k].Image68Right;
        }

        return sample with { Mesh = new(points, mesh.Score) };
    }

    /// <summary>A real picture's labels: the teacher's mesh with its habits, as far as rendered pictures show them, taken back; 68 points and lid openings derived from it.</summary>
    public LandmarkSample Completed(LandmarkSample sample)
    {
        FaceMesh mesh = sample.Mesh!;
        (Vector2 across, float unit) = Axis(mesh);
        Vector3[] points = [.. mesh.Points.Select((point, i) => LidMargin[i] ? point : Registered(sample, i, point) + new Vector3(FromFace(_mesh[i], across) * unit, 0))];
        for (int eye = 0; eye < 2; eye++)
        {
            Vector2 shift = FromFace(_irises[eye], across) * unit;
            for (int i = 0; i < 5; i++)
            {
                points[IrisOf(eye) + i] += new Vector3(shift, 0);
            }
        }

        return sample with
        {
            Mesh = new(points, mesh.Score),
            Landmarks = [.. _points.Select((bias, i) => mesh.At(MeshTopology.Ibug68[i]) + (FromFace(bias, across) * unit))],
            Openness = [(float)Math.Clamp((_slope * Aspect(mesh, 0)) + _offset, 0, 1.3), (float)Math.Clamp((_slope * Aspect(mesh, 1)) + _offset, 0, 1.3)],
        };
    }

    /// <summary>Without what is the person's own, where that is known.</summary>
    private static Vector3 Registered(LandmarkSample sample, int i, Vector3 point) => sample.Registration is { } points && i < points.Length ? new(points[i], point.Z) : point;

    /// <summary>Where the truth is from the teacher's point, convention taken away; pixels.</summary>
    private Vector2 Gap(LandmarkSample sample, FaceMesh mesh, int i, Vector2 across, float unit) =>
        sample.Landmarks![i] - mesh.At(MeshTopology.Ibug68[i]) - (FromFace(_points[i], across) * unit);

    /// <summary>Five points at the true place: the centre, then the rim toward the image's right, up, left, down of an upright face.</summary>
    private static void PlaceIris(Vector3[] points, int eye, Vector2 centre, float radius, Vector2 across)
    {
        int first = IrisOf(eye);
        Vector2 down = new(-across.Y, across.X);
        Vector2[] rim = [Vector2.Zero, across, -down, -across, down];

        // Seen from the side an iris is narrower: the teacher's rim knows by how much.
        float wide = Vector2.Distance(new(points[first + 1].X, points[first + 1].Y), new(points[first + 3].X, points[first + 3].Y));
        float high = Vector2.Distance(new(points[first + 2].X, points[first + 2].Y), new(points[first + 4].X, points[first + 4].Y));
        float narrow = Math.Clamp(wide / Math.Max(high, 1e-3f), 0.5f, 1);
        for (int i = 0; i < rim.Length; i++)
        {
            float reach = i is 1 or 3 ? radius * narrow : radius;
            Vector2 place = centre + (rim[i] * reach);
            points[first + i] = new(place, points[first + i].Z);
        }
    }

    private static int IrisOf(int eye) => eye == 0 ? MeshTopology.ImageLeftIrisCentre : MeshTopology.ImageRightIrisCentre;

    private static float Aspect(FaceMesh mesh, int eye) => eye == 0 ? MeshTopology.ImageLeftEyeAspect(mesh) : MeshTopology.ImageRightEyeAspect(mesh);

    /// <summary>Unit vector across the face, and the distance of the outer eye corners with depth, which does not shrink in profile.</summary>
    internal static (Vector2 Across, float Unit) Axis(FaceMesh mesh)
    {
        Vector2 across = mesh.At(MeshTopology.ImageRightEyeOuterCorner) - mesh.At(MeshTopology.ImageLeftEyeOuterCorner);
        return (across / Math.Max(across.Length(), 1e-3f), LandmarkTargets.EyeDistance(mesh));
    }

    private static Vector2 ToFace(Vector2 v, Vector2 across) => new(Vector2.Dot(v, across), (v.Y * across.X) - (v.X * across.Y));

    private static Vector2 FromFace(Vector2 v, Vector2 across) => (v.X * across) + (v.Y * new Vector2(-across.Y, across.X));
}
