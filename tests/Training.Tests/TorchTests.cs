namespace VideoGaze.Training.Tests;

/// <summary>Tests that use tensors run one after another on one thread: several thread pools on a busy machine wait for each other.</summary>
[CollectionDefinition("torch")]
public sealed class TorchTests : ICollectionFixture<OneThread>;

/// <summary>Sets the tensor library to one thread before the first test.</summary>
public sealed class OneThread
{
    public OneThread() => TorchRuntime.Use(1);
}
