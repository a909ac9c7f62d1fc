using VideoGaze.Faces.Failures;
using VideoGaze.Training.Losses;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class LossTests
{
    [Fact]
    public void The_gaze_losses_gradient_reaches_the_generator_and_leaves_the_gaze_network_alone()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        using var gaze = new GazeNetwork();
        gaze.Freeze();
        float[][] before = [.. gaze.parameters().Select(parameter => parameter.data<float>().ToArray())];
        using var pair = new PairAutoencoder(new(Resolution: 96, EncoderDims: 4, InterDims: 16, DecoderDims: 4, MaskDims: 2));
        Tensor pictures = rand(2, 3, 96, 96), whole = ones(2, 1, 96, 96), open = ones(2);
        Tensor loss = new GazeLoss(gaze).Of(pair.Run(pictures, pictures, withSwap: true).Swap!.Value.Face, pictures, whole, open);
        loss.backward();
        using var optimizer = new MomentOptimizer(OptimizerKind.Adam, pair.named_parameters(), 1e-3);

        Assert.True(loss.item<float>() > 0);
        Assert.True(pair.Encoder.Downs[0].Weight.grad!.norm().item<float>() > 0, "no gradient at the generator's first layer");
        Assert.True(pair.DecoderSource.Head.Weight.grad!.norm().item<float>() > 0, "no gradient at the generator's last layer");
        Assert.All(gaze.parameters(), parameter => Assert.True(parameter.grad is null));
        optimizer.Step(0, clipNorm: 1);
        Assert.Equal(before, gaze.parameters().Select(parameter => parameter.data<float>().ToArray()));
    }

    [Fact]
    public void Shut_eyes_have_no_gaze_loss()
    {
        using var scope = NewDisposeScope();
        using var gaze = new GazeNetwork();
        gaze.Freeze();
        Tensor made = rand(2, 3, 96, 96), real = rand(2, 3, 96, 96), whole = ones(2, 1, 96, 96);
        Assert.Equal(0, new GazeLoss(gaze).Of(made, real, whole, zeros(2)).item<float>());
        Assert.True(new GazeLoss(gaze).Of(made, real, whole, ones(2)).item<float>() > 0);
    }

    [Fact]
    public void The_same_picture_has_no_gaze_loss_and_what_lies_outside_the_mask_does_not_count()
    {
        using var scope = NewDisposeScope();
        using var gaze = new GazeNetwork();
        gaze.Freeze();
        Tensor made = rand(1, 3, 96, 96), real = rand(1, 3, 96, 96);
        Assert.Equal(0, new GazeLoss(gaze).Of(real, real, ones(1, 1, 96, 96), ones(1)).item<float>(), 5);
        Assert.Equal(0, new GazeLoss(gaze).Of(made, real, zeros(1, 1, 96, 96), ones(1)).item<float>(), 5);
    }

    [Fact]
    public void An_edge_a_little_off_costs_little_detail_and_a_blurred_one_much()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        Tensor truth = nn.functional.interpolate(rand(1, 3, 16, 16), size: [64, 64], mode: InterpolationMode.Nearest), whole = ones(1, 1, 64, 64);
        double shifted = DetailLoss.Of(truth.roll(1, 3), truth, whole).item<float>(), blurred = DetailLoss.Of(nn.functional.avg_pool2d(truth, 7, stride: 1, padding: 3), truth, whole).item<float>();

        Assert.Equal(0, DetailLoss.Of(truth, truth, whole).item<float>());
        Assert.Equal(0, DetailLoss.Of(truth.roll(1, 3), truth, zeros(1, 1, 64, 64)).item<float>());
        Assert.True(blurred > 2.5 * shifted, $"shifted by a pixel {shifted}, blurred {blurred}");
    }

    [Fact]
    public void The_likenesss_gradient_reaches_the_picture_and_leaves_the_identity_network_alone()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(6);
        using var identity = new IdentityNetwork();
        identity.Freeze();
        Tensor truth = rand(2, 3, 128, 128), made = rand(2, 3, 128, 128).requires_grad_(true), whole = ones(2, 1, 128, 128);
        var loss = new LikenessLoss(identity);
        Assert.All(loss.Of(truth, truth, whole).data<float>().ToArray(), value => Assert.Equal(0, value, 4));
        Assert.All(loss.Of(made, truth, zeros(2, 1, 128, 128)).data<float>().ToArray(), value => Assert.Equal(0, value, 4));
        loss.Of(made, truth, whole).sum().backward();

        Assert.True(made.grad!.norm().item<float>() > 0, "no gradient at the picture");
        Assert.All(identity.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(96)] // 89 windows a side, a prime: one strip
    [InlineData(107)] // 99: three strips
    public void Dssim_equals_a_direct_computation_window_by_window(int side)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        int window = StructuralDissimilarity.WindowOf(side);
        Tensor a = rand(1, 1, side, side), b = (a * 0.7) + (rand(1, 1, side, side) * 0.3);
        float[] x = a.data<float>().ToArray(), y = b.data<float>().ToArray();
        double[] line = [.. Enumerable.Range(0, window).Select(i => Math.Exp(-0.5 * Math.Pow((i - ((window - 1) / 2.0)) / 1.5, 2)))];
        double sum = line.Sum(), total = 0;
        int count = 0;
        for (int top = 0; top + window <= side; top++)
        {
            for (int left = 0; left + window <= side; left++, count++)
            {
                double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
                for (int i = 0; i < window; i++)
                {
                    for (int j = 0; j < window; j++)
                    {
                        double w = line[i] * line[j] / (sum * sum), p = x[((top + i) * side) + left + j], q = y[((top + i) * side) + left + j];
                        (mx, my, xx, yy, xy) = (mx + (w * p), my + (w * q), xx + (w * p * p), yy + (w * q * q), xy + (w * p * q));
                    }
                }

                total += ((2 * mx * my) + 1e-4) * ((2 * (xy - (mx * my))) + 9e-4) / (((mx * mx) + (my * my) + 1e-4) * (xx - (mx * mx) + yy - (my * my) + 9e-4));
            }
        }

        using var dssim = new StructuralDissimilarity(side);
        Assert.Equal((1 - (total / count)) / 2, dssim.Of(a, b).item<float>(), 4);
        Assert.Equal(0, dssim.Of(a, a).item<float>(), 5);
    }

    [Theory]
    [InlineData(96, 8)]
    [InlineData(128, 11)]
    [InlineData(192, 16)]
    [InlineData(224, 19)]
    [InlineData(256, 11)]
    public void Dssim_windows_are_DeepFaceLabs(int side, int window) => Assert.Equal(window, StructuralDissimilarity.WindowOf(side));

    [Fact]
    public void The_soft_mask_is_whole_inside_and_fades_at_the_edge()
    {
        using var scope = NewDisposeScope();
        using var soft = new SoftMask(64);
        Tensor mask = zeros(1, 1, 64, 64);
        mask.narrow(2, 16, 32).narrow(3, 16, 32).fill_(1);
        Tensor result = soft.Of(mask);
        Assert.Equal(1, result[0, 0, 32, 32].item<float>(), 5);
        Assert.Equal(0, result[0, 0, 2, 2].item<float>(), 5);
        Assert.InRange(result[0, 0, 32, 15].item<float>(), 0.3f, 0.95f);
    }

    [Theory]
    [InlineData("300", 300, 0, null)]
    [InlineData("20@4000", 20, 4000, null)]
    [InlineData("0.5@10-90", 0.5, 10, 90)]
    public void A_loss_weight_is_read_and_written_alike(string text, double weight, int from, int? until)
    {
        LossTerm term = LossTerm.Parse(text);
        Assert.Equal(new LossTerm(weight, from, until), term);
        Assert.Equal(text, term.ToString());
    }

    [Theory]
    [InlineData("much")]
    [InlineData("-1")]
    [InlineData("1@9-3")]
    [InlineData("1@2@3")]
    [InlineData("1@-3")]
    [InlineData("NaN")]
    public void A_senseless_loss_weight_is_refused(string text) =>
        Assert.Equal(FailureKind.Usage, Assert.Throws<UserFacingException>(() => LossTerm.Parse(text)).Kind);

    [Fact]
    public void A_loss_acts_from_its_first_step_until_its_last()
    {
        LossTerm term = LossTerm.Parse("2@10-20");
        Assert.Equal([0, 2, 2, 0], new[] { 9, 10, 19, 20 }.Select(term.At));
        Assert.All([0, 1000], step => Assert.Equal(0, LossTerm.Off.At(step)));
    }

    [Theory]
    [InlineData("DFL", 0, 0)]
    [InlineData("DFL+em", 300, 0)]
    [InlineData("DFL+Gaze", 0, PairLosses.GazeWeight)]
    [InlineData("DFL+Gaze-finetuning", 0, PairLosses.GazeWeight)]
    [InlineData("dfl+EM+gaze", 300, PairLosses.GazeWeight)]
    public void The_five_conditions_differ_in_priority_and_gaze_alone(string name, double em, double gaze)
    {
        PairLosses losses = PairLosses.Conditions[name];
        Assert.Equal(PairLosses.Dfl with { EyesAndMouth = new(em), Gaze = new(gaze) }, losses);
        Assert.Equal(gaze > 0, losses.NeedGazeNetwork);
    }

    [Fact]
    public void A_gaze_loss_without_its_network_is_refused() =>
        Assert.Throws<UserFacingException>(() => new PairTrainingOptions("a", "b", "c") { Losses = PairLosses.Conditions["DFL+Gaze"] }.Validate());
}
