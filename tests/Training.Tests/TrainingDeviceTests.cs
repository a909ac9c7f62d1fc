using TorchSharp;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

/// <summary>Moving a network to another device: no machine that tests has a GPU, but every libtorch has the device without memory, which refuses tensors of any other.</summary>
[Collection("torch")]
public sealed class TrainingDeviceTests
{
    [Fact]
    public void Moving_a_network_moves_all_that_its_layers_compute_with()
    {
        using var scope = NewDisposeScope();
        using var identity = new IdentityNetwork();
        using var ladder = new SwapLadder("face", new SwapShape(32, 4), 3, 5);
        using var dense = new Dense("dense", 4, 2);
        ModuleExtensionMethods.to(identity, META);
        ModuleExtensionMethods.to(ladder, META);
        ModuleExtensionMethods.to(dense, META);

        // What layers hold themselves, not only what they have registered.
        Assert.All(identity.Units, unit => Assert.Equal((DeviceType.META, DeviceType.META), (unit.Folded().Weight.device_type, unit.Folded().Bias.device_type)));
        Assert.Equal((DeviceType.META, DeviceType.META), (ladder.Head.Weight.device_type, ladder.Lowest[1].Second.Bias.device_type));
        Assert.Equal([3, 2], dense.forward(zeros(3, 4, device: META)).shape);
        Assert.All(ladder.named_parameters(), entry => Assert.Equal(DeviceType.META, entry.parameter.device_type));
    }

    [Fact]
    public void A_gpu_that_is_not_there_is_an_error_and_no_silent_run_on_the_processor()
    {
        Assert.SkipWhen(cuda.is_available(), "This machine has a GPU that libtorch can train on.");
        var failure = Assert.Throws<Faces.Failures.UserFacingException>(() => TorchRuntime.Use(0, TrainingDevice.Cuda));
        Assert.Equal(Faces.Failures.FailureKind.ProviderMissing, failure.Kind);
        Assert.Contains("--device cpu", failure.Message, StringComparison.Ordinal);
        Assert.False(TorchRuntime.IsGpu);
    }

    [Fact]
    public void Batches_come_in_order_from_any_number_of_drawers_and_a_failure_surfaces_at_its_step()
    {
        foreach (int drawers in (int[])[1, 3, 8])
        {
            int atOnce = 0, most = 0;
            var drawn = Data.BatchesAhead.From(5, 25, drawers, step =>
            {
                most = Math.Max(most, Interlocked.Increment(ref atOnce));
                Thread.SpinWait(20_000 * (step % 3));
                Interlocked.Decrement(ref atOnce);
                return step * step;
            }).ToList();
            Assert.Equal(Enumerable.Range(5, 20).Select(step => (step, step * step)), drawn);
            Assert.InRange(most, 1, drawers);
        }

        var seen = new List<int>();
        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach ((int step, int _) in Data.BatchesAhead.From(0, 10, 2, step => step == 4 ? throw new InvalidOperationException() : step))
            {
                seen.Add(step);
            }
        });
        Assert.Equal([0, 1, 2, 3], seen);
    }
}
