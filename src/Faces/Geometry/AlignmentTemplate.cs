using System.Numerics;

namespace VideoGaze.Faces.Geometry;

/// <summary>
/// Where five points of a face lie in an aligned square crop of side 1: eye centres, nose tip and mouth corners, left to right as seen in the image.
/// Networks are trained on one template each and fail on another.
/// </summary>
/// <param name="Name">The name models and command lines use.</param>
/// <param name="Points">Five points in [0, 1]: left eye, right eye, nose tip, left and right mouth corner, as seen in the image.</param>
public sealed record AlignmentTemplate(string Name, IReadOnlyList<Vector2> Points)
{
    /// <summary>128 px ArcFace crop used by inswapper and hyperswap; numbers from facefusion 33cc6b4.</summary>
    public static AlignmentTemplate ArcFace128 { get; } = Of("arcface_128", .36167656f, .40387734f, .63696719f, .40235469f, .50019687f, .56044219f, .38710391f, .72160547f, .61507734f, .72034453f);

    /// <summary>112 px ArcFace crop of identity networks (w600k, MobileFaceNet); numbers from facefusion 33cc6b4.</summary>
    public static AlignmentTemplate ArcFace112V2 { get; } = Of("arcface_112_v2", .34191607f, .46157411f, .65653393f, .45983393f, .500225f, .64050536f, .37097589f, .82469196f, .63151696f, .82325089f);

    /// <summary>112 px ArcFace crop of older identity networks, used by SimSwap and Ghost; numbers from facefusion 33cc6b4.</summary>
    public static AlignmentTemplate ArcFace112V1 { get; } = Of("arcface_112_v1", .35473214f, .45658929f, .64526786f, .45658929f, .5f, .61154464f, .37913393f, .776875f, .62086607f, .776875f);

    /// <summary>MTCNN crop, used by HifiFace; numbers from facefusion 33cc6b4.</summary>
    public static AlignmentTemplate Mtcnn { get; } = Of("mtcnn_512", .36562865f, .46733799f, .63305391f, .46585885f, .50019127f, .61942959f, .39032951f, .77598822f, .61178945f, .77476328f);

    /// <summary>FFHQ crop; numbers from facefusion 33cc6b4.</summary>
    public static AlignmentTemplate Ffhq { get; } = Of("ffhq_512", .37691676f, .46864664f, .62285697f, .46912813f, .50123859f, .61331904f, .39308822f, .725411f, .61150205f, .72490465f);

    /// <summary>DeepFaceLab's whole face as FaceFusion's deep swapper aligns it; numbers from facefusion 33cc6b4.</summary>
    public static AlignmentTemplate DflWholeFace { get; } = Of("dfl_whole_face", .35342266f, .39285716f, .62797622f, .39285716f, .48660713f, .5401786f, .38839287f, .68750011f, .59821427f, .68750011f);

    /// <summary>All templates by name.</summary>
    public static IReadOnlyList<AlignmentTemplate> All { get; } = [ArcFace128, ArcFace112V2, ArcFace112V1, Mtcnn, Ffhq, DflWholeFace];

    /// <summary>The template of a name, or null.</summary>
    public static AlignmentTemplate? Find(string name) => All.FirstOrDefault(template => template.Name == name);

    /// <summary>The least-squares transform from picture pixels to a crop of <paramref name="cropSize"/> pixels.</summary>
    /// <param name="fivePoints">The face's five points in picture pixels, in the order of <see cref="Points"/>.</param>
    /// <param name="cropSize">Side of the crop in pixels.</param>
    public SimilarityTransform TransformFrom(ReadOnlySpan<Vector2> fivePoints, int cropSize)
    {
        Span<Vector2> goal = stackalloc Vector2[5];
        for (int i = 0; i < goal.Length; i++)
        {
            goal[i] = Points[i] * cropSize;
        }

        return SimilarityTransform.Fit(fivePoints, goal);
    }

    private static AlignmentTemplate Of(string name, params float[] xy) =>
        new(name, [new(xy[0], xy[1]), new(xy[2], xy[3]), new(xy[4], xy[5]), new(xy[6], xy[7]), new(xy[8], xy[9])]);
}
