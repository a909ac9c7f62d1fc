using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Pictures for the mask recipe.</summary>
/// <param name="All">Every picture that has a class mask.</param>
/// <param name="Covered">Those of them on which something lies over the face.</param>
internal sealed record MaskPictures(IReadOnlyList<RenderedFace> All, IReadOnlyList<RenderedFace> Covered)
{
    // Pixels of spectacles or of an occluder from which a picture counts as covered; a thin frame far away has as many.
    private const int LeastCover = 25;

    /// <summary>Reads label files.</summary>
    /// <exception cref="UserFacingException">A file cannot be read, or no picture has a mask.</exception>
    public static MaskPictures Load(IEnumerable<string> labels)
    {
        List<string> files = [.. labels];
        List<RenderedFace> all = [.. RenderedFaces.Load(files).Where(face => face.EncodedMask is not null)];
        return all.Count > 0
            ? new(all, [.. all.Where(IsCovered)])
            : throw new UserFacingException(FailureKind.InputUnreadable, $"No picture of {string.Join(", ", files)} has a mask; name label files of a data set that videogaze perform --dataset wrote.");
    }

    private static bool IsCovered(RenderedFace face)
    {
        using Mat classes = Cv2.ImDecode(face.EncodedMask!, ImreadModes.Grayscale);
        using Mat spectacles = classes.InRange(MaskClasses.Spectacles, MaskClasses.Spectacles), occluder = classes.InRange(MaskClasses.Occluder, MaskClasses.Occluder);
        return Cv2.CountNonZero(spectacles) + Cv2.CountNonZero(occluder) >= LeastCover;
    }
}

/// <summary>The crops of one step of the mask recipe.</summary>
/// <param name="Planes">(N, 3, S, S), BGR in [0, 1].</param>
/// <param name="Bare">(N, 1, S, S): 1 where the face's skin, eyes or mouth are seen.</param>
/// <param name="Weights">(N, 1, S, S): how much each pixel counts.</param>
internal sealed record MaskBatch(float[] Planes, float[] Bare, float[] Weights)
{
    // Spectacles are 1 % of a crop's pixels and hands are rare, but they are what the eye sees when they are painted over.
    private const float OverFace = 5, HairAndHats = 2;

    // Half of the crops show something that lies over the face.
    private const double CoveredShare = 0.5;

    private static readonly byte[] BareTable = Table(value => value is MaskClasses.Face or MaskClasses.Eye or MaskClasses.Mouth ? 255 : 0);
    private static readonly byte[] WeightTable = Table(value => (int)(value is MaskClasses.Spectacles or MaskClasses.Occluder ? OverFace : value is MaskClasses.Hair or MaskClasses.Headwear ? HairAndHats : 1));

    /// <summary>Everything random follows from the seed and the step.</summary>
    public static MaskBatch Draw(MaskPictures pictures, int batchSize, int side, int seed, int step)
    {
        Random random = StepRandom.Of(seed, step, 0);
        int area = side * side;
        MaskBatch batch = new(new float[batchSize * 3 * area], new float[batchSize * area], new float[batchSize * area]);
        for (int row = 0; row < batchSize; row++)
        {
            IReadOnlyList<RenderedFace> from = pictures.Covered.Count > 0 && random.NextDouble() < CoveredShare ? pictures.Covered : pictures.All;
            SimilarityTransform jitter = CropWarp.AboutCentre(side, Spread(random, 15), Math.Exp(Spread(random, 0.12)), Spread(random, 0.06), Spread(random, 0.06));
            bool mirrored = random.Next(2) == 0;
            var (crop, classes) = Cut(from[random.Next(from.Count)], side, jitter);
            using (crop)
            using (classes)
            {
                if (mirrored)
                {
                    Cv2.Flip(crop, crop, FlipMode.Y);
                    Cv2.Flip(classes, classes, FlipMode.Y);
                }

                PictureDamage.Apply(crop, random);
                batch.Fill(row, side, crop, classes);
            }
        }

        return batch;
    }

    /// <summary>A picture as the generator would see it, undamaged.</summary>
    public static (MaskBatch Batch, byte[] Classes) Still(RenderedFace face, int side)
    {
        int area = side * side;
        MaskBatch batch = new(new float[3 * area], new float[area], new float[area]);
        var (crop, classes) = Cut(face, side, SimilarityTransform.Identity);
        using (crop)
        using (classes)
        {
            batch.Fill(0, side, crop, classes);
            classes.GetArray(out byte[] values);
            return (batch, values);
        }
    }

    private static (Mat Crop, Mat Classes) Cut(RenderedFace face, int side, SimilarityTransform jitter)
    {
        SimilarityTransform place = AlignmentTemplate.DflWholeFace.TransformFrom(face.FivePoints, side).Then(jitter);
        using Mat picture = face.Decode(), whole = Cv2.ImDecode(face.EncodedMask!, ImreadModes.Grayscale);
        if (place.Scale < 1)
        {
            // What the smaller crop cannot show must go first, or it comes back as false edges.
            Cv2.GaussianBlur(picture, picture, new Size(0, 0), 0.5 * Math.Sqrt((1 / (place.Scale * place.Scale)) - 1));
        }

        return (CropWarp.Warp(picture, place, side), CropWarp.Warp(whole, place, side, InterpolationFlags.Nearest, BorderTypes.Constant));
    }

    private void Fill(int row, int side, Mat crop, Mat classes)
    {
        int area = side * side;
        Pixels.ToPlanes(crop, Planes.AsSpan(row * 3 * area, 3 * area));
        classes.GetArray(out byte[] values);
        for (int i = 0; i < area; i++)
        {
            Bare[(row * area) + i] = BareTable[values[i]] / 255f;
            Weights[(row * area) + i] = WeightTable[values[i]];
        }
    }

    private static byte[] Table(Func<int, int> of) => [.. Enumerable.Range(0, 256).Select(value => (byte)of(value))];

    private static double Spread(Random random, double reach) => ((2 * random.NextDouble()) - 1) * reach;
}
