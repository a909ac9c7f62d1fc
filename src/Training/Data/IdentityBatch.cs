using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training.Data;

/// <summary>All that a run of the identity recipe learns from.</summary>
/// <param name="Rendered">Faces of rendered people.</param>
/// <param name="Real">Faces of real people; may be empty.</param>
/// <param name="RealSources">Rows of <paramref name="Real"/> by the clip or photo they come from: each weighs alike, however long it is.</param>
/// <param name="People">Rendered people.</param>
internal sealed record IdentityPictures(IReadOnlyList<IdentityFace> Rendered, IReadOnlyList<IdentityFace> Real, IReadOnlyList<int[]> RealSources, int People);

/// <summary>The crops of one step of the identity recipe.</summary>
/// <param name="Planes">(N, 3, 112, 112), BGR in [-1, 1].</param>
/// <param name="Taught">(N, 128), the teacher's unit vectors of the undamaged crops.</param>
/// <param name="Maps">(N, C, S, S) each: the teacher's maps of the undamaged crops, where it shows them.</param>
/// <param name="Named">Rows that show one rendered person, and who that is.</param>
internal sealed record IdentityBatch(float[] Planes, float[] Taught, IReadOnlyList<float[]> Maps, IReadOnlyList<(int Row, int Person)> Named)
{
    // Real faces are few but the only ones that look like what will be seen; of people there are far more between them than among them.
    private const double RealShare = 0.45, ImaginaryShare = 0.55;

    // Faces out of place show the teacher's layers what faces in place do not; damage teaches to see through it, but a damaged picture has no exact answer.
    private const double StrayShare = 0.25, DamagedShare = 0.6;

    /// <summary>Everything random follows from the seed and the step.</summary>
    public static IdentityBatch Draw(IdentityPictures pictures, IdentityTeacher teacher, IdentityRecipeOptions options, int step)
    {
        const int Area = 3 * IdentityNetwork.Side * IdentityNetwork.Side, Features = IdentityNetwork.Features;
        Random random = StepRandom.Of(options.Seed, step, 0);
        float[] planes = new float[options.BatchSize * Area], taught = new float[options.BatchSize * Features];
        float[][] maps = [.. teacher.Maps.Select(map => new float[options.BatchSize * map.Numbers])];
        var named = new List<(int, int)>();
        for (int row = 0; row < options.BatchSize; row++)
        {
            IdentityFace face = Pick(pictures, random);
            bool imaginary = random.NextDouble() < ImaginaryShare, stray = random.NextDouble() < StrayShare;
            using Mat source = imaginary ? ImaginaryFace.Of(face.Crop, Pick(pictures, random).Crop, random) : face.Crop.Clone();
            if (!imaginary && !stray && face.Person >= 0)
            {
                named.Add((row, face.Person));
            }

            double reach = stray ? 5 : 1;
            SimilarityTransform jitter = CropWarp.AboutCentre(
                IdentityNetwork.Side, Spread(random, 6 * reach), Math.Exp(Spread(random, 0.05 * reach)), Spread(random, 0.03 * reach), Spread(random, 0.03 * reach));
            using Mat view = IdentityFaces.View(source, jitter);
            if (random.Next(2) == 0)
            {
                Cv2.Flip(view, view, FlipMode.Y);
            }

            // The teacher sees the picture clean and in the same place, so that its maps fit: what light and blur do is to be overlooked.
            teacher.Of(view, maps, row).CopyTo(taught.AsSpan(row * Features));
            if (random.NextDouble() < DamagedShare)
            {
                GazeAugmentation.Degrade(view, random);
                Hide(view, random);
            }

            IdentityFaces.ToPlanes(view, planes.AsSpan(row * Area, Area));
        }

        return new(planes, taught, maps, named);
    }

    /// <summary>Mixed faces, in place and unspoilt, that training never sees; the caller's.</summary>
    public static List<IdentityFace> Strangers(IdentityPictures pictures, int count, int seed)
    {
        // Steps count from 0.
        Random random = StepRandom.Of(seed, -1, 0);
        return [.. Enumerable.Range(0, count).Select(_ => new IdentityFace(ImaginaryFace.Of(Pick(pictures, random).Crop, Pick(pictures, random).Crop, random), -1))];
    }

    /// <summary>Faces as they are, each followed by its mirror image: (2 n, 3, 112, 112) for up to <paramref name="faces"/> of them at a time.</summary>
    public static IEnumerable<TorchSharp.torch.Tensor> Plain(IEnumerable<IdentityFace> all, int faces)
    {
        const int Area = 3 * IdentityNetwork.Side * IdentityNetwork.Side;
        foreach (IdentityFace[] part in all.Chunk(faces))
        {
            float[] planes = new float[2 * part.Length * Area];
            for (int i = 0; i < part.Length; i++)
            {
                using Mat view = IdentityFaces.View(part[i].Crop, SimilarityTransform.Identity);
                IdentityFaces.ToPlanes(view, planes.AsSpan(2 * i * Area, Area));
                Cv2.Flip(view, view, FlipMode.Y);
                IdentityFaces.ToPlanes(view, planes.AsSpan(((2 * i) + 1) * Area, Area));
            }

            yield return Numbers.Tensor(planes, 2 * part.Length, 3, IdentityNetwork.Side, IdentityNetwork.Side);
        }
    }

    private static IdentityFace Pick(IdentityPictures pictures, Random random)
    {
        bool real = pictures.Real.Count > 0 && random.NextDouble() < RealShare;
        int[]? source = real ? pictures.RealSources[random.Next(pictures.RealSources.Count)] : null;
        int index = source?[random.Next(source.Length)] ?? random.Next(pictures.Rendered.Count);
        return real ? pictures.Real[index] : pictures.Rendered[index];
    }

    /// <summary>Now and then a patch of one colour: glasses, hands, hair.</summary>
    private static void Hide(Mat view, Random random)
    {
        if (random.Next(5) > 0)
        {
            return;
        }

        int width = random.Next(12, 45), height = random.Next(12, 45);
        using Mat patch = view[new Rect(random.Next(view.Cols - width), random.Next(view.Rows - height), width, height)];
        patch.SetTo(new Scalar(random.Next(256), random.Next(256), random.Next(256)));
    }

    private static double Spread(Random random, double reach) => ((2 * random.NextDouble()) - 1) * reach;
}
