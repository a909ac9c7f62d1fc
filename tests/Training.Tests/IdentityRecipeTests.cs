using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Identity;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class IdentityRecipeTests
{
    [Fact]
    public void A_smoke_run_comes_nearer_to_its_teacher_and_writes_a_network_under_MobileFaceNets_contract()
    {
        using var people = new DrawnPeople();
        using var watch = new Interrupt(atCheckpoint: false);
        IdentityRecipeResult result = IdentityRecipe.Run(Options(people, "smoke.onnx").AsSmokeTest(), watch, TestContext.Current.CancellationToken);

        Assert.InRange(result.LargestDifference, 0, GeneratorExporter.Tolerance);
        List<double> copies = [.. watch.Reports.Select(report => report.Losses["copy"])];
        Assert.True(copies[^1] < copies[0], $"{copies[0]} became {copies[^1]}");
        using var session = new InferenceSession(File.ReadAllBytes(result.Output));
        Assert.Equal([-1, 3, 112, 112], session.InputMetadata["input"].Dimensions);
        Assert.Equal([-1, 128], session.OutputMetadata["output"].Dimensions);
        Assert.Contains("mobilefacenet", session.ModelMetadata.CustomMetadataMap["contract"], StringComparison.Ordinal);
        Assert.Equal(SamePerson.Text(result.HeldOut.Bound), session.ModelMetadata.CustomMetadataMap[SamePerson.MetadataKey]);
        Assert.InRange(new FileInfo(result.Output).Length, 1, 4_000_000);
    }

    [Fact]
    public void A_run_that_was_stopped_ends_with_the_same_weights()
    {
        using var people = new DrawnPeople();
        IdentityRecipeOptions whole = Options(people, "whole.onnx"), parted = Options(people, "parted.onnx");
        IdentityRecipe.Run(whole, null, TestContext.Current.CancellationToken);
        using (var interrupt = new Interrupt(atCheckpoint: true))
        {
            Assert.Throws<OperationCanceledException>(() => IdentityRecipe.Run(parted, interrupt, interrupt.Token));
        }

        IdentityRecipe.Run(parted, null, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(whole.Output + ".checkpoint"), File.ReadAllBytes(parted.Output + ".checkpoint"));
    }

    [Fact]
    public void An_exported_network_is_looked_through_and_another_file_is_refused()
    {
        using var scope = NewDisposeScope();
        using var network = new IdentityNetwork();
        network.eval();
        string folder = Directory.CreateTempSubdirectory("videogaze-identity-").FullName;
        try
        {
            string path = Path.Combine(folder, "identity.onnx");
            IdentityGraph.Write(network, new Dictionary<string, string>(), path);
            using IdentityNetwork loaded = IdentityWeights.LoadFrozen(path);
            Tensor crop = rand(2, 3, IdentityNetwork.Side, IdentityNetwork.Side);
            Assert.True(loaded.forward(crop).allclose(network.forward(crop), atol: 1e-5));
            Assert.All(loaded.parameters(), parameter => Assert.False(parameter.requires_grad));

            string other = Path.Combine(folder, "other.onnx");
            File.WriteAllBytes(other, SwapGraph.Build(new SwapNetwork(new(Resolution: 32, Width: 4)), 32, halfWeights: false, new Dictionary<string, string>()));
            var failure = Assert.Throws<Faces.Failures.UserFacingException>(() => IdentityWeights.LoadFrozen(other));
            Assert.Contains(other, failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Evened_out_vectors_have_no_common_direction_and_no_strong_one()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        random.manual_seed(3);
        using var network = new IdentityNetwork();
        network.eval();
        Tensor crops = nn.functional.interpolate(rand(160, 3, 8, 8), size: [IdentityNetwork.Side, IdentityNetwork.Side], mode: InterpolationMode.Bilinear, align_corners: false);
        (double mean, double strongest) before = Spread();
        IdentitySpread.Even(network, [crops]);
        (double mean, double strongest) after = Spread();

        // The vectors of a network that nobody trained are nearly one: a mean of length 1, the variance in few directions.
        Assert.InRange(before.mean, 0.9, 1);
        Assert.InRange(after.mean, 0, 0.3);
        Assert.True(after.strongest < before.strongest / 4, $"{before.strongest} became {after.strongest}");

        (double Mean, double Strongest) Spread()
        {
            Tensor raw = network.Unscaled(crops);
            Tensor centred = raw - raw.mean([0], keepdim: true);
            Tensor variances = linalg.eigvalsh(matmul(centred.t(), centred).to(float64));
            return (IdentityNetwork.Unit(raw).mean([0]).norm().item<float>(), variances.max().item<double>() / variances.mean().item<double>());
        }
    }

    [Fact]
    public void Verification_counts_pairs_as_an_ROC_curve_does()
    {
        // Three of the four pairings are in order, one is a tie: area (3 + 1/2) / 4. The bound is the highest of the others.
        Verification found = Verification.Of([0.9, 0.4], [0.1, 0.4]);
        Assert.Equal((4, 0.875, 0.5), (found.Pairs, found.Auc, found.Tar));
        Assert.Equal(1, Verification.Correlation([1, 2, 3], [2, 4, 6]), 12);
        Assert.Equal(-1, Verification.Correlation([1, 2, 3], [3, 2, 1]), 12);
    }

    private static IdentityRecipeOptions Options(DrawnPeople people, string output)
    {
        // Any network of the contract can teach: one of ours with other weights.
        string teacher = people.PathOf("teacher.onnx");
        if (!File.Exists(teacher))
        {
            random.manual_seed(9);
            using var network = new IdentityNetwork();
            network.eval();
            IdentityGraph.Write(network, new Dictionary<string, string>(), teacher);
        }

        return new([people.Labels], [people.Labels], [people.Frames], teacher, people.PathOf(output)) { Steps = 4, BatchSize = 4, CheckpointEvery = 2, Threads = 1 };
    }
}
