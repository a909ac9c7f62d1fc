using System.Threading.Tasks.Dataflow;

namespace VideoGaze.Pipeline.Running;

/// <summary>One edge of the graph, from a step to the one behind it. The step in front exists first; <see cref="Connect"/> adds the step behind.</summary>
/// <param name="connected">What the step in front does with the target, where the block itself hands items on.</param>
internal sealed class Link<T>(Action<ITargetBlock<Envelope<T>>>? connected = null)
{
    private ITargetBlock<Envelope<T>>? target;
    private StepMeter? consumer;

    /// <summary>Attaches the step behind.</summary>
    public void Connect(ITargetBlock<Envelope<T>> target, StepMeter consumer)
    {
        this.target = target;
        this.consumer = consumer;
        connected?.Invoke(target);
    }

    /// <summary>Wraps an item the step in front has just finished; from now on it waits for the step behind.</summary>
    public Envelope<T> Wrap(long index, T item) => new(index, Live: true, item, consumer!.Arrive());

    /// <summary>Waits for room in the step behind, for producers that are no source block. Never false: only the producer completes its target.</summary>
    public Task<bool> SendAsync(Envelope<T> envelope) => target!.SendAsync(envelope);

    /// <summary>Says that no more will come.</summary>
    public void Complete() => target!.Complete();
}
