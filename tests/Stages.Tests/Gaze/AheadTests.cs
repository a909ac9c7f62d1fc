using VideoGaze.Stages.Measure;

namespace VideoGaze.Stages.Tests.Gaze;

public sealed class AheadTests
{
    [Fact]
    public async Task Items_come_in_order_and_belong_to_the_reader()
    {
        var made = new List<Item>();
        var taken = new List<int>();
        await foreach (Item item in Ahead.Of(Make(20, made), 3, TestContext.Current.CancellationToken))
        {
            taken.Add(item.Number);
            Assert.False(item.Disposed);
        }

        Assert.Equal(Enumerable.Range(0, 20), taken);
        Assert.All(made, item => Assert.False(item.Disposed));
    }

    [Fact]
    public async Task What_was_made_in_advance_is_disposed_when_the_reader_stops()
    {
        var made = new List<Item>();
        await foreach (Item item in Ahead.Of(Make(1000, made), 3, TestContext.Current.CancellationToken))
        {
            if (item.Number == 5)
            {
                break;
            }
        }

        Assert.InRange(made.Count, 6, 12);
        Assert.All(made.Skip(6), item => Assert.True(item.Disposed));
        Assert.All(made.Take(6), item => Assert.False(item.Disposed));
    }

    [Fact]
    public async Task A_failure_reaches_the_reader_after_the_items_before_it()
    {
        var taken = new List<int>();
        var failure = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (Item item in Ahead.Of(Make(20, [], failAt: 4), 8, TestContext.Current.CancellationToken))
            {
                taken.Add(item.Number);
            }
        });
        Assert.Equal("made up", failure.Message);
        Assert.Equal([0, 1, 2, 3], taken);
    }

    private static async IAsyncEnumerable<Item> Make(int count, List<Item> made, int failAt = -1)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            if (i == failAt)
            {
                throw new InvalidDataException("made up");
            }

            var item = new Item(i);
            made.Add(item);
            yield return item;
        }
    }

    private sealed class Item(int number) : IDisposable
    {
        public int Number { get; } = number;

        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
