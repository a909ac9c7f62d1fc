namespace VideoGaze.Stages.Report.Tables;

/// <summary>A column of the table form of a report: one row a face and frame.</summary>
/// <param name="Name">snake_case, as analysis programs like it.</param>
/// <param name="Type"><see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>.</param>
/// <param name="Value">The cell; null where the report has none.</param>
internal sealed record GazeColumn(string Name, Type Type, Func<FrameGazeRecord, FaceGazeRecord, object?> Value);

/// <summary>The report as a table, the same in CSV and Parquet; docs/gaze-report.md lists the columns. Degrees, pixels, seconds.</summary>
internal static class GazeTable
{
    /// <summary>Columns in order.</summary>
    public static IReadOnlyList<GazeColumn> Columns { get; } =
    [
        new("frame", typeof(long), (frame, _) => frame.Frame),
        new("pts", typeof(long), (frame, _) => frame.Pts),
        new("time_base", typeof(string), (frame, _) => frame.TimeBase),
        new("time_s", typeof(double), (frame, _) => frame.Time),
        new("track", typeof(long), (_, face) => (long)face.Track),
        new("box_x", typeof(double), (_, face) => face.Box[0]),
        new("box_y", typeof(double), (_, face) => face.Box[1]),
        new("box_width", typeof(double), (_, face) => face.Box[2]),
        new("box_height", typeof(double), (_, face) => face.Box[3]),
        new("head_yaw_deg", typeof(double), (_, face) => face.Head?.Yaw),
        new("head_pitch_deg", typeof(double), (_, face) => face.Head?.Pitch),
        new("head_roll_deg", typeof(double), (_, face) => face.Head?.Roll),
        .. Eyes("source", face => face.Source),
        .. Eyes("output", face => face.Output),
        new("error_deg", typeof(double), (_, face) => face.Error),
        new("skipped", typeof(string), (_, face) => Word(face.Skipped)),
        new("gate", typeof(string), (_, face) => Word(face.Gate?.State)),
        new("second_error_deg", typeof(double), (_, face) => face.SecondError),
        new("face_change", typeof(double), (_, face) => face.Change),
        new("error_before_deg", typeof(double), (_, face) => face.Gate?.Before),
    ];

    /// <summary>Rows: every face of every frame.</summary>
    public static IEnumerable<(FrameGazeRecord Frame, FaceGazeRecord Face)> Rows(GazeReport report) =>
        report.Frames.SelectMany(frame => frame.Faces.Select(face => (frame, face)));

    /// <summary>A word as the report writes it.</summary>
    private static string? Word<T>(T? value)
        where T : struct, Enum => value is { } word ? char.ToLowerInvariant($"{word}"[0]) + $"{word}"[1..] : null;

    private static GazeColumn[] Eyes(string name, Func<FaceGazeRecord, EyesRecord?> eyes) =>
    [
        new(name + "_yaw_deg", typeof(double), (_, face) => eyes(face)?.Yaw),
        new(name + "_pitch_deg", typeof(double), (_, face) => eyes(face)?.Pitch),
        new(name + "_openness_left", typeof(double), (_, face) => eyes(face)?.Openness[0]),
        new(name + "_openness_right", typeof(double), (_, face) => eyes(face)?.Openness[1]),
        new(name + "_blink", typeof(bool), (_, face) => eyes(face)?.Blink),
        new(name + "_iris_along", typeof(double), (_, face) => eyes(face)?.Iris[0]),
        new(name + "_iris_down", typeof(double), (_, face) => eyes(face)?.Iris[1]),
        new(name + "_confidence", typeof(double), (_, face) => eyes(face)?.Confidence),
        new(name + "_second_yaw_deg", typeof(double), (_, face) => eyes(face)?.Second?.Yaw),
        new(name + "_second_pitch_deg", typeof(double), (_, face) => eyes(face)?.Second?.Pitch),
    ];
}
