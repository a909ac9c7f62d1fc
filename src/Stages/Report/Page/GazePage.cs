namespace VideoGaze.Stages.Report.Page;

/// <summary>A gaze report as one HTML file that needs neither network nor other files: pictures, plots, tables.</summary>
public static class GazePage
{
    /// <summary>Writes the page as UTF-8.</summary>
    /// <param name="report">What it shows.</param>
    /// <param name="videos">Where its pictures come from.</param>
    /// <param name="target">Stays open.</param>
    /// <param name="progress">Told how many frames of how many were looked at for pictures.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Why pictures are missing, a sentence each; empty where all are there.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(GazeReport report, PageVideos videos, Stream target, IProgress<(long Done, long All)>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(videos);
        IReadOnlyList<PersonColumns> people = PersonColumns.Of(report);
        IReadOnlyList<int[]> chosen = PictureChoice.Of(people);
        var reader = new PictureReader(report, people, chosen, progress);
        PagePictures pictures = await reader.ReadAsync(videos, cancellationToken).ConfigureAwait(false);

        var tally = new GazeTally(report.Header);
        foreach (FrameGazeRecord frame in report.Frames)
        {
            tally.Add(frame);
        }

        var document = new PageDocument(
            report.Header,
            tally.Summarise(),
            report.Summary is not null,
            report.Frames.Count == 0 ? 0 : report.Frames[0].Frame,
            Times(report),
            Enum.GetValues<GazeSkip>(),
            Persons(people, reader.Pictures),
            pictures);
        var writer = new StreamWriter(target, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            PageAssets.Write(writer, $"Gaze report: {Path.GetFileName(report.Header.Output ?? report.Header.Source ?? "video")}", PageJson.Write(document));
        }

        return pictures.Notes;
    }

    private static List<PagePerson> Persons(IReadOnlyList<PersonColumns> people, IReadOnlyList<List<PagePicture>> pictures)
    {
        // Each person's part of the size is that of its pictures: nobody loses all of theirs to another's.
        long all = pictures.Sum(list => list.Sum(PictureChoice.Characters));
        return [.. people.Select((person, i) => person.ToPage(all <= PictureChoice.Budget
            ? pictures[i]
            : PictureChoice.Thin(pictures[i], person, PictureChoice.Budget * pictures[i].Sum(PictureChoice.Characters) / all)))];
    }

    /// <summary>Milliseconds of every frame from the first to the last; those that the report leaves out lie evenly between their neighbours.</summary>
    private static int[] Times(GazeReport report)
    {
        if (report.Frames.Count == 0)
        {
            return [];
        }

        int[] times = new int[report.Frames[^1].Frame - report.Frames[0].Frame + 1];
        int before = 0;
        foreach (FrameGazeRecord frame in report.Frames)
        {
            int place = (int)(frame.Frame - report.Frames[0].Frame);
            times[place] = (int)Math.Round(frame.Time * 1000);
            for (int i = before + 1; i < place; i++)
            {
                times[i] = times[before] + ((times[place] - times[before]) * (i - before) / (place - before));
            }

            before = place;
        }

        return times;
    }
}
