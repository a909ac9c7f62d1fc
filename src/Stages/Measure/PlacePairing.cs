using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Gaze;

namespace VideoGaze.Stages.Measure;

/// <summary>Finds out which face of one picture is which of another that shows the same scene, maybe at another size.</summary>
internal static class PlacePairing
{
    // Two boxes around one head by one detector overlap by 0.7 and more; two heads side by side by less than 0.1.
    private const float LeastOverlap = 0.2f;

    /// <summary>A box in parts of the picture's width and height.</summary>
    public static FaceBox Normalise(FaceBox box, int width, int height) => new(box.X / width, box.Y / height, box.Width / width, box.Height / height);

    /// <summary>The faces of a frame as boxes around their meshes, in parts of the frame's width and height.</summary>
    public static List<FaceBox> Boxes(SightedFrame frame) =>
        [.. frame.Faces.Select(face => Normalise(GazeStage.BoundsOf(face.Mesh, SimilarityTransform.Identity), frame.Width, frame.Height))];

    /// <summary>To each box of the first picture the index of its match in the second, or -1; best overlap first, each used once.</summary>
    public static int[] Match(IReadOnlyList<FaceBox> first, IReadOnlyList<FaceBox> second)
    {
        int[] match = new int[first.Count];
        Array.Fill(match, -1);
        var pairs = new List<(float Overlap, int First, int Second)>();
        for (int i = 0; i < first.Count; i++)
        {
            for (int k = 0; k < second.Count; k++)
            {
                float overlap = first[i].IntersectionOverUnion(second[k]);
                if (overlap >= LeastOverlap)
                {
                    pairs.Add((overlap, i, k));
                }
            }
        }

        var taken = new HashSet<int>();
        foreach ((_, int i, int k) in pairs.OrderByDescending(pair => pair.Overlap))
        {
            if (match[i] < 0 && taken.Add(k))
            {
                match[i] = k;
            }
        }

        return match;
    }
}
