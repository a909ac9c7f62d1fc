using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Features;

/// <summary>The label that a row is trained with.</summary>
public enum FeatureLabel
{
    /// <summary>Nothing was swapped.</summary>
    Real,

    /// <summary>Faces were swapped.</summary>
    Swapped,
}

/// <summary>Features of one video: a row a window. The writers turn it into files.</summary>
/// <param name="Input">File name without folder.</param>
/// <param name="Label">What the rows are labelled as; null: not.</param>
/// <param name="Window">Frames a window.</param>
/// <param name="Step">Frames from one window's start to the next.</param>
/// <param name="Estimator">Kind of gaze network.</param>
/// <param name="Models">Every network that took part.</param>
public sealed record FeatureTable(string Input, FeatureLabel? Label, int Window, int Step, string Estimator, IReadOnlyList<ModelRecord> Models)
{
    /// <summary>Name of the schema of the NDJSON form.</summary>
    public const string SchemaName = "videogaze.gaze-features";

    /// <summary>Version written by this program.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Rows that there are.</summary>
    public int Count => Rows.Count;

    /// <summary>Persons that have rows.</summary>
    public int Persons => Rows.Select(row => row.Track).Distinct().Count();

    /// <summary>One a window, by person and time.</summary>
    internal IReadOnlyList<FeatureWindow> Rows { get; init; } = [];

    /// <summary>The columns before the features: what a row is of.</summary>
    internal static IReadOnlyList<(string Name, Type Type, string Means, Func<FeatureTable, FeatureWindow, object?> Value)> Keys { get; } =
    [
        ("file", typeof(string), "the video's file name", (table, _) => table.Input),
        ("label", typeof(string), "`real` or `swapped` as given with `--label`", (table, _) => table.Label is { } label ? label.ToString().ToLowerInvariant() : null),
        ("track", typeof(long), "which person, as in reports", (_, row) => (long)row.Track),
        ("window", typeof(long), "index of the window, from 0 for each person", (_, row) => (long)row.Index),
        ("first_frame", typeof(long), "index of its first frame in the video", (_, row) => row.FirstFrame),
        ("frames", typeof(long), "frames in it", (_, row) => (long)row.Moments.Count),
        ("frame_seconds", typeof(double), "median time from frame to frame", (_, row) => row.FrameSeconds),
        ("start_s", typeof(double), "seconds from the video's first frame; empty where that frame does not show the person", (_, row) => row.StartSeconds),
        ("seen_share", typeof(double), "share of the frames that show the person", (_, row) => (double)row.Moments.Count(moment => moment is not null) / row.Moments.Count),
        ("gaze_share", typeof(double), "share of the frames with a gaze: eyes open, head within 45 degrees, confident", (_, row) => (double)row.Gaze.Yaws.Count(float.IsFinite) / row.Moments.Count),
    ];
}
