using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Tests.Blend;

/// <summary>A flat face of known geometry: the oval is an ellipse 0.75 as wide as high, eyes, brows and lips are small ellipses on it.</summary>
internal sealed class FaceStandIn
{
    /// <summary>Middle of the oval, frame pixels.</summary>
    public Vector2 Centre { get; init; } = new(160, 120);

    /// <summary>Height of the oval in frame pixels.</summary>
    public float Height { get; init; } = 120;

    /// <summary>Turn of the head in degrees.</summary>
    public float Yaw { get; init; }

    /// <summary>Tilt in the image in degrees, clockwise on a screen.</summary>
    public float Tilt { get; init; }

    /// <summary>Half the distance of the lids, in face heights.</summary>
    public float Lids { get; init; } = 0.03f;

    /// <summary>Radius of the irises in frame pixels.</summary>
    public float Iris { get; init; }

    /// <summary>How far the mesh's irises lie from the middles of the eyes, frame pixels.</summary>
    public Vector2 IrisShift { get; init; }

    public int Track { get; init; } = 1;

    public int CropSize { get; init; } = 96;

    public FaceMesh Mesh()
    {
        var points = new Vector3[FaceMesh.PointCount];
        Array.Fill(points, At(0, 0));
        Ring(points, MeshTopology.FaceOval, 0, 0, 0.375f, 0.5f, -90);
        Ring(points, MeshTopology.ImageLeftEye, -0.16f, -0.1f, 0.07f, Lids, 180);
        Ring(points, MeshTopology.ImageRightEye, 0.16f, -0.1f, 0.07f, Lids, 0);
        Ring(points, MeshTopology.ImageLeftBrow, -0.16f, -0.2f, 0.09f, 0.02f, 180);
        Ring(points, MeshTopology.ImageRightBrow, 0.16f, -0.2f, 0.09f, 0.02f, 0);
        Ring(points, MeshTopology.OuterLips, 0, 0.25f, 0.13f, 0.06f, 180);
        Ring(points, MeshTopology.InnerLips, 0, 0.25f, 0.1f, 0.01f, 180);
        points[MeshTopology.NoseTip] = At(0, 0.08f);
        points[MeshTopology.ImageLeftEyeOuterCorner] = At(-0.23f, -0.1f);
        points[MeshTopology.ImageLeftEyeInnerCorner] = At(-0.09f, -0.1f);
        points[MeshTopology.ImageRightEyeOuterCorner] = At(0.23f, -0.1f);
        points[MeshTopology.ImageRightEyeInnerCorner] = At(0.09f, -0.1f);
        Irises(points, MeshTopology.ImageLeftIris, -0.16f);
        Irises(points, MeshTopology.ImageRightIris, 0.16f);
        return new(points, 1);
    }

    /// <summary>From frame pixels to a crop twice as wide as the face is high.</summary>
    public SimilarityTransform ToCrop()
    {
        double scale = CropSize / (1.6 * Height);
        double angle = -Tilt * Math.PI / 180;
        double a = scale * Math.Cos(angle), b = scale * Math.Sin(angle);
        return new(a, b, (CropSize / 2.0) - ((a * Centre.X) - (b * Centre.Y)), (CropSize / 2.0) - ((b * Centre.X) + (a * Centre.Y)));
    }

    /// <summary>The face of a frame as a generator would give it back.</summary>
    /// <param name="pool">Lends everything.</param>
    /// <param name="frame">Its crop is cut here.</param>
    /// <param name="generator">Changes the crop's picture; null is the identity.</param>
    /// <param name="mask">Fills the learned mask; null is 255 everywhere.</param>
    public SwappedFace Swapped(PixelPool pool, PixelBuffer frame, Action<Mat>? generator = null, Action<Mat>? mask = null)
    {
        PixelBuffer crop = pool.Rent(new PixelSpec(CropSize, CropSize, PixelFormat.Bgr24));
        FramePixels.WarpToBgr(frame, Pixels.Pictures.Hd, ToCrop(), crop);
        PixelBuffer face = pool.Rent(crop.Spec);
        crop.Bytes.CopyTo(face.Bytes);
        PixelBuffer learned = pool.Rent(new PixelSpec(CropSize, CropSize, PixelFormat.Gray8));
        learned.Bytes.Fill(255);
        using (Mat view = PlaneView.Of(face))
        {
            generator?.Invoke(view);
        }

        using (Mat view = PlaneView.Of(learned))
        {
            mask?.Invoke(view);
        }

        FaceMesh mesh = Mesh();
        var detected = new DetectedFace(Polygon.Bounds(MeshTopology.Select(mesh, MeshTopology.FaceOval)), MeshTopology.FivePoints(mesh), 1);
        return new SwappedFace(new AlignedFace(new TrackedFace(Track, detected, true), mesh, mesh, ToCrop(), crop), face, learned);
    }

    private void Irises(Vector3[] points, IReadOnlyList<int> iris, float x)
    {
        Vector3 centre = At(x, -0.1f) + new Vector3(IrisShift, 0);
        points[iris[0]] = centre;
        ReadOnlySpan<Vector3> rim = [Vector3.UnitX, -Vector3.UnitY, -Vector3.UnitX, Vector3.UnitY];
        for (int i = 0; i < rim.Length; i++)
        {
            points[iris[i + 1]] = centre + (Iris * rim[i]);
        }
    }

    private void Ring(Vector3[] points, IReadOnlyList<int> ring, float x, float y, float radiusX, float radiusY, float startDegrees)
    {
        for (int i = 0; i < ring.Count; i++)
        {
            float angle = (startDegrees * MathF.PI / 180) + (2 * MathF.PI * i / ring.Count);
            points[ring[i]] = At(x + (radiusX * MathF.Cos(angle)), y + (radiusY * MathF.Sin(angle)));
        }
    }

    /// <summary>A place on the face, in face heights from its middle, turned by yaw and tilt.</summary>
    private Vector3 At(float x, float y)
    {
        (float sinYaw, float cosYaw) = MathF.SinCos(Yaw * MathF.PI / 180);
        (float sin, float cos) = MathF.SinCos(Tilt * MathF.PI / 180);
        float across = x * Height * cosYaw, down = y * Height;
        return new(Centre.X + (cos * across) - (sin * down), Centre.Y + (sin * across) + (cos * down), x * Height * sinYaw);
    }
}
