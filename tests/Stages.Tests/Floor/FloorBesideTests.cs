using VideoGaze.Stages.Floor;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Tests.Floor;

public sealed class FloorBesideTests
{
    private static readonly FootageFloor Some = new(4, 1, "libx264", null, null);

    [Fact]
    public async Task What_was_found_is_there_for_who_waits()
    {
        await using var floor = FloorBeside.Start(_ => Task.FromResult<FootageFloor?>(Some), CancellationToken.None, CancellationToken.None);
        Assert.Same(Some, await floor.Found);
    }

    [Fact]
    public async Task A_run_that_is_asked_to_end_early_goes_on_without_it()
    {
        using var stop = new CancellationTokenSource();
        await using var floor = FloorBeside.Start(ForeverAsync, stop.Token, CancellationToken.None);
        Assert.False(floor.Found.IsCompleted);
        await stop.CancelAsync();
        Assert.Null(await floor.Found);
    }

    [Fact]
    public async Task It_ends_with_its_run_and_is_waited_for()
    {
        bool hasEnded = false;
        FloorBeside floor = FloorBeside.Start(
            async end =>
            {
                try
                {
                    return await ForeverAsync(end);
                }
                finally
                {
                    hasEnded = true;
                }
            },
            CancellationToken.None,
            CancellationToken.None);
        await floor.DisposeAsync();
        Assert.True(hasEnded);
    }

    [Fact]
    public async Task What_went_wrong_is_told_to_who_waits_and_not_at_the_end()
    {
        FloorBeside floor = FloorBeside.Start(_ => throw new InvalidOperationException("broken"), CancellationToken.None, CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => floor.Found);
        await floor.DisposeAsync();
    }

    private static async Task<FootageFloor?> ForeverAsync(CancellationToken end)
    {
        await Task.Delay(Timeout.Infinite, end);
        return Some;
    }
}
