using System.Collections.Concurrent;
using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>Where a face's features lie in a texture: each brow with its lids, nose, mouth. They do not overlap; skin between them belongs to none.</summary>
internal static class FeatureMaps
{
    /// <summary>How many.</summary>
    public const int Count = 4;

    /// <summary>The first ones are brows.</summary>
    public const int Brows = 2;

    /// <summary>Which of them is the mouth.</summary>
    public const int Mouth = 3;

    /// <summary>The points of the mesh that each of them lies around.</summary>
    public static readonly int[][] Rings =
    [
        [.. MeshTopology.ImageLeftBrow, .. MeshTopology.ImageLeftEye],
        [.. MeshTopology.ImageRightBrow, .. MeshTopology.ImageRightEye],
        NosePlacement.Nose,
        [.. MeshTopology.OuterLips, .. MeshTopology.InnerLips],
    ];

    // The same for everybody: training makes textures by the thousand.
    private static readonly ConcurrentDictionary<int, Vector4[]> Maps = new();

    /// <summary>For each texel the shares of the four features, at most 1 together: 1 within a feature and a triangle around it, 0 a triangle farther.</summary>
    public static Vector4[] Of(int side) => Maps.GetOrAdd(side, Draw);

    private static Vector4[] Draw(int side)
    {
        var values = new Vector4[FaceLayout.PointCount];
        for (int feature = 0; feature < Count; feature++)
        {
            HashSet<int> ring = [.. Rings[feature]];
            foreach ((int a, int b, int c) in FaceLayout.Triangles.Where(triangle => ring.Contains(triangle.A) || ring.Contains(triangle.B) || ring.Contains(triangle.C)))
            {
                (values[a][feature], values[b][feature], values[c][feature]) = (1, 1, 1);
            }
        }

        MeshRaster raster = new(side);
        raster.Draw([.. FaceLayout.Places.Select(place => new Vector3(place * side, 0))], values);
        var maps = new Vector4[side * side];
        for (int i = 0; i < maps.Length; i++)
        {
            maps[i] = raster.IsDrawn(i) ? raster.Values[i] / Math.Max(1, Vector4.Dot(raster.Values[i], Vector4.One)) : Vector4.Zero;
        }

        return maps;
    }
}
