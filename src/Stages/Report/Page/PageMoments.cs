using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report.Page;

/// <summary>What a person's plot marks.</summary>
/// <param name="Track">Which person.</param>
/// <param name="Worst">As <see cref="PagePerson.Worst"/>.</param>
/// <param name="Source">Marks of the source.</param>
/// <param name="Output">Marks of the output.</param>
internal sealed record PageMoments(int Track, int[] Worst, PageMarks Source, PageMarks Output);

/// <summary>Marks of one side, as in <see cref="PageEyes"/>.</summary>
/// <param name="Blinks">First and last place of each.</param>
/// <param name="Saccades">First and last place of each, amplitude in tenths of a degree.</param>
internal sealed record PageMarks(int[][] Blinks, int[][] Saccades)
{
    /// <summary>The marks of a stream.</summary>
    /// <param name="stream">The eyes.</param>
    /// <param name="moves">How they move; null where there is one frame.</param>
    /// <param name="start">Place of the stream's first frame.</param>
    public static PageMarks Of(GazeStream stream, EyeMovements? moves, int start) => new(
        [.. GazeAnalysis.Runs(stream.Shut).Select(run => new[] { start + run.First, start + run.Last })],
        [.. (moves?.Saccades ?? []).Select(saccade => new[] { start + saccade.First, start + saccade.Last, (int)Math.Round(saccade.Amplitude * 10) })]);
}
