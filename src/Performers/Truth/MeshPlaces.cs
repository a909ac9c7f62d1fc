using System.Globalization;
using System.Numerics;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Truth;

/// <summary>
/// Where the 468 points of MediaPipe's face mesh (irises left out) lie on the heads of performers: each has a fixed place in a triangle of the head, so that the dense mesh of
/// a rendered face is known exactly.
/// </summary>
/// <remarks>The places are those at which the public mesh network finds its points, on average over renders; <c>MeshOnPerformersTests</c> chose them and holds them to it.</remarks>
public static class MeshPlaces
{
    /// <summary>Points of the mesh without its irises.</summary>
    public const int Count = 468;

    private const string Resource = "mesh-places.txt";

    private static readonly Lazy<(int A, int B, int C, Vector3 Shares)[]> Places = new(Read);

    /// <summary>The points of a posed head.</summary>
    /// <param name="posed">Who and how.</param>
    /// <returns>468 points in MediaPipe's order; camera frame, cm; hidden ones too.</returns>
    public static Vector3[] Of(PosedPerformer posed)
    {
        ArgumentNullException.ThrowIfNull(posed);
        return On(posed.Vertices);
    }

    /// <summary>The points of a head whose vertices are given.</summary>
    /// <param name="vertices">Those of the head come first.</param>
    public static Vector3[] On(ReadOnlySpan<Vector3> vertices)
    {
        var points = new Vector3[Count];
        for (int i = 0; i < points.Length; i++)
        {
            (int a, int b, int c, Vector3 shares) = Places.Value[i];
            points[i] = (vertices[a] * shares.X) + (vertices[b] * shares.Y) + (vertices[c] * shares.Z);
        }

        return points;
    }

    private static (int A, int B, int C, Vector3 Shares)[] Read()
    {
        using Stream stream = typeof(MeshPlaces).Assembly.GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        List<(int, int, int, Vector3)> places = [];
        while (reader.ReadLine() is string line)
        {
            if (!line.StartsWith('#'))
            {
                string[] parts = line.Split(' ');
                float second = Number(parts[3]), third = Number(parts[4]);
                places.Add((Index(parts[0]), Index(parts[1]), Index(parts[2]), new(1 - second - third, second, third)));
            }
        }

        return places.Count == Count ? [.. places] : throw new InvalidOperationException($"{Resource} holds {places.Count} places instead of {Count}.");

        static int Index(string text) => int.Parse(text, CultureInfo.InvariantCulture);
        static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
    }
}
