using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training.Data;

/// <summary>An aligned face with room around it for a jitter.</summary>
/// <param name="Crop">BGR, 8 bit, <see cref="IdentityFaces.Room"/> squared; the template's square is its centre.</param>
/// <param name="Person">Class of a rendered person; -1 for a real one, whose name nobody needs.</param>
internal sealed record IdentityFace(Mat Crop, int Person);

/// <summary>Everything the identity network learns from, in memory.</summary>
internal static class IdentityFaces
{
    /// <summary>Side of a kept crop in pixels.</summary>
    public const int Room = IdentityNetwork.Side + (2 * Margin);

    // Enough for a turn of 6 degrees and a shift of 5 pixels.
    private const int Margin = 12;

    // Root of the box's area in pixels: below it a crop of 112 is mostly blur.
    private const double LeastFace = 36;

    /// <summary>Rendered people, numbered from 0 in order of appearance; folder and name of each go with them.</summary>
    public static (List<IdentityFace> Faces, IReadOnlyList<string> People) Rendered(IEnumerable<string> labels)
    {
        var people = new Dictionary<string, int>();
        var faces = new List<IdentityFace>();
        foreach (RenderedFace face in RenderedFaces.Load(labels))
        {
            using Mat picture = face.Decode();
            people.TryAdd(face.Person, people.Count);
            faces.Add(new(Cut(picture, face.FivePoints), people[face.Person]));
        }

        return (faces, [.. people.Keys]);
    }

    /// <summary>The faces of frame sets that are certain and large enough, and their rows by clip or photo.</summary>
    public static (List<IdentityFace> Faces, List<int[]> Sources) Real(IEnumerable<string> frameSets)
    {
        var faces = new List<IdentityFace>();
        var sources = new List<string>();
        foreach (string folder in frameSets)
        {
            foreach (KnownFrame frame in FrameSet.Load(folder))
            {
                faces.AddRange(frame.Faces.Where(face => face.Certain && Math.Sqrt(face.Box.Area) >= LeastFace).Select(face => new IdentityFace(Cut(frame.Picture, face.Points), -1)));
                sources.AddRange(Enumerable.Repeat(frame.Source, faces.Count - sources.Count));
                frame.Picture.Dispose();
            }
        }

        return (faces, [.. Enumerable.Range(0, faces.Count).GroupBy(row => sources[row]).Select(rows => rows.ToArray())]);
    }

    /// <summary>The template's square of a kept crop, moved as asked.</summary>
    public static Mat View(Mat crop, SimilarityTransform jitter) =>
        CropWarp.Warp(crop, new SimilarityTransform(1, 0, -Margin, -Margin).Then(jitter), IdentityNetwork.Side);

    /// <summary>Planes in [-1, 1] as identity networks want them.</summary>
    public static void ToPlanes(Mat view, Span<float> planes)
    {
        Pixels.ToPlanes(view, planes);
        foreach (ref float value in planes)
        {
            value = (2 * value) - 1;
        }
    }

    private static Mat Cut(Mat picture, System.Numerics.Vector2[] points) =>
        CropWarp.Warp(picture, AlignmentTemplate.ArcFace112V2.TransformFrom(points, IdentityNetwork.Side).Then(new(1, 0, Margin, Margin)), Room);
}
