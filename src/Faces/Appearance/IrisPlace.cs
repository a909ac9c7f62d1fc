using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>Where an iris is in a picture: a circle, as far as faces within 40 degrees show it.</summary>
/// <param name="Centre">Pixels.</param>
/// <param name="Radius">Pixels.</param>
public readonly record struct IrisPlace(Vector2 Centre, float Radius)
{
    // In radii. How far a mesh's iris is looked for around: its error is a quarter of the radius on faces of 256 pixels (20 rendered people).
    private const float Reach = 0.35f, Step = 0.07f;

    // The dark disc and the white around it, in radii. A gap between them would be play: the disc was found 0.12 radii from its place on a drawn eye.
    private const float DiscEnd = 1, RingEnd = 1.35f;

    // Of two places that are equally dark the nearer to the mesh's; at the edge of the reach one must be darker by this share.
    private const float Doubt = 0.1f;

    // Larger irises are looked at in every other pixel, every third and so on: a few hundred pixels tell the place.
    private const float WholeRadius = 10;

    /// <summary>Mesh points of both eyes: the lids' ring, then centre and rim of the iris.</summary>
    public static IReadOnlyList<(IReadOnlyList<int> Lids, IReadOnlyList<int> Iris)> Eyes { get; } =
        [(MeshTopology.ImageLeftEye, MeshTopology.ImageLeftIris), (MeshTopology.ImageRightEye, MeshTopology.ImageRightIris)];

    /// <summary>The irises of both eyes, in the order of <see cref="Eyes"/>: the mesh's, moved to where the picture shows a dark disc in a brighter ring.</summary>
    /// <param name="pixels">Rows from the top without gaps, BGR, 8 bits.</param>
    /// <param name="width">Of the picture, pixels.</param>
    /// <param name="height">Of the picture, pixels.</param>
    /// <param name="mesh">The face's mesh in the picture's pixels.</param>
    public static IrisPlace[] Find(ReadOnlySpan<byte> pixels, int width, int height, FaceMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Length, 3 * width * height);
        var places = new IrisPlace[Eyes.Count];
        for (int i = 0; i < places.Length; i++)
        {
            var rough = Of(mesh, Eyes[i].Iris);
            places[i] = rough.Moved(Seen(pixels, width, height, MeshTopology.Select(mesh, Eyes[i].Lids), rough));
        }

        return places;
    }

    /// <summary>The iris of an eye as a mesh has it.</summary>
    /// <param name="mesh">The face, pixels.</param>
    /// <param name="iris">Mesh points: the centre, then the rim.</param>
    public static IrisPlace Of(FaceMesh mesh, IReadOnlyList<int> iris)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(iris);
        Vector2 centre = mesh.At(iris[0]);
        return new(centre, Math.Max(iris.Skip(1).Average(rim => Vector2.Distance(mesh.At(rim), centre)), 0.1f));
    }

    /// <summary>How far from the centre a point is, in radii.</summary>
    public float Radii(Vector2 point) => Vector2.Distance(point, Centre) / Radius;

    /// <summary>What lies between the lids in and around an iris: x, y in pixels, and brightness.</summary>
    private static List<Vector3> Seen(ReadOnlySpan<byte> pixels, int width, int height, Vector2[] lids, IrisPlace rough)
    {
        List<Vector3> seen = [];
        float far = Reach + RingEnd;
        int stride = Math.Max(1, (int)(rough.Radius / WholeRadius));
        Vector2 low = rough.Centre - new Vector2(far * rough.Radius), high = rough.Centre + new Vector2(far * rough.Radius);
        for (int y = Math.Max(0, (int)low.Y); y < Math.Min(height, high.Y); y += stride)
        {
            for (int x = Math.Max(0, (int)low.X); x < Math.Min(width, high.X); x += stride)
            {
                Vector2 point = new(x + 0.5f, y + 0.5f);
                if (rough.Radii(point) < far && Polygon.Contains(lids, point))
                {
                    int at = 3 * ((y * width) + x);
                    seen.Add(new(point, pixels[at] + pixels[at + 1] + pixels[at + 2]));
                }
            }
        }

        return seen;
    }

    private IrisPlace Moved(List<Vector3> seen)
    {
        IrisPlace best = this;
        float most = 0;
        const int steps = (int)(Reach / Step);
        for (int down = -steps; down <= steps; down++)
        {
            for (int along = -steps; along <= steps; along++)
            {
                Vector2 move = Step * new Vector2(along, down);
                float distance = move.LengthSquared() / (Reach * Reach);
                IrisPlace moved = this with { Centre = Centre + (Radius * move) };
                if (distance <= 1.01f && moved.Contrast(seen) * (1 - (Doubt * distance)) is var contrast && contrast > most)
                {
                    (best, most) = (moved, contrast);
                }
            }
        }

        return best;
    }

    /// <summary>How much darker the disc is than the ring around it; 0 where too little of either is seen.</summary>
    private float Contrast(List<Vector3> seen)
    {
        float disc = 0, discs = 0, ring = 0, rings = 0;
        foreach (Vector3 pixel in seen)
        {
            float radii = Radii(new(pixel.X, pixel.Y));

            // Weights without steps: else the best place jumps from frame to frame with a single pixel.
            float inside = Math.Clamp((DiscEnd - radii) * 8, 0, 1), around = Math.Clamp(Math.Min(radii - DiscEnd, RingEnd - radii) * 8, 0, 1);
            (disc, discs) = (disc + (inside * pixel.Z), discs + inside);
            (ring, rings) = (ring + (around * pixel.Z), rings + around);
        }

        return discs < 1 || rings < 0.1f * discs ? 0 : (ring / rings) - (disc / discs);
    }
}
