using VideoGaze.Pipeline.Running;

namespace VideoGaze.Pipeline.Graph;

/// <summary>An open end of a graph under construction: add steps until a sink, or a fork whose branches have sinks, closes it.</summary>
/// <typeparam name="T">The item that comes out of the last step.</typeparam>
/// <typeparam name="TEnd">What closing it gives: the <see cref="PipelineGraph"/>, or inside a fork the <see cref="BranchEnd"/>.</typeparam>
public sealed class PipelinePath<T, TEnd>
{
    private readonly Func<GraphBlocks, Link<T>> build;
    private readonly Func<Action<GraphBlocks>, TEnd> close;

    internal PipelinePath(Func<GraphBlocks, Link<T>> build, Func<Action<GraphBlocks>, TEnd> close)
    {
        this.build = build;
        this.close = close;
    }

    /// <summary>Adds a step. Order is kept behind it, however many items it works on at once.</summary>
    public PipelinePath<TOut, TEnd> Then<TOut>(IFrameStage<T, TOut> stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentOutOfRangeException.ThrowIfLessThan(stage.Concurrency.MaxParallel, 1, nameof(stage));
        return new(blocks => blocks.AddStage(build(blocks), stage), close);
    }

    /// <summary>Ends the path in a sink.</summary>
    public TEnd To(IFrameSink<T> sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return close(blocks => blocks.AddSink(build(blocks), sink));
    }

    /// <summary>
    /// Divides each item in two and ends the path in two branches, both bounded, neither losing an item. A slow branch holds the other back
    /// once the links before it are full. Branches may fork again; they never meet again.
    /// </summary>
    /// <param name="split">
    /// Divides an item: the two parts take over everything it owned, and share nothing that one of them writes or disposes. If it throws, the runner disposes the item.
    /// </param>
    /// <param name="left">Continues with the left part; its sinks commit first.</param>
    /// <param name="right">Continues with the right part.</param>
    public TEnd Fork<TLeft, TRight>(
        Func<T, (TLeft Left, TRight Right)> split,
        Func<PipelinePath<TLeft, BranchEnd>, BranchEnd> left,
        Func<PipelinePath<TRight, BranchEnd>, BranchEnd> right)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);

        // The branches are described now and built later, when the fork's block exists: until then their links are empty slots.
        Link<TLeft>? leftLink = null;
        Link<TRight>? rightLink = null;
        BranchEnd leftEnd = left(new(_ => leftLink!, build => new BranchEnd(build)));
        BranchEnd rightEnd = right(new(_ => rightLink!, build => new BranchEnd(build)));
        return close(blocks =>
        {
            (leftLink, rightLink) = blocks.AddFork(build(blocks), split);
            leftEnd.Build(blocks);
            rightEnd.Build(blocks);
        });
    }
}

/// <summary>A branch of a fork, closed by its sink. It runs as part of its graph.</summary>
public sealed class BranchEnd
{
    internal BranchEnd(Action<GraphBlocks> build) => Build = build;

    internal Action<GraphBlocks> Build { get; }
}
