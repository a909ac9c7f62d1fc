using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;

namespace VideoGaze.Pipeline.Tests;

/// <summary>
/// A graph of random shape: trunk, perhaps a fork, perhaps a fork in a branch; random parallelism, capacity and frame count. Everything follows from the seed but
/// the interleaving of threads, which random yields and spins stir. Every call of every step passes through one hook, where a test makes things happen.
/// </summary>
internal sealed class RandomRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly int seed;
    private readonly Random random;
    private readonly List<Place> places = [];
    private readonly List<ProbeSink> sinks = [];
    private readonly Dictionary<Place, Action> incidents = [];
    private int forks;

    public RandomRun(int seed)
    {
        this.seed = seed;
        random = new Random(seed);
        Frames = random.Next(1, 40);
        Capacity = random.Next(1, 6);
        Source = new ProbeSource(Pool, Frames, At("source", PlaceKind.Source));
        PipelinePath<Probe, PipelineGraph> trunk = PipelineGraph.From(Source);
        for (int i = random.Next(4); i > 0; i--)
        {
            trunk = trunk.Then(Stage($"trunk{i}"));
        }

        Graph = random.Next(4) == 0 ? trunk.To(Sink("only")) : trunk.Fork(Split(), left => Branch("left", left), right => Branch("right", right));
    }

    public int Frames { get; }

    public int Capacity { get; }

    public PixelPool Pool { get; } = new();

    public ProbeSource Source { get; }

    public PipelineGraph Graph { get; }

    public IReadOnlyList<ProbeSink> Sinks => sinks;

    public CancellationTokenSource Hard { get; } = new();

    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Whether this graph has a step of the kinds given.</summary>
    public bool Has(params PlaceKind[] kinds) => places.Any(place => kinds.Contains(place.Kind));

    /// <summary>Picks a call at random: any step of the kinds given, and a frame that is often the first or the last.</summary>
    public Place PickCall(params PlaceKind[] kinds)
    {
        Place[] fitting = [.. places.Where(place => kinds.Contains(place.Kind))];
        Place place = fitting[random.Next(fitting.Length)];
        int last = place.Kind == PlaceKind.Source ? Frames : Frames - 1;
        int frame = random.Next(4) switch { 0 => 0, 1 => last, _ => random.Next(last + 1) };
        return place with { Number = place.Kind == PlaceKind.Commit ? -1 : frame };
    }

    /// <summary>Makes something happen at a call.</summary>
    public void When(Place call, Action happens) => incidents[call] = incidents.TryGetValue(call, out Action? before) ? before + happens : happens;

    /// <summary>Runs it. A run that hangs fails here.</summary>
    public async Task<(RunReport? Report, Exception? Thrown)> RunAsync()
    {
        Task<RunReport> run = Graph.RunAsync(new PipelineOptions { LinkCapacity = Capacity, Pool = Pool, StopToken = Stop.Token }, Hard.Token);
        Assert.True(await Task.WhenAny(run, Task.Delay(Patience, TestContext.Current.CancellationToken)) == run, "the run hangs");
        try
        {
            return (await run, null);
        }
        catch (Exception exception)
        {
            return (null, exception);
        }
    }

    /// <summary>What holds after every run, whatever its ending.</summary>
    public void CheckAlways()
    {
        Assert.Equal(0, Pool.Leased);
        foreach (ProbeSink sink in sinks)
        {
            Assert.Equal(Enumerable.Range(0, sink.Written.Count).Select(i => (long)i), sink.Written);
            Assert.True(sink.Commits + sink.Abandons == 1, $"{sink.Name}: {sink.Commits} commits and {sink.Abandons} abandons");
            Assert.False(sink.EndedWhileWriting, $"{sink.Name} was ended while it wrote");
        }
    }

    public override string ToString() => $"seed {seed}, {Frames} frames, capacity {Capacity}, steps {string.Join(' ', places.Select(place => place.Step).Distinct())}";

    private BranchEnd Branch(string name, PipelinePath<Probe, BranchEnd> path)
    {
        for (int i = random.Next(3); i > 0; i--)
        {
            path = path.Then(Stage($"{name}{i}"));
        }

        return forks == 1 && random.Next(4) == 0
            ? path.Fork(Split(), left => Branch(name + "left", left), right => Branch(name + "right", right))
            : path.To(Sink(name));
    }

    private Func<Probe, (Probe Left, Probe Right)> Split()
    {
        forks++;
        places.Add(new Place("fork", PlaceKind.Fork, 0));
        return item =>
        {
            Happen(new Place("fork", PlaceKind.Fork, item.Number));
            return GraphTests.Divide(Pool)(item);
        };
    }

    private ProbeStage Stage(string name) => new(name, random.Next(1, 5), At(name, PlaceKind.Stage));

    private ProbeSink Sink(string name)
    {
        ProbeSink sink = new(name, At(name, PlaceKind.Sink), At(name, PlaceKind.Commit));
        sinks.Add(sink);
        return sink;
    }

    private Incident At(string step, PlaceKind kind)
    {
        places.Add(new Place(step, kind, 0));
        return async (number, _) =>
        {
            int mood = HashCode.Combine(seed, step.Length, step[^1], kind, number) & 7;
            for (int i = 0; i < mood - 4; i++)
            {
                await Task.Yield();
            }

            Thread.SpinWait((mood & 3) * 50);
            Happen(new Place(step, kind, number));
        };
    }

    private void Happen(Place call)
    {
        if (incidents.TryGetValue(call, out Action? happens))
        {
            happens();
        }
    }
}

/// <summary>What kind of call a place is.</summary>
internal enum PlaceKind
{
    Source,
    Stage,
    Fork,
    Sink,
    Commit,
}

/// <summary>One call in a run.</summary>
/// <param name="Step">Name of the step.</param>
/// <param name="Kind">Which of its calls.</param>
/// <param name="Number">The frame; -1 for a commit.</param>
internal sealed record Place(string Step, PlaceKind Kind, long Number);
