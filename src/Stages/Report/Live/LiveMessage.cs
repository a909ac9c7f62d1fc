using System.Text.Json.Serialization;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report.Analysis;
using VideoGaze.Stages.Report.Page;

namespace VideoGaze.Stages.Report.Live;

/// <summary>What a viewer is sent at once.</summary>
/// <param name="Json">One line of JSON.</param>
/// <param name="Next">What the viewer has had with it.</param>
/// <param name="HasMore">Whether there is more already.</param>
/// <param name="IsLast">Whether the run has ended and this is all.</param>
internal sealed record LiveMessage(byte[] Json, LiveCursor Next, bool HasMore, bool IsLast);

/// <summary>Figures so far.</summary>
/// <param name="FirstFrame">Number of the frame at place 0.</param>
/// <param name="Summary">As the report's last line would be now.</param>
/// <param name="Moments">Marks of each person.</param>
internal sealed record LiveFigures(long FirstFrame, GazeSummary Summary, IReadOnlyList<PageMoments> Moments);

/// <summary>A picture of a person's eyes.</summary>
/// <param name="Track">Which person.</param>
/// <param name="Shot">The picture.</param>
internal sealed record LivePicture(int Track, PagePicture Shot);

/// <summary>How the run goes.</summary>
/// <param name="Words">A sentence.</param>
/// <param name="Ended">Whether it has ended.</param>
internal sealed record LiveState(string Words, bool Ended);

/// <summary>Serialisation without reflection, names and words as in the report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCase<GazeSkip>), typeof(CamelCase<OutputEyes>), typeof(CamelCase<GazeFault>), typeof(CamelCase<GateAction>)])]
[JsonSerializable(typeof(LiveFigures))]
[JsonSerializable(typeof(LivePicture))]
[JsonSerializable(typeof(LiveState))]
internal sealed partial class LiveJson : JsonSerializerContext;
