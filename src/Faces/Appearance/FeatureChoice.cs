using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Which photo each feature is taken from. Skin comes from whichever photo sees a place best; a mouth of two halves, each from a photo with another expression, is doubled. So within a feature all texels of a photo count alike.
/// </summary>
internal static class FeatureChoice
{
    // A mouth whose points lie this share of the face's RMS radius from where its mirror image has them is bitten, pouted or pulled aside, and its worth falls to a third.
    private const float OddMouth = 0.06f;

    /// <summary>For each photo the weights of the four features of <see cref="FeatureMaps"/>: the best photo's about 1, each further one's a twentieth of the one before.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="unrolled">Their textures.</param>
    /// <param name="worths">Of whole photos.</param>
    /// <param name="side">Of the textures.</param>
    /// <param name="next">Share of the next photo.</param>
    public static Vector4[] Weights(IReadOnlyList<TexturePhoto> photos, Vector4[][] unrolled, float[] worths, int side, float next)
    {
        Vector4[] maps = FeatureMaps.Of(side), weights = new Vector4[photos.Count];
        Vector4 whole = maps.Aggregate(Vector4.Zero, (sum, map) => sum + map);
        Vector4[] seen = [.. unrolled.Select(texels => texels.Zip(maps, (texel, map) => texel.W * map).Aggregate(Vector4.Zero, (sum, part) => sum + part) / whole)];
        float[] mouths = [.. photos.Select(photo => SymmetryOfMouth(photo.Mesh))];
        for (int feature = 0; feature < FeatureMaps.Count; feature++)
        {
            float share = 1;
            foreach (int photo in Enumerable.Range(0, photos.Count).OrderByDescending(photo => worths[photo] * seen[photo][feature] * seen[photo][feature] * (feature == FeatureMaps.Mouth ? mouths[photo] : 1)))
            {
                weights[photo][feature] = share;
                share *= next;
            }
        }

        return weights;
    }

    private static float SymmetryOfMouth(FaceMesh mesh)
    {
        Vector3[] shape = ShapeFit.ToMean(mesh);
        float distance = MeshTopology.OuterLips.Average(point =>
        {
            Vector3 other = shape[MeshTopology.Mirror(point)];
            return new Vector2(shape[point].X + other.X, shape[point].Y - other.Y).Length();
        });
        return MathF.Exp(-(distance / OddMouth) * (distance / OddMouth));
    }
}
