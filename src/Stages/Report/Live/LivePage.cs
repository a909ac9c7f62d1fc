using VideoGaze.Stages.Report.Page;

namespace VideoGaze.Stages.Report.Live;

/// <summary>What a run knows of itself before its first frame.</summary>
/// <param name="Header">The report's first line.</param>
/// <param name="FramesExpected">Frames that the container promises; null where it does not.</param>
/// <param name="HasSource">Whether there is a picture of the source: truth has none.</param>
internal sealed record LiveBeginning(GazeReportHeader Header, long? FramesExpected, bool HasSource);

/// <summary>The page of a run that goes on: the finished page without anything in it, and a part that fills it.</summary>
internal static class LivePage
{
    /// <summary>The page as HTML.</summary>
    public static string Write(LiveBeginning beginning, string run)
    {
        var document = new PageDocument(
            beginning.Header,
            new GazeTally().Summarise(),
            Whole: true,
            FirstFrame: 0,
            Times: [],
            Enum.GetValues<GazeSkip>(),
            Persons: [],
            new PagePictures(
                beginning.HasSource,
                HasOutput: true,
                [EyesPicture.SmallSize.Width, EyesPicture.SmallSize.Height],
                [EyesPicture.StripSize.Width, EyesPicture.StripSize.Height],
                []),
            new PageLive(run, beginning.FramesExpected));
        using var text = new StringWriter();
        PageAssets.WriteLive(text, $"Live gaze report: {Path.GetFileName(beginning.Header.Output ?? "video")}", PageJson.Write(document));
        return text.ToString();
    }
}
