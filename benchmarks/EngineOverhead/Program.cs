using VideoGaze.EngineOverhead;

// dotnet run -c Release --project benchmarks/EngineOverhead
Console.WriteLine("Engine alone: 20 000 items through 6 steps that do nothing (8 with source and sink). Best of 5.");
Console.WriteLine("| link capacity | parallel | wall us/item | CPU us/item | garbage B/item |");
Console.WriteLine("|---|---|---|---|---|");
foreach ((int capacity, int parallel) in ((int, int)[])[(1, 1), (4, 1), (16, 1), (4, 2)])
{
    Console.WriteLine(await EmptyRun.MeasureAsync(capacity, parallel));
}

TimeSpan hop = await VideoGaze.Pipeline.Running.EngineCost.MeasureHopAsync();
Console.WriteLine($"One item at a time (what a run's report counts with): {hop.TotalMicroseconds:F1} us CPU a hop.");
Console.WriteLine();
Console.WriteLine("What capacity buys: 4 steps that each wait 2 to 18 ms, 10 on average, for 150 items; the slowest step alone would take 1.5 s.");
Console.WriteLine("| link capacity | wall s | items in flight |");
Console.WriteLine("|---|---|---|");
foreach (int capacity in (int[])[1, 2, 4, 8, 16])
{
    Console.WriteLine(await UnevenRun.MeasureAsync(capacity));
}
