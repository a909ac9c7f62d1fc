using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>
/// The batches of the swap recipe. What a step draws follows from the seed and the step's number alone, so a resumed run sees
/// what an unbroken one would have seen (as long as the data sets are the same).
/// </summary>
internal sealed class SwapBatches(IReadOnlyList<SwapTriplets> sets, IReadOnlyList<List<SwapRealFace>> real, SwapRecipeOptions options)
{
    // Scale from which down a stored picture is halved before it is warped.
    private const double Halved = 0.6;

    // Share of rendered photos whose hair and spectacles are taken for skin.
    private const double Overlooked = 0.1;

    /// <summary>People of whom a picture can be put back together from another one.</summary>
    private readonly List<List<SwapRealFace>> people = [.. real.Where(faces => faces.Count > 1)];

    /// <summary>Whether faces alone, without triplets, are something to learn from: somebody with two pictures, and somebody else.</summary>
    public static bool CanReconstruct(IReadOnlyList<List<SwapRealFace>> real) => real.Count > 1 && real.Any(faces => faces.Count > 1);

    /// <summary>The batch of one step.</summary>
    internal SwapBatch Draw(int step)
    {
        Random random = StepRandom.Of(options.Seed, step, 3);
        var batch = new SwapBatch(options.BatchSize, options.Shape.Resolution);
        for (int i = 0; i < options.BatchSize; i++)
        {
            double kind = random.NextDouble();
            if (sets.Count == 0 || (kind < options.RealShare && people.Count > 0))
            {
                DrawReal(batch, i, random);
            }
            else
            {
                SwapTriplets set = sets[PickSet(random)];
                SwapTriplet triplet = set.All[random.Next(set.All.Count)];
                kind = random.NextDouble();
                DrawRendered(batch, i, set, triplet, kind < options.SelfShare ? SwapDirection.Same : kind < options.SelfShare + options.BackShare ? SwapDirection.Back : SwapDirection.Onto, random);
            }
        }

        return batch;
    }

    /// <summary>A triplet without anything random, with all three photos: for previews and measures.</summary>
    internal static void DrawPlain(SwapBatch batch, int index, SwapTriplets set, SwapTriplet triplet, int side)
    {
        SimilarityTransform view = FromStored(SwapTriplets.Side, SwapTriplets.Reach, side);
        List<TexturePhoto> photos = [];
        for (int photo = 0; photo < SwapTriplets.Sources; photo++)
        {
            using Mat stored = set.Picture(triplet, SwapPlane.Source, photo);
            using Mat bare = set.Face(triplet, SwapPlane.Source, photo);
            photos.Add(PhotoOf(stored, set.Mesh(triplet, SwapPlane.Source, photo), bare));
        }

        FaceTexture.From(photos, side).Draw(set.Mesh(triplet, SwapPlane.Target).Transformed(view), new(side), batch.Source(index), LightOf(set, triplet, SwapPlane.Target));
        Fill(batch, index, set, triplet, SwapPlane.Target, SwapPlane.Swap, view, Scalar.All(1), false, side);
        batch.Weigh(index, triplet.SwapOpenness, 1, 1);
    }

    private int PickSet(Random random)
    {
        int pick = random.Next(sets.Sum(set => set.All.Count)), index = 0;
        while (pick >= sets[index].All.Count)
        {
            pick -= sets[index++].All.Count;
        }

        return index;
    }

    private void DrawRendered(SwapBatch batch, int index, SwapTriplets set, SwapTriplet triplet, SwapDirection direction, Random random)
    {
        int side = options.Shape.Resolution;
        SwapPlane from = direction == SwapDirection.Onto ? SwapPlane.Target : SwapPlane.Swap, to = direction == SwapDirection.Back ? SwapPlane.Target : SwapPlane.Swap;
        bool mirrored = random.Next(2) == 0;
        SimilarityTransform view = FromStored(SwapTriplets.Side, SwapTriplets.Reach, side).Then(SwapAugmentation.Jitter(side, random));

        // Onto the target goes the photos' person; back comes the target's own, whom the pair's other triplets show.
        List<(SwapTriplet Triplet, SwapPlane Plane, int Source)> photos = direction == SwapDirection.Back
            ? [.. set.ByPair[triplet.Pair].Where(other => other != triplet).Select(other => (other, SwapPlane.Target, 0))]
            : [.. Enumerable.Range(0, SwapTriplets.Sources).Select(source => (triplet, SwapPlane.Source, source))];
        if (photos.Count == 0)
        {
            // A pair's only triplet so far, of a set that is being rendered: the target itself is all there is of its person.
            photos.Add((triplet, SwapPlane.Target, 0));
        }

        int start = random.Next(photos.Count), count = Math.Min(photos.Count, PhotoCount(random));
        List<TexturePhoto> chosen = [];
        for (int photo = 0; photo < count; photo++)
        {
            var (shown, plane, source) = photos[(start + photo) % photos.Count];
            using Mat stored = set.Picture(shown, plane, source), spoilt = stored.Clone(), bare = set.Face(shown, plane, source);
            SwapAugmentation.DegradePhoto(spoilt, random);

            // Now and then hair and spectacles stay in the skin: what tells them from it does not always see them.
            chosen.Add(PhotoOf(spoilt, SwapAugmentation.Shaken(set.Mesh(shown, plane, source), random), random.NextDouble() < Overlooked ? null : bare));
        }

        DrawSource(batch, index, chosen, SwapAugmentation.Shaken(set.Mesh(triplet, from).Transformed(view), random), LightOf(set, triplet, from), mirrored);
        Fill(batch, index, set, triplet, from, to, view, SwapAugmentation.Gain(random, options.ColorJitter), mirrored, side);
        batch.Weigh(index, to == SwapPlane.Target ? triplet.TargetOpenness : triplet.SwapOpenness, 1, 1);
    }

    private void DrawReal(SwapBatch batch, int index, Random random)
    {
        int side = options.Shape.Resolution;
        List<SwapRealFace> faces = people[random.Next(people.Count)];
        int own = random.Next(faces.Count);
        SwapRealFace face = faces[own];
        bool mirrored = random.Next(2) == 0;
        SimilarityTransform view = FromStored(face.Face.Picture.Rows, 1, side).Then(SwapAugmentation.Jitter(side, random));
        Scalar gain = SwapAugmentation.Gain(random, options.ColorJitter);
        int count = PhotoCount(random);
        List<TexturePhoto> chosen = [];
        for (int photo = 0; photo < count; photo++)
        {
            SwapRealFace shown = faces[(own + 1 + random.Next(faces.Count - 1)) % faces.Count];
            using Mat spoilt = shown.Face.Picture.Clone();
            SwapAugmentation.DegradePhoto(spoilt, random);
            chosen.Add(PhotoOf(spoilt, SwapAugmentation.Shaken(shown.Mesh, random)));
        }

        DrawSource(batch, index, chosen, SwapAugmentation.Shaken(face.Mesh.Transformed(view), random), FaceLight.Of(PhotoOf(face.Face.Picture, face.Mesh)), mirrored);
        using Mat truth = Flipped(Warp(face.Face.Picture, view, side), mirrored);
        Cv2.Multiply(truth, gain, truth);
        Pixels.ToPlanes(truth, batch.Truth(index));
        batch.Truth(index).CopyTo(batch.Target(index));
        using Mat mask = Flipped(Warp(face.Face.Mask, view, side, InterpolationFlags.Linear), mirrored), eyes = Flipped(Warp(face.Face.EyesAndMouth, view, side, InterpolationFlags.Linear), mirrored);
        Pixels.ToPlanes(mask, batch.Mask(index));
        Pixels.ToPlanes(mask, batch.Region(index));
        Pixels.ToPlanes(eyes, batch.EyesAndMouth(index));
        // The target wears somebody else's skin, the truth is the frame itself: real skin to be made, and nothing to be had by leaving the target as it is.
        float[] disguise = new float[FaceTexture.Planes * side * side];
        FaceTexture.From([AnotherFace(faces, random)], side).Draw(face.Mesh.Transformed(view), new MeshRaster(side), disguise);
        Mirror(disguise, mirrored);
        SwapColours.Disguise(batch.Target(index), disguise, batch.Mask(index), batch.EyesAndMouth(index));
        batch.Weigh(index, face.Face.Openness, (float)options.RealWeight, 0);
    }

    /// <summary>A rendered person's photo; without any, one of somebody else than the person to be put back.</summary>
    private TexturePhoto AnotherFace(List<SwapRealFace> person, Random random)
    {
        if (sets.Count == 0)
        {
            List<SwapRealFace> others = [.. real.Where(faces => faces != person).SelectMany(faces => faces)];
            SwapRealFace other = others[random.Next(others.Count)];
            return PhotoOf(other.Face.Picture, other.Mesh);
        }

        SwapTriplets set = sets[PickSet(random)];
        SwapTriplet triplet = set.All[random.Next(set.All.Count)];
        using Mat stored = set.Picture(triplet, SwapPlane.Source);
        return PhotoOf(stored, set.Mesh(triplet, SwapPlane.Source));
    }

    /// <summary>One photo is the hardest and commonest case; several must be met too.</summary>
    private static int PhotoCount(Random random) => random.NextDouble() switch { < 0.5 => 1, < 0.8 => 2, _ => SwapTriplets.Sources };

    private void DrawSource(SwapBatch batch, int index, List<TexturePhoto> photos, FaceMesh target, FaceLight light, bool mirrored)
    {
        int side = options.Shape.Resolution;
        Span<float> planes = batch.Source(index);
        FaceTexture.From(photos, side).Draw(target, new MeshRaster(side), planes, light);
        Mirror(planes, mirrored);
    }

    /// <summary>The light in a stored picture. The crop is turned by some degrees at most, and its light with it: too little to fit it again.</summary>
    private static FaceLight LightOf(SwapTriplets set, SwapTriplet triplet, SwapPlane plane)
    {
        using Mat stored = set.Picture(triplet, plane), bare = set.Face(triplet, plane);
        return FaceLight.Of(PhotoOf(stored, set.Mesh(triplet, plane), bare));
    }

    private void Mirror(Span<float> planes, bool mirrored)
    {
        int side = options.Shape.Resolution;
        if (mirrored)
        {
            for (int row = 0; row < FaceTexture.Planes * side; row++)
            {
                planes.Slice(row * side, side).Reverse();
            }

            // A shift to the right is one to the left now.
            Span<float> across = planes.Slice(FaceTexture.ShapePlane * side * side, side * side);
            TensorPrimitives.Negate(across, across);
        }
    }

    private static void Fill(SwapBatch batch, int index, SwapTriplets set, SwapTriplet triplet, SwapPlane from, SwapPlane to, SimilarityTransform view, Scalar gain, bool mirrored, int side)
    {
        using Mat target = Flipped(Cut(set.Picture(triplet, from), view, side), mirrored), truth = Flipped(Cut(set.Picture(triplet, to), view, side), mirrored);
        Cv2.Multiply(target, gain, target);
        Cv2.Multiply(truth, gain, truth);
        using Mat mask = Flipped(Cut(set.Face(triplet, to), view, side, InterpolationFlags.Linear), mirrored), old = Flipped(Cut(set.Face(triplet, from), view, side, InterpolationFlags.Linear), mirrored);
        using Mat eyes = Flipped(Cut(set.EyesAndMouth(triplet, to), view, side, InterpolationFlags.Linear), mirrored), oldEyes = Flipped(Cut(set.EyesAndMouth(triplet, from), view, side, InterpolationFlags.Linear), mirrored);
        using Mat region = new(), soft = new();
        Cv2.Max(mask, old, region);
        Cv2.GaussianBlur(region, soft, new Size(0, 0), side / 64.0);
        Pixels.ToPlanes(target, batch.Target(index));
        Pixels.ToPlanes(truth, batch.Truth(index));
        Pixels.ToPlanes(mask, batch.Mask(index));
        Pixels.ToPlanes(eyes, batch.EyesAndMouth(index));
        int area = side * side;
        float[] oldMask = new float[area], oldEyesMask = new float[area], softRegion = new float[area];
        Pixels.ToPlanes(old, oldMask);
        Pixels.ToPlanes(oldEyes, oldEyesMask);
        Pixels.ToPlanes(soft, softRegion);
        SwapColours.ToTarget(batch.Truth(index), batch.Mask(index), batch.EyesAndMouth(index), batch.Target(index), oldMask, oldEyesMask, softRegion);
        Pixels.ToPlanes(region, batch.Region(index));
    }

    private static TexturePhoto PhotoOf(Mat picture, FaceMesh mesh, Mat? bare = null)
    {
        byte[] pixels = new byte[picture.Rows * picture.Cols * 3], shown = bare is null ? [] : new byte[picture.Rows * picture.Cols];
        Marshal.Copy(picture.Data, pixels, 0, pixels.Length);
        if (bare is not null)
        {
            Marshal.Copy(bare.Data, shown, 0, shown.Length);
        }

        return new(mesh, pixels, picture.Cols, picture.Rows, shown);
    }

    private static SimilarityTransform FromStored(int stored, double reach, int side)
    {
        double scale = side * reach / stored, margin = (side - (side * reach)) / 2;
        return new(scale, 0, margin, margin);
    }

    /// <summary>Warps a view of a set's memory and lets go of the view.</summary>
    private static Mat Cut(Mat stored, SimilarityTransform view, int side, InterpolationFlags interpolation = InterpolationFlags.Cubic)
    {
        using (stored)
        {
            return Warp(stored, view, side, interpolation);
        }
    }

    private static Mat Warp(Mat stored, SimilarityTransform view, int side, InterpolationFlags interpolation = InterpolationFlags.Cubic)
    {
        if (view.Scale > Halved)
        {
            return CropWarp.Warp(stored, view, side, interpolation);
        }

        // What a much smaller picture cannot show must go first, or it comes back as false edges.
        using var half = new Mat();
        Cv2.Resize(stored, half, new Size(stored.Cols / 2, stored.Rows / 2), 0, 0, InterpolationFlags.Area);
        return CropWarp.Warp(half, new SimilarityTransform(2, 0, 0, 0).Then(view), side, interpolation);
    }

    private static Mat Flipped(Mat picture, bool mirrored)
    {
        if (mirrored)
        {
            Cv2.Flip(picture, picture, FlipMode.Y);
        }

        return picture;
    }

    private enum SwapDirection
    {
        /// <summary>The target's person becomes the photos'.</summary>
        Onto,

        /// <summary>The swap becomes the target's person again.</summary>
        Back,

        /// <summary>The photos show the person that is there already.</summary>
        Same,
    }
}
