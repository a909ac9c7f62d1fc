using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using VideoGaze.Faces.Identity;
using VideoGaze.Training.Data;
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
        Assert.Equal(SamePerson.Text(result.Border), session.ModelMetadata.CustomMetadataMap[SamePerson.MetadataKey]);
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
    public void Maps_inside_the_teacher_are_learned_too_and_a_run_with_them_is_resumed()
    {
        using var people = new DrawnPeople();
        IdentityRecipeOptions plain = Options(people, "whole.onnx");

        // Sums are the ends of residual units: the last one of each size is what the network itself gives out.
        string[] sums = [.. Regex.Matches(System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(plain.Teacher)), @"Add_\d+").Select(match => match.Value).Distinct()];
        TaughtMap[] maps;
        using (var teacher = new IdentityTeacher(plain.Teacher, sums))
        {
            maps = [.. teacher.Maps.GroupBy(map => map.Side).Select(size => size.Last())];
            Assert.Equal([28, 14, 7], maps.Select(map => map.Side));

            // What is beside the vector is what the network's own layers give.
            using var scope = NewDisposeScope();
            using IdentityNetwork network = IdentityWeights.LoadFrozen(plain.Teacher);
            using OpenCvSharp.Mat view = new(IdentityNetwork.Side, IdentityNetwork.Side, OpenCvSharp.MatType.CV_8UC3, new OpenCvSharp.Scalar(40, 90, 160));
            float[] planes = new float[3 * IdentityNetwork.Side * IdentityNetwork.Side];
            IdentityFaces.ToPlanes(view, planes);
            float[][] numbers = [.. teacher.Maps.Select(map => new float[2 * map.Numbers])];
            teacher.Of(view, numbers, row: 1);
            IReadOnlyList<Tensor> seen = network.Seen(tensor(planes, 1, 3, IdentityNetwork.Side, IdentityNetwork.Side));
            for (int i = 0; i < maps.Length; i++)
            {
                int at = teacher.Maps.ToList().IndexOf(maps[i]);
                Assert.True(seen[i].flatten().allclose(tensor(numbers[at][maps[i].Numbers..]), atol: 1e-3), $"map {maps[i].Name} differs");
            }
        }

        IdentityRecipeOptions whole = plain with { TeacherMaps = [.. maps.Select(map => map.Name)] }, parted = whole with { Output = people.PathOf("parted.onnx") };
        using var watch = new Interrupt(atCheckpoint: false);
        IdentityRecipe.Run(whole, watch, TestContext.Current.CancellationToken);
        Assert.InRange(watch.Reports[0].Losses["hints"], 1e-3, 20);
        using (var interrupt = new Interrupt(atCheckpoint: true))
        {
            Assert.Throws<OperationCanceledException>(() => IdentityRecipe.Run(parted, interrupt, interrupt.Token));
        }

        IdentityRecipe.Run(parted, null, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(whole.Output + ".checkpoint"), File.ReadAllBytes(parted.Output + ".checkpoint"));

        var failure = Assert.Throws<Faces.Failures.UserFacingException>(() => new IdentityTeacher(plain.Teacher, ["nowhere"]));
        Assert.Contains(plain.Teacher, failure.Message, StringComparison.Ordinal);
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
    public void The_border_is_what_one_in_twenty_pairs_reach_that_the_teacher_takes_for_two_people()
    {
        // The teacher sees two people, 0 degrees and 90; the network sees the first one up to 40 degrees, the second one from 50 on.
        static float[] At(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];
        float[][] taught = [.. Enumerable.Range(0, 82).Select(i => At(i < 41 ? 0 : 90))], found = [.. Enumerable.Range(0, 82).Select(i => At(i < 41 ? i : i + 9))];
        double border = IdentityMeasure.Border(found, taught);

        // Pairs of two people are 41 x 41: one is 10 degrees apart, two are 11, and so on. One in twenty is the 85th, and 1 + 2 + ... + 12 is 78: it is one of the thirteen at 22 degrees.
        Assert.Equal(Math.Cos(22 * Math.PI / 180), border, 1e-5);
        Assert.Equal(double.NaN, IdentityMeasure.Border(found, [.. Enumerable.Repeat(At(0), 82)]));
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
