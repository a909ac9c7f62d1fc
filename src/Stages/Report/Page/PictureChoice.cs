namespace VideoGaze.Stages.Report.Page;

/// <summary>Chooses the frames that a page shows pictures of: the worst, the blinks and saccades, and every so many between them, as many as its size allows.</summary>
internal static class PictureChoice
{
    /// <summary>Characters of all pictures together: leaves a third of 15 MB for the columns of a long video.</summary>
    public const int Budget = 10_000_000;

    // A face and a strip of both sides as JPEG and base64; the middle of what rendered and filmed faces take.
    private const int CharactersExpected = 17_000;

    // Ten pictures a second show where a gaze goes; more would only be heavier.
    private const double LeastSecondsBetween = 0.1;

    // Moments may take this part; what is left shows how it goes on between them.
    private const double EventPart = 0.5;

    /// <summary>Places to show of each person, in order.</summary>
    /// <param name="people">All people.</param>
    /// <param name="budget">Characters that the pictures may take.</param>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<PersonColumns> people, int budget = Budget)
    {
        long faces = people.Sum(person => (long)person.Faces.Count);
        int all = budget / CharactersExpected;
        return [.. people.Select(person => Of(person, Math.Max(1, (int)(all * person.Faces.Count / Math.Max(faces, 1)))))];
    }

    /// <summary>Takes every second picture away until the rest fits: first of those that show no moment, then of blinks and saccades, last of the worst.</summary>
    public static IReadOnlyList<PagePicture> Thin(IReadOnlyList<PagePicture> pictures, PersonColumns person, long budget)
    {
        HashSet<int> worst = [.. person.Worst], events = [.. person.Events];
        List<PagePicture>[] ranks = [[], [], []];
        foreach (PagePicture picture in pictures)
        {
            ranks[worst.Contains(picture.Place) ? 2 : events.Contains(picture.Place) ? 1 : 0].Add(picture);
        }

        while (ranks.Sum(rank => rank.Sum(Characters)) > budget)
        {
            int least = Array.FindIndex(ranks, rank => rank.Count > 0);
            ranks[least] = [.. ranks[least].Where((_, i) => i % 2 == 1)];
        }

        return [.. ranks.SelectMany(rank => rank).OrderBy(picture => picture.Place)];
    }

    /// <summary>What a picture takes in the page: base64 of both files.</summary>
    public static long Characters(PagePicture picture) => (picture.Face.Length + picture.Strip.Length) * 4L / 3;

    private static int[] Of(PersonColumns person, int most)
    {
        var chosen = new SortedSet<int>(person.Worst.Take(Math.Max(1, most / 4)));
        int room = Math.Max(0, (int)(most * EventPart) - chosen.Count);
        chosen.UnionWith(Evenly(person.Events, room));

        int[] seen = [.. person.Faces.Keys];
        int least = person.FrameSeconds > 0 ? (int)Math.Ceiling((LeastSecondsBetween / person.FrameSeconds) - 1e-3) : 1;
        chosen.UnionWith(Evenly([.. seen.Where((_, i) => i % Math.Max(1, least) == 0)], Math.Max(1, most - chosen.Count)));
        return [.. chosen];
    }

    private static IEnumerable<int> Evenly(int[] places, int most) =>
        places.Length <= most ? places : Enumerable.Range(0, most).Select(i => places[(int)((long)i * places.Length / most)]);
}
