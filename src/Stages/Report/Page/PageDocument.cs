using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Report.Page;

/// <summary>Everything that a page shows, in the form in which its script reads it. "Place" is a frame's number less the report's first.</summary>
/// <param name="Header">The report's first line.</param>
/// <param name="Summary">The report's last line, made anew.</param>
/// <param name="Whole">False where the report was cut off.</param>
/// <param name="FirstFrame">Number of the frame at place 0.</param>
/// <param name="Times">Milliseconds a place.</param>
/// <param name="Skips">Names of the reasons that <see cref="PagePerson.Skip"/> counts from 1.</param>
/// <param name="Persons">One a track.</param>
/// <param name="Pictures">What the pictures are.</param>
/// <param name="Live">What a page needs to know of a run that goes on; null on a finished page.</param>
internal sealed record PageDocument(
    GazeReportHeader Header,
    GazeSummary Summary,
    bool Whole,
    long FirstFrame,
    int[] Times,
    GazeSkip[] Skips,
    IReadOnlyList<PagePerson> Persons,
    PagePictures Pictures,
    PageLive? Live = null);

/// <summary>A run that goes on.</summary>
/// <param name="Run">Tells it from others that may have the same address.</param>
/// <param name="FramesExpected">Frames that the container promises; null where it does not.</param>
internal sealed record PageLive(string Run, long? FramesExpected);

/// <summary>
/// One person's columns from the first place to the last. Whole numbers keep the page small: angles are tenths of a degree (the estimator's noise is several),
/// errors, opennesses and confidences hundredths. Null: not known.
/// </summary>
/// <param name="Track">Which person.</param>
/// <param name="First">Place of the columns' first value.</param>
/// <param name="Error">Hundredths of a degree.</param>
/// <param name="Skip">0: counts; null: not seen; else a reason.</param>
/// <param name="HeadYaw">Tenths of a degree.</param>
/// <param name="HeadPitch">Tenths of a degree.</param>
/// <param name="Source">The eyes of the source.</param>
/// <param name="Output">The eyes of the output.</param>
/// <param name="Gate">Stretches that the gate flagged or repaired, in order.</param>
/// <param name="Worst">Places of the largest errors, worst first, some time apart.</param>
/// <param name="Pictures">The frames that are shown.</param>
internal sealed record PagePerson(
    int Track,
    int First,
    int?[] Error,
    int?[] Skip,
    int?[] HeadYaw,
    int?[] HeadPitch,
    PageEyes Source,
    PageEyes Output,
    IReadOnlyList<PageGateRun> Gate,
    int[] Worst,
    IReadOnlyList<PagePicture> Pictures);

/// <summary>Neighbouring frames to which a gate did the same.</summary>
/// <param name="First">Place of the first.</param>
/// <param name="State">What it did.</param>
/// <param name="Before">Hundredths of a degree of error before the repair, a value a frame; null where nothing was repaired or measured.</param>
internal sealed record PageGateRun(int First, GateState State, int?[] Before)
{
    /// <summary>The stretches among a person's faces.</summary>
    /// <param name="faces">By place, in order.</param>
    public static IReadOnlyList<PageGateRun> Of(IEnumerable<KeyValuePair<int, FaceGazeRecord>> faces)
    {
        var runs = new List<(int First, GateState State, List<int?> Before)>();
        foreach ((int place, FaceGazeRecord face) in faces)
        {
            if (face.Gate is not { } done)
            {
                continue;
            }

            if (runs.Count == 0 || runs[^1].State != done.State || runs[^1].First + runs[^1].Before.Count != place)
            {
                runs.Add((place, done.State, []));
            }

            runs[^1].Before.Add(done.Before is { } before ? (int)Math.Round(before * 100) : null);
        }

        return [.. runs.Select(run => new PageGateRun(run.First, run.State, [.. run.Before]))];
    }
}

/// <summary>One side's columns.</summary>
/// <param name="Yaw">Tenths of a degree.</param>
/// <param name="Pitch">Tenths of a degree.</param>
/// <param name="Openness">Hundredths of the eye's width, mean of both eyes.</param>
/// <param name="Confidence">Hundredths.</param>
/// <param name="Blinks">First and last place of each.</param>
/// <param name="Saccades">First and last place of each, amplitude in tenths of a degree.</param>
internal sealed record PageEyes(int?[] Yaw, int?[] Pitch, int?[] Openness, int?[] Confidence, int[][] Blinks, int[][] Saccades);

/// <summary>What a frame looks like: JPEG files, source above output where both are there.</summary>
/// <param name="Place">Which frame.</param>
/// <param name="Eyes">x and y between the eyes in the face's picture, pixels.</param>
/// <param name="Face">Face of both sides.</param>
/// <param name="Strip">Both eyes of both sides, larger.</param>
internal sealed record PagePicture(int Place, int[] Eyes, byte[] Face, byte[] Strip);

/// <summary>What the pictures of a page are.</summary>
/// <param name="HasSource">Whether they show the source.</param>
/// <param name="HasOutput">Whether they show the output.</param>
/// <param name="FaceSize">Width and height of one side's face in pixels.</param>
/// <param name="StripSize">Width and height of one side's eyes.</param>
/// <param name="Notes">Why pictures are missing, a sentence each.</param>
internal sealed record PagePictures(bool HasSource, bool HasOutput, int[] FaceSize, int[] StripSize, IReadOnlyList<string> Notes);

/// <summary>Serialisation without reflection, names and words as in the report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCase<GazeSkip>), typeof(CamelCase<OutputEyes>), typeof(CamelCase<GazeFault>), typeof(CamelCase<GateAction>), typeof(CamelCase<GateState>)])]
[JsonSerializable(typeof(PageDocument))]
internal sealed partial class PageJson : JsonSerializerContext
{
    /// <summary>The document as text that may stand inside a script element: the default encoder escapes every character that could end it.</summary>
    public static string Write(PageDocument document) => JsonSerializer.Serialize(document, Default.PageDocument);
}
