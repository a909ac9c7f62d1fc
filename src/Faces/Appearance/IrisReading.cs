using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>What colour the irises have in one picture, beside the whites of the same eyes: both stand in the same light, so their ratio is the person's in every light.</summary>
/// <param name="Iris">Of both irises without pupils the median, or where they are small a darker rank: blue, green, red in [0, 1].</param>
/// <param name="White">Median over the brighter half of what else lies between the lids: blue, green, red in [0, 1].</param>
public readonly record struct IrisReading(Vector3 Iris, Vector3 White)
{
    /// <summary>Least radius in pixels that a photo's iris is read at.</summary>
    public const float PhotoRadius = 2.5f;

    // In irises of fewer pixels of radius white and lids mix in, never what is darker: their medians are too bright by .07 (five photos of each of 20 rendered people, root mean square .15), this share from the dark end by .02 (.125).
    private const float SmallRadius = 5, DarkerShare = 0.35f;

    // In radii of the iris. Pupils take a third to half of it, and the rim is dark in every eye. White begins beyond the rim's blur; further out lies the corner's red flesh.
    private const float PupilEnd = 0.45f, RimStart = 0.85f, WhiteStart = 1.2f, WhiteEnd = 2.5f;

    // Of the ring's area, and of the white's beside the ring's: in eyes that show less, lashes and lids are most of what is seen.
    private const float LeastSeen = 0.4f, LeastWhite = 0.25f;

    // The white of an eye in deep shadow is a tenth as bright as paper; what is darker is noise.
    private const float Darkest = 0.04f;

    // Brightness beside the white's: what comes nearer is as a rule a lid, or a lens that mirrors. The palest irises of twenty rendered people have 0.8 (two of them) and are refused with it.
    private const float Brightest = 0.75f;

    /// <summary>The iris as a share of the white: blue, green, red in [0, 1]. About .25, .3, .45 brown, .75, .73, .65 pale blue (rendered people, true places of their irises).</summary>
    public Vector3 Share => Vector3.Clamp(Iris / Vector3.Max(White, new(Darkest)), Vector3.Zero, Vector3.One);

    /// <summary>Looks at both eyes of a face.</summary>
    /// <param name="pixels">Rows from the top without gaps, BGR, 8 bits.</param>
    /// <param name="width">Of the picture, pixels.</param>
    /// <param name="height">Of the picture, pixels.</param>
    /// <param name="mesh">The face's mesh in the picture's pixels.</param>
    /// <param name="places">Of its irises (<see cref="IrisPlace.Find"/>).</param>
    /// <param name="leastRadius">Smaller irises are not looked at, pixels.</param>
    /// <returns>Null where too little of an iris or of a white is seen: shut and narrow eyes, small faces.</returns>
    public static IrisReading? Of(ReadOnlySpan<byte> pixels, int width, int height, FaceMesh mesh, IReadOnlyList<IrisPlace> places, float leastRadius)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(places);
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Length, 3 * width * height);
        List<Vector3> irises = [], whites = [];
        float largest = 0;
        for (int i = 0; i < places.Count; i++)
        {
            IrisPlace place = places[i];
            if (place.Radius < leastRadius)
            {
                continue;
            }

            (List<Vector3> iris, List<Vector3> white) = Seen(pixels, width, height, MeshTopology.Select(mesh, IrisPlace.Eyes[i].Lids), place);
            float ring = MathF.PI * ((RimStart * RimStart) - (PupilEnd * PupilEnd)) * place.Radius * place.Radius;
            if (iris.Count >= LeastSeen * ring && white.Count >= LeastWhite * ring)
            {
                irises.AddRange(iris);
                whites.AddRange(white);
                largest = Math.Max(largest, place.Radius);
            }
        }

        if (irises.Count == 0)
        {
            return null;
        }

        // The darker half lies in the lids' shadow, or is a lash, or skin: skin lacks blue, so that the least part tells it from white.
        whites.Sort((a, b) => Least(b).CompareTo(Least(a)));
        IrisReading reading = new(Ranked(irises, largest < SmallRadius ? DarkerShare : 0.5f), Median(whites[..((whites.Count + 1) / 2)]));
        return Sum(reading.Iris) <= Brightest * Sum(reading.White) && Sum(reading.White) > 3 * Darkest ? reading : null;
    }

    /// <summary>What several photos of one person say together: the median share. Null where none was read.</summary>
    public static Vector3? UsualShare(IEnumerable<IrisReading> readings)
    {
        List<Vector3> shares = [.. readings.Select(reading => reading.Share)];
        return shares.Count > 0 ? Median(shares) : null;
    }

    private static (List<Vector3> Iris, List<Vector3> White) Seen(ReadOnlySpan<byte> pixels, int width, int height, Vector2[] lids, IrisPlace place)
    {
        List<Vector3> iris = [], white = [];
        FaceBox box = Polygon.Bounds(lids);
        for (int y = Math.Max(0, (int)box.Y); y < Math.Min(height, box.Y + box.Height); y++)
        {
            for (int x = Math.Max(0, (int)box.X); x < Math.Min(width, box.X + box.Width); x++)
            {
                Vector2 point = new(x + 0.5f, y + 0.5f);
                float radii = place.Radii(point);
                if (radii is (> PupilEnd and < RimStart) or (> WhiteStart and < WhiteEnd) && Polygon.Contains(lids, point))
                {
                    int at = 3 * ((y * width) + x);
                    (radii < RimStart ? iris : white).Add(new Vector3(pixels[at], pixels[at + 1], pixels[at + 2]) / 255);
                }
            }
        }

        return (iris, white);
    }

    private static float Sum(Vector3 colour) => colour.X + colour.Y + colour.Z;

    private static float Least(Vector3 colour) => Math.Min(colour.X, Math.Min(colour.Y, colour.Z));

    private static Vector3 Median(List<Vector3> colours) => Ranked(colours, 0.5f);

    /// <summary>In each colour the value that this share of all stays below.</summary>
    private static Vector3 Ranked(List<Vector3> colours, float share)
    {
        return new(Of(colour => colour.X), Of(colour => colour.Y), Of(colour => colour.Z));

        float Of(Func<Vector3, float> part)
        {
            float[] values = [.. colours.Select(part)];
            Array.Sort(values);
            return values[(int)(share * values.Length)];
        }
    }
}
