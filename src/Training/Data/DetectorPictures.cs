using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Everything the detector learns from, in memory.</summary>
/// <param name="Rendered">Pictures of rendered people.</param>
/// <param name="Sources">Real frames by clip, so that a long clip counts no more than a short one.</param>
internal sealed record DetectorPictures(IReadOnlyList<RenderedFace> Rendered, IReadOnlyList<IReadOnlyList<KnownFrame>> Sources)
{
    /// <summary>Reads all of it.</summary>
    public static DetectorPictures Load(IEnumerable<string> labels, IEnumerable<string> frameSets) => new(
        RenderedFaces.Load(labels),
        [.. frameSets.SelectMany(FrameSet.Load).GroupBy(frame => frame.Source).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (IReadOnlyList<KnownFrame>)[.. group])]);

    /// <summary>The box that the teacher draws around a face of these landmarks, so that rendered and real faces teach the same box.</summary>
    /// <remarks>
    /// Medians of YuNet's edges on 137 rendered faces in units of the landmarks' bounding rectangle: it differs at the forehead only, which the 68 points leave out.
    /// </remarks>
    public static FaceBox BoxOf(ReadOnlySpan<Vector2> landmarks68)
    {
        Vector2 least = landmarks68[0], most = landmarks68[0];
        foreach (Vector2 point in landmarks68)
        {
            least = Vector2.Min(least, point);
            most = Vector2.Max(most, point);
        }

        Vector2 size = most - least;
        float left = least.X + (LeftEdge * size.X), top = least.Y + (TopEdge * size.Y);
        return new(left, top, least.X + (RightEdge * size.X) - left, least.Y + (BottomEdge * size.Y) - top);
    }

    private const float LeftEdge = 0f, TopEdge = -0.236f, RightEdge = 1f, BottomEdge = 1.004f;
}
