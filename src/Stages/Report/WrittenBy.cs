namespace VideoGaze.Stages.Report;

/// <summary>What first lines of files say of the program that wrote them.</summary>
internal static class WrittenBy
{
    /// <summary>Program and version, <c>videogaze 1.2.3</c>.</summary>
    public static string Tool { get; } = "videogaze " + (typeof(WrittenBy).Assembly.GetName().Version?.ToString(3) ?? "0.0.0");
}
