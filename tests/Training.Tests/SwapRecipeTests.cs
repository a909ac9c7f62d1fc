using OpenCvSharp;
using TorchSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class SwapRecipeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Training_stopped_and_resumed_gives_bit_for_bit_the_unbroken_run()
    {
        using var triplets = new SyntheticTriplets();
        SwapRecipeResult whole = SwapRecipe.Run(triplets.Options("whole"), () => new SyntheticTriplets.Reader(), null, Token);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reports = new Reports(progress =>
        {
            if (progress.Step == 3)
            {
                stop.Cancel();
            }
        });
        SwapRecipeOptions broken = triplets.Options("broken");
        Assert.Throws<OperationCanceledException>(() => SwapRecipe.Run(broken, () => new SyntheticTriplets.Reader(), reports, stop.Token));
        var rest = new Reports();
        SwapRecipeResult resumed = SwapRecipe.Run(broken, () => new SyntheticTriplets.Reader(), rest, Token);

        Assert.InRange(rest.All[0].Step, 4, 5);
        Assert.Equal(whole.Losses, resumed.Losses);
        Assert.Equal(File.ReadAllBytes(whole.Checkpoint), File.ReadAllBytes(resumed.Checkpoint));
    }

    [Fact]
    public void Every_step_frees_every_tensor_it_made()
    {
        using var triplets = new SyntheticTriplets();
        var live = new List<long>();
        SwapRecipe.Run(triplets.Options("leak") with { CheckpointEvery = 4, PreviewEvery = 6 }, () => new SyntheticTriplets.Reader(), new Reports(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)), Token);
        Assert.Equal(8, live.Count);
        Assert.All(live.Skip(3), count => Assert.Equal(live[2], count));
    }

    [Fact]
    public void Smoke_training_finishes_lowers_the_loss_and_shows_people_held_out()
    {
        using var triplets = new SyntheticTriplets();
        var reports = new Reports();
        SwapRecipeOptions options = triplets.Options("smoke").AsSmokeTest();
        SwapRecipeResult result = SwapRecipe.Run(options, () => new SyntheticTriplets.Reader(), reports, Token);

        Assert.Equal(60, result.Steps);
        double first = Sum(reports.All[0].Losses), last = Sum(result.Losses);
        Assert.True(last < 0.7 * first, $"the loss did not fall by 30 % in 60 steps: {first} to {last}");
        Assert.True(result.Losses["heldOut.unchanged"] > 4, "the drawn people hardly differ");
        Assert.True(result.Losses["heldOut.difference"] < 0.7 * result.Losses["heldOut.unchanged"], $"the swap is hardly nearer: {result.Losses["heldOut.difference"]} of {result.Losses["heldOut.unchanged"]}");
        using Mat preview = Cv2.ImRead(Path.Combine(options.Output, "previews", "000060.png"));
        Assert.Equal((2 * 64, 5 * 64), (preview.Rows, preview.Cols));

        static double Sum(IReadOnlyDictionary<string, double> losses) => losses.Where(loss => !loss.Key.StartsWith("heldOut", StringComparison.Ordinal)).Sum(loss => loss.Value);
    }

    [Fact]
    public void The_gaze_losss_gradient_reaches_the_first_layer_and_the_gaze_network_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        using var network = new SwapNetwork(new(Resolution: 128, Width: 4));
        using var gaze = new GazeNetwork();
        gaze.Freeze();
        using var loss = new Losses.SwapLoss(new(LossTerm.Off, LossTerm.Off, LossTerm.Off, LossTerm.Off, new(1), LossTerm.Off, LossTerm.Off, LossTerm.Off), 128, gaze, null);
        Tensor ones = torch.ones(2);
        var batch = new SwapTensors(rand(2, 7, 128, 128), rand(2, 3, 128, 128), rand(2, 3, 128, 128), rand(2, 1, 128, 128), rand(2, 1, 128, 128), torch.ones(2, 1, 128, 128), ones, ones, ones);
        loss.At(0, network.Forward(batch.Target, batch.Source), batch).Single().Value.backward();

        Assert.True(network.FaceLadder.Descent.Levels[0].Down.Weight.grad!.norm().item<float>() > 0, "no gradient came from the gaze loss to the first layer");
        Assert.All(gaze.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void An_untrained_network_puts_the_persons_skin_in_the_targets_light_where_it_belongs_and_leaves_the_rest()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var network = new SwapNetwork(new(Resolution: 32, Width: 4));
        network.FaceLadder.Head.Weight.zero_();
        Tensor target = rand(1, 3, 32, 32), source = rand(1, 7, 32, 32);
        source.narrow(1, 6, 1).zero_();
        Assert.True(network.Forward(target, source).Face.allclose(target, atol: 1e-5));

        // All of the skin in the target's light: about the same mean, and nothing of the target's own pattern.
        source.narrow(1, 6, 1).fill_(1);
        Tensor made = network.Forward(target, source).Face;
        Assert.True(made.mean([2, 3]).allclose(target.mean([2, 3]), atol: 0.02));
        Assert.False(made.allclose(target, atol: 0.2));
    }

    [Fact]
    public void Skin_that_the_photos_show_well_is_neither_painted_nor_moved_and_what_they_do_not_show_is()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var network = new SwapNetwork(new(Resolution: 32, Width: 4));
        Tensor head = network.FaceLadder.Head.Weight, target = rand(1, 3, 32, 32), source = rand(1, 7, 32, 32);
        head.copy_(randn_like(head));
        head.narrow(0, 0, 12).zero_();
        source.narrow(1, 3, 1).fill_(1);
        source.narrow(1, 6, 1).fill_(1);
        Tensor free = network.Forward(target, source).Face;
        source.narrow(1, 3, 1).fill_(0);
        Tensor unknown = network.Forward(target, source).Face;
        head.zero_();
        Assert.False(unknown.allclose(network.Forward(target, source).Face, atol: 0.05), "unknown skin is neither painted nor moved");
        source.narrow(1, 3, 1).fill_(1);
        Assert.True(free.allclose(network.Forward(target, source).Face, atol: 1e-5), "known skin is painted or moved");
    }

    [Fact]
    public void The_true_swaps_skin_takes_the_targets_colours_and_its_eyes_keep_theirs()
    {
        const int Area = 400;
        float[] truth = new float[3 * Area], target = new float[3 * Area], face = new float[Area], eyes = new float[Area], region = new float[Area];
        for (int i = 0; i < Area; i++)
        {
            (face[i], region[i], eyes[i]) = (i < 300 ? 1 : 0, i < 350 ? 1 : 0, i < 50 ? 1 : 0);
            for (int c = 0; c < 3; c++)
            {
                (truth[(c * Area) + i], target[(c * Area) + i]) = (0.6f, 0.3f + (c * 0.1f));
            }
        }

        SwapColours.ToTarget(truth, face, eyes, target, face, eyes, region);
        Assert.Equal(0.6f, truth[0], 4);
        Assert.Equal(target[100], truth[100], 3);
        Assert.Equal(target[Area + 101], truth[Area + 101], 3);
        Assert.Equal(target[(2 * Area) + 399], truth[(2 * Area) + 399], 4);
    }

    [Fact]
    public void A_network_starts_from_one_of_half_its_resolution_but_for_the_outermost_layers()
    {
        using var triplets = new SyntheticTriplets();
        SwapRecipeOptions options = triplets.Options("small") with { Steps = 1 };
        SwapRecipeResult small = SwapRecipe.Run(options, () => new SyntheticTriplets.Reader(), null, Token);
        using var source = Checkpoints.SwapCheckpoint.Open(small.Checkpoint).Network;
        using var grown = new SwapNetwork(options.Shape with { Resolution = 64 });
        double share = Checkpoints.SwapCheckpoint.LoadShared(small.Checkpoint, grown);

        Assert.InRange(share, 0.5, 0.95);
        Assert.True(grown.FaceLadder.Lowest[0].First.Weight.allclose(source.FaceLadder.Lowest[0].First.Weight));
        Assert.True(grown.FaceLadder.Ascents[0].Block.First.Weight.allclose(source.FaceLadder.Ascents[0].Block.First.Weight));
        var failure = Assert.Throws<UserFacingException>(() => SwapRecipe.Run(triplets.Options("other") with { StartFrom = triplets.Folder }, () => new SyntheticTriplets.Reader(), null, Token));
        Assert.Contains(triplets.Folder, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_grows_is_cut_further_and_a_torn_record_is_cut_again()
    {
        using var triplets = new SyntheticTriplets(pairs: 2);
        byte[] before;
        using (var set = SwapTriplets.Open(triplets.Folder, heldOut: false, new SyntheticTriplets.Reader()))
        {
            Assert.Equal((4, 2), (set.All.Count, set.ByPair.Count));
            before = Pixels(set, set.All[3]);
        }

        string crops = Path.Combine(triplets.Folder, "faces.bin");
        using (FileStream file = File.Open(crops, FileMode.Open))
        {
            file.SetLength(file.Length - 1);
        }

        triplets.Grow(7);
        using (var set = SwapTriplets.Open(triplets.Folder, heldOut: false, new SyntheticTriplets.Reader()))
        {
            Assert.Equal((6, 3), (set.All.Count, set.ByPair.Count));
            Assert.Equal(before, Pixels(set, set.All[3]));
        }

        static byte[] Pixels(SwapTriplets set, SwapTriplet triplet)
        {
            using Mat picture = set.Picture(triplet, SwapPlane.Swap);
            picture.GetArray(out Vec3b[] values);
            return [.. values.SelectMany(value => new[] { value.Item0, value.Item1, value.Item2 })];
        }
    }

    [Fact]
    public void Crops_hold_target_swap_photos_and_masks_where_they_belong()
    {
        using var triplets = new SyntheticTriplets(pairs: 1);
        using var set = SwapTriplets.Open(triplets.Folder, heldOut: false, new SyntheticTriplets.Reader());
        SwapTriplet triplet = set.All[0];
        using Mat target = set.Picture(triplet, SwapPlane.Target), swap = set.Picture(triplet, SwapPlane.Swap), photo = set.Picture(triplet, SwapPlane.Source, 2);
        using Mat face = set.Face(triplet, SwapPlane.Swap), eyes = set.EyesAndMouth(triplet, SwapPlane.Swap);

        // Between brow and eyes there is skin; the corner is background.
        const int X = SwapTriplets.Side / 2, Cheek = SwapTriplets.Side * 6 / 10;
        Vec3b targetSkin = target.At<Vec3b>(Cheek, X - 30), swapSkin = swap.At<Vec3b>(Cheek, X - 30), photoSkin = photo.At<Vec3b>(Cheek, X - 30);
        Assert.True(Distance(swapSkin, photoSkin) < 6, "the swap has not the photos' skin");
        Assert.True(Distance(targetSkin, photoSkin) > 20, "the target has the photos' skin");
        Assert.Equal((255, 0), (face.At<byte>(Cheek, X), face.At<byte>(1, 1)));
        Cv2.MinMaxLoc(eyes, out double _, out double peak);
        Assert.True(peak > 200 && Cv2.Mean(eyes).Val0 < 60, "eyes and mouth are not a small part of the face");

        static int Distance(Vec3b a, Vec3b b) => Math.Abs(a.Item0 - b.Item0) + Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2);
    }

    [Fact]
    public void A_folder_without_triplets_is_refused_by_name()
    {
        using var triplets = new SyntheticTriplets(pairs: 1);
        var failure = Assert.Throws<UserFacingException>(() => SwapRecipe.Run(triplets.Options("none") with { Triplets = [triplets.Root] }, () => new SyntheticTriplets.Reader(), null, Token));
        Assert.Contains(triplets.Root, failure.Message, StringComparison.Ordinal);
    }
}
