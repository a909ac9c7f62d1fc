using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Gaze;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Gaze;

public sealed class GazeEstimatorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("videogaze-gaze-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_Intel_network_passes_the_mirror_test_and_follows_drawn_eyes()
    {
        using IGazeEstimator estimator = GazeEstimators.Open(SharedAssets.Model("gaze-estimation-adas-0002_fp32.onnx"), averageMirror: false);
        using var face = new ReferenceFace();
        Assert.Equal("gaze-estimation-adas-0002", estimator.Id);
        Assert.Equal(GazeRegion.Eyes, estimator.Region);
        GazeAngles right = estimator.Estimate(face.Draw(0.8f, 0)).Combined;
        GazeAngles left = estimator.Estimate(face.Draw(-0.8f, 0)).Combined;
        GazeAngles up = estimator.Estimate(face.Draw(0, 0.8f)).Combined;
        GazeAngles down = estimator.Estimate(face.Draw(0, -0.8f)).Combined;
        Assert.True(right.YawDegrees > 5 && left.YawDegrees < -5, $"right {right.YawDegrees:0.0}, left {left.YawDegrees:0.0}");
        Assert.True(up.PitchDegrees - down.PitchDegrees > 5, $"up {up.PitchDegrees:0.0}, down {down.PitchDegrees:0.0}");
    }

    [Fact]
    public void Averaging_over_the_mirror_makes_the_answer_exactly_symmetric()
    {
        using IGazeEstimator estimator = GazeEstimators.Open(SharedAssets.Model("gaze-estimation-adas-0002_fp32.onnx"));
        using var face = new ReferenceFace();
        GazeEstimate right = estimator.Estimate(face.Draw(0.6f, 0.3f));
        GazeEstimate left = estimator.Estimate(face.Draw(-0.6f, 0.3f));
        Assert.Equal(right.Combined.YawDegrees, -left.Combined.YawDegrees, 0.5);
        Assert.Equal(right.Combined.PitchDegrees, left.Combined.PitchDegrees, 0.5);
        Assert.InRange(right.Confidence, 0.3, 1);
    }

    [Fact]
    public void A_network_of_the_L2CS_contract_is_read_by_the_order_of_its_outputs_whatever_their_names()
    {
        string path = L2csStandIn.Write(folder, swapped: false, firstName: "pitch", secondName: "yaw");
        using IGazeEstimator estimator = GazeEstimators.Open(path);
        using var face = new ReferenceFace();
        Assert.Equal("l2cs", estimator.Id);
        Assert.Equal(GazeRegion.Face, estimator.Region);
        double right = estimator.Estimate(face.Draw(0.8f, 0)).Combined.YawDegrees;
        double left = estimator.Estimate(face.Draw(-0.8f, 0)).Combined.YawDegrees;
        Assert.True(right > 2 && left < -2, $"right {right:0.0}, left {left:0.0}");
    }

    [Fact]
    public void A_network_with_its_axes_exchanged_is_refused_by_the_mirror_test()
    {
        string path = L2csStandIn.Write(folder, swapped: true, firstName: "yaw", secondName: "pitch");
        var failure = Assert.Throws<UserFacingException>(() => GazeEstimators.Open(path));
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.Contains("exchanged", failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_whose_yaw_is_negated_is_refused_by_the_mirror_test()
    {
        string path = L2csStandIn.Write(folder, swapped: false, "yaw", "pitch", yawSign: -1);
        var failure = Assert.Throws<UserFacingException>(() => GazeEstimators.Open(path));
        Assert.Contains("wrong sign", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_ignores_the_eyes_is_refused_by_the_mirror_test()
    {
        string path = L2csStandIn.Write(folder, swapped: false, "yaw", "pitch", yawSign: 0);
        var failure = Assert.Throws<UserFacingException>(() => GazeEstimators.Open(path));
        Assert.Contains("does not follow", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_another_kind_a_missing_and_a_broken_file_each_get_their_own_sentence()
    {
        string other = Path.Combine(folder, "other.onnx");
        new TinyOnnx().Input("x", 1, 3, 8, 8).Output("y", 1, 3, 8, 8).Node("Relu", ["x"], ["y"]).Save(other);
        string broken = Path.Combine(folder, "broken.onnx");
        File.WriteAllText(broken, "this is no network");
        foreach ((string path, string words) in new[] { (other, "no gaze network"), (broken, "cannot be used"), (Path.Combine(folder, "absent.onnx"), "does not exist") })
        {
            var failure = Assert.Throws<UserFacingException>(() => GazeEstimators.Open(path));
            Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
            Assert.Contains(words, failure.Message, StringComparison.Ordinal);
            Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(90, 45, 0)]
    [InlineData(90, 50, 20)]
    [InlineData(28, 14, 0)]
    [InlineData(28, 20, 18)]
    public void A_single_high_bin_decodes_to_its_angle_with_full_confidence(int bins, int bin, double degrees)
    {
        float[] logits = new float[bins];
        logits[bin] = 50;
        (double decoded, double mass) = L2csGazeEstimator.Decode(logits);
        Assert.Equal(degrees, decoded, 1e-6);
        Assert.Equal(1, mass, 1e-6);
    }

    [Fact]
    public void A_flat_distribution_decodes_with_low_confidence()
    {
        (_, double mass) = L2csGazeEstimator.Decode(new float[90]);
        Assert.True(mass < 0.15);
    }
}
