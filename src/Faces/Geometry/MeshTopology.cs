using System.Numerics;

namespace VideoGaze.Faces.Geometry;

/// <summary>
/// Named index sets of the 478-point MediaPipe mesh. "Image-left" and "image-right" are as seen in the picture of a facing person:
/// the image-left eye is the person's right eye. Index numbers are MediaPipe's (face mesh with attention, 2021).
/// </summary>
public static class MeshTopology
{
    /// <summary>The face's outline, 36 points, clockwise on a screen from the top of the forehead.</summary>
    public static IReadOnlyList<int> FaceOval { get; } =
    [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
    ];

    /// <summary>Lid margin of the image-left eye (the person's right): a closed ring of 16 points, lower lid from the outer corner to the inner, then the upper lid back.</summary>
    public static IReadOnlyList<int> ImageLeftEye { get; } = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246];

    /// <summary>Lid margin of the image-right eye (the person's left), in the mirrored order of <see cref="ImageLeftEye"/>.</summary>
    public static IReadOnlyList<int> ImageRightEye { get; } = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466];

    /// <summary>Outer corner of the image-left eye (the person's right).</summary>
    public const int ImageLeftEyeOuterCorner = 33;

    /// <summary>Inner corner of the image-left eye (the person's right).</summary>
    public const int ImageLeftEyeInnerCorner = 133;

    /// <summary>Inner corner of the image-right eye (the person's left).</summary>
    public const int ImageRightEyeInnerCorner = 362;

    /// <summary>Outer corner of the image-right eye (the person's left).</summary>
    public const int ImageRightEyeOuterCorner = 263;

    /// <summary>Pairs (upper, lower) of lid points across the image-left eye (the person's right), for the eye aspect ratio.</summary>
    public static IReadOnlyList<(int Upper, int Lower)> ImageLeftLids { get; } = [(159, 145), (158, 153), (160, 144)];

    /// <summary>Pairs (upper, lower) of lid points across the image-right eye (the person's left), for the eye aspect ratio.</summary>
    public static IReadOnlyList<(int Upper, int Lower)> ImageRightLids { get; } = [(386, 374), (385, 380), (387, 373)];

    /// <summary>Centre of the image-left iris (the person's right).</summary>
    public const int ImageLeftIrisCentre = 468;

    /// <summary>Centre of the image-right iris (the person's left).</summary>
    public const int ImageRightIrisCentre = 473;

    /// <summary>Image-left iris (the person's right): its centre, then four points on its rim.</summary>
    public static IReadOnlyList<int> ImageLeftIris { get; } = [468, 469, 470, 471, 472];

    /// <summary>Image-right iris (the person's left): its centre, then four points on its rim.</summary>
    public static IReadOnlyList<int> ImageRightIris { get; } = [473, 474, 475, 476, 477];

    /// <summary>Image-left brow (the person's right): a closed ring, upper edge from the temple to the nose, then the lower edge back.</summary>
    public static IReadOnlyList<int> ImageLeftBrow { get; } = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46];

    /// <summary>Image-right brow (the person's left), in the mirrored order of <see cref="ImageLeftBrow"/>.</summary>
    public static IReadOnlyList<int> ImageRightBrow { get; } = [300, 293, 334, 296, 336, 285, 295, 282, 283, 276];

    /// <summary>Outer edge of the lips: a closed ring from the image-left corner along the lower lip, back along the upper.</summary>
    public static IReadOnlyList<int> OuterLips { get; } = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];

    /// <summary>Inner edge of the lips (the mouth's opening), in the order of <see cref="OuterLips"/>.</summary>
    public static IReadOnlyList<int> InnerLips { get; } = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191];

    /// <summary>Tip of the nose.</summary>
    public const int NoseTip = 4;

    /// <summary>Image-left corner of the mouth (the person's right).</summary>
    public const int ImageLeftMouthCorner = 61;

    /// <summary>Image-right corner of the mouth (the person's left).</summary>
    public const int ImageRightMouthCorner = 291;

    /// <summary>Lowest point of the chin.</summary>
    public const int Chin = 152;

    /// <summary>
    /// The mesh points nearest to the 68 of the iBUG scheme, in its order: jaw, image-left brow, image-right brow, nose bridge, nose base, image-left eye,
    /// image-right eye, outer lips, inner lips. Chosen by least mean distance to the true 68 points of six rendered people (1 to 4 % of the distance of the
    /// outer eye corners, 5 to 9 % along the jaw, which is taken from <see cref="FaceOval"/>).
    /// </summary>
    public static IReadOnlyList<int> Ibug68 { get; } =
    [
        127, 234, 93, 132, 172, 150, 149, 148, 152, 377, 378, 379, 397, 361, 323, 454, 356,
        70, 63, 105, 66, 107,
        336, 296, 334, 293, 300,
        168, 197, 195, 4,
        240, 97, 2, 326, 460,
        33, 160, 158, 133, 153, 144,
        362, 385, 387, 263, 373, 380,
        61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91,
        78, 81, 13, 311, 308, 402, 14, 178,
    ];

    /// <summary>Points on the plane of symmetry, ascending; each is its own mirror image.</summary>
    public static IReadOnlyList<int> Midline { get; } =
        [0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 94, 151, 152, 164, 168, 175, 195, 197, 199, 200];

    private static readonly int[] Mirrors = BuildMirrors();

    /// <summary>
    /// The point that takes a point's place when the picture is mirrored. Measured: for each point of meshes of mirrored pictures, the nearest of the
    /// mesh of the picture itself (128 frames, six people; every pair agreed both ways).
    /// </summary>
    public static int Mirror(int index) => Mirrors[index];

    /// <summary>The mesh of the mirrored picture.</summary>
    /// <param name="mesh">Pixels.</param>
    /// <param name="width">Width of the picture, pixels.</param>
    public static FaceMesh Mirrored(FaceMesh mesh, float width)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        var points = new Vector3[mesh.Points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            Vector3 other = mesh.Points[Mirrors[i]];
            points[i] = other with { X = width - other.X };
        }

        return new(points, mesh.Score)
        {
            Landmarks68 = mesh.Landmarks68 is { } landmarks ? [.. landmarks.Select((_, i) => new Vector2(width - landmarks[IbugLandmarks.Mirror(i)].X, landmarks[IbugLandmarks.Mirror(i)].Y))] : null,
        };
    }

    /// <summary>
    /// The five points that alignment templates name: eye centres, nose tip, mouth corners, left to right in the image. Eye centres are the mean of
    /// the lid margin and so do not move with the iris; a blink moves them by half the lid's way.
    /// </summary>
    public static Vector2[] FivePoints(FaceMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        return
        [
            Mean(mesh, ImageLeftEye),
            Mean(mesh, ImageRightEye),
            mesh.At(NoseTip),
            mesh.At(ImageLeftMouthCorner),
            mesh.At(ImageRightMouthCorner),
        ];
    }

    /// <summary>Lid distance over eye width of the image-left eye (the person's right): about 0.3 open, below 0.1 shut.</summary>
    public static float ImageLeftEyeAspect(FaceMesh mesh) => EyeAspect(mesh, ImageLeftLids, ImageLeftEyeOuterCorner, ImageLeftEyeInnerCorner);

    /// <summary>Lid distance over eye width of the image-right eye (the person's left): about 0.3 open, below 0.1 shut.</summary>
    public static float ImageRightEyeAspect(FaceMesh mesh) => EyeAspect(mesh, ImageRightLids, ImageRightEyeOuterCorner, ImageRightEyeInnerCorner);

    /// <summary>The points of an index set, for polygons and hulls.</summary>
    public static Vector2[] Select(FaceMesh mesh, IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(indices);
        var points = new Vector2[indices.Count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = mesh.At(indices[i]);
        }

        return points;
    }

    private static int[] BuildMirrors()
    {
        // Outside the plane of symmetry, points of the person's right half come first, those of the left half follow from 248 on in the same order.
        const int firstLeft = 248;
        const int irises = 468;
        var mirrors = new int[FaceMesh.PointCount];
        int left = firstLeft;
        for (int i = 0; i < firstLeft; i++)
        {
            int other = Midline.Contains(i) ? i : left++;
            mirrors[i] = other;
            mirrors[other] = i;
        }

        // Centre, then the rim: toward the image's right, up, left, down in both irises, so right and left change places.
        ReadOnlySpan<int> rim = [0, 3, 2, 1, 4];
        for (int i = 0; i < rim.Length; i++)
        {
            mirrors[irises + i] = irises + rim.Length + rim[i];
            mirrors[irises + rim.Length + rim[i]] = irises + i;
        }

        return mirrors;
    }

    private static Vector2 Mean(FaceMesh mesh, IReadOnlyList<int> indices)
    {
        Vector2 sum = Vector2.Zero;
        for (int i = 0; i < indices.Count; i++)
        {
            sum += mesh.At(indices[i]);
        }

        return sum / indices.Count;
    }

    private static float EyeAspect(FaceMesh mesh, IReadOnlyList<(int Upper, int Lower)> lids, int outer, int inner)
    {
        float width = Vector2.Distance(mesh.At(outer), mesh.At(inner));
        float gap = 0;
        for (int i = 0; i < lids.Count; i++)
        {
            gap += Vector2.Distance(mesh.At(lids[i].Upper), mesh.At(lids[i].Lower));
        }

        return width > 0 ? gap / lids.Count / width : 0;
    }
}
