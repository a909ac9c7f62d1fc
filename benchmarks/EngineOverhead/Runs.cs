using System.Globalization;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;

namespace VideoGaze.EngineOverhead;

/// <summary>Steps that do nothing: all time is the engine's.</summary>
internal static class EmptyRun
{
    private const int Count = 20_000;

    public static async Task<string> MeasureAsync(int capacity, int parallel)
    {
        (double Wall, double Processor, double Garbage) best = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (int round = 0; round < 5; round++)
        {
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            RunReport report = await Graphs.Line(Count, 6, () => new Step(parallel)).RunAsync(new PipelineOptions { LinkCapacity = capacity }).ConfigureAwait(false);
            double garbage = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / Count;
            best = (Math.Min(best.Wall, report.Wall.TotalMicroseconds / Count), Math.Min(best.Processor, report.ProcessorTime.TotalMicroseconds / Count), Math.Min(best.Garbage, garbage));
        }

        return string.Create(CultureInfo.InvariantCulture, $"| {capacity} | {parallel} | {best.Wall:F1} | {best.Processor:F1} | {best.Garbage:F0} |");
    }
}

/// <summary>Steps of uneven speed, which queues even out.</summary>
internal static class UnevenRun
{
    public static async Task<string> MeasureAsync(int capacity)
    {
        int seed = 0;
        RunReport report = await Graphs.Line(150, 4, () =>
        {
            Random random = new(++seed);
            return new Step(1, () => TimeSpan.FromMilliseconds(random.Next(2, 19)));
        }).RunAsync(new PipelineOptions { LinkCapacity = capacity }).ConfigureAwait(false);

        // Each of the four steps and the sink holds what waits and the one it works on; the source holds one.
        int inFlight = (5 * (capacity + 1)) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"| {capacity} | {report.Wall.TotalSeconds:F2} | at most {inFlight} |");
    }
}

/// <summary>Graphs to measure.</summary>
internal static class Graphs
{
    public static PipelineGraph Line(int count, int steps, Func<Step> step)
    {
        PipelinePath<Item, PipelineGraph> path = PipelineGraph.From(new Items(count));
        for (int i = 0; i < steps; i++)
        {
            path = path.Then(step());
        }

        return path.To(new Nowhere());
    }
}
