using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// Which photo each feature is taken from. Skin comes from whichever photo sees a place best; a mouth of two halves, each from a photo with another expression, is doubled. So within a feature all texels of a photo count alike, and both brows are of one expression.
/// </summary>
internal static class FeatureChoice
{
    // A mouth whose points lie this share of the face's RMS radius from where its mirror image has them is bitten, pouted or pulled aside, and its worth falls to a third.
    private const float OddMouth = 0.06f;

    // Where a feature's points lie this many RMS radii of the face from where the best photo has them, a third of the weight is left: a raised brow blended with a frowning one is two brows.
    private const float OtherExpression = 0.03f;

    /// <summary>For each photo the weights of the four features of <see cref="FeatureMaps"/>: the best photo's 1, of each further one as much less as it is worse, and as its expression is another one.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="unrolled">Their textures.</param>
    /// <param name="worths">Of whole photos.</param>
    /// <param name="side">Of the textures.</param>
    public static Vector4[] Weights(IReadOnlyList<TexturePhoto> photos, Vector4[][] unrolled, float[] worths, int side)
    {
        Vector4[] maps = FeatureMaps.Of(side), weights = new Vector4[photos.Count];
        Vector4 whole = maps.Aggregate(Vector4.Zero, (sum, map) => sum + map);
        Vector4[] seen = [.. unrolled.Select(texels => texels.Zip(maps, (texel, map) => texel.W * map).Aggregate(Vector4.Zero, (sum, part) => sum + part) / whole)];
        Vector3[][] shapes = [.. photos.Select(photo => ShapeFit.ToMean(photo.Mesh))];
        float[] mouths = [.. photos.Select(photo => SymmetryOfMouth(photo.Mesh))];
        float[][] worth = [.. Enumerable.Range(0, FeatureMaps.Count).Select(feature => (float[])[.. photos.Select((_, photo) =>
            worths[photo] * seen[photo][feature] * seen[photo][feature] * (feature == FeatureMaps.Mouth ? mouths[photo] : 1))])];

        // One brow raised and the other in a frown are two photos' faces: the photo that shows both best says which expression, though another one with the same may show either brow better.
        int lead = Enumerable.Range(0, photos.Count).MaxBy(photo => worths[photo] * seen[photo].X * seen[photo].Y);
        for (int brow = 0; brow < FeatureMaps.Brows; brow++)
        {
            worth[brow] = [.. worth[brow].Select((one, photo) => one * Likeness(photo, lead, brow))];
        }

        for (int feature = 0; feature < FeatureMaps.Count; feature++)
        {
            int[] order = [.. Enumerable.Range(0, photos.Count).OrderByDescending(photo => worth[feature][photo])];
            for (int place = 0; place < order.Length; place++)
            {
                weights[order[place]][feature] = PhotoWorth.Share(place, worth[feature][order[place]], worth[feature][order[0]]) * Likeness(order[place], order[0], feature);
            }
        }

        return weights;

        float Likeness(int photo, int other, int feature)
        {
            float distance = Distance(shapes[photo], shapes[other], FeatureMaps.Rings[feature]) / OtherExpression;
            return MathF.Exp(-distance * distance);
        }
    }

    private static float Distance(Vector3[] shape, Vector3[] other, int[] points) =>
        MathF.Sqrt(points.Average(point => new Vector2(shape[point].X - other[point].X, shape[point].Y - other[point].Y).LengthSquared()));

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
