using VideoGaze.Page.Tests.Support;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Page;

namespace VideoGaze.Page.Tests;

/// <summary>How large a page of ten minutes with two people may become: under 15 MB, of which pictures take ten at most.</summary>
public sealed class SizeTests
{
    private const int TenMinutes = 18_000;

    private static readonly GazeReport Long = SamplePage.Report(frames: TenMinutes);

    [Fact]
    public async Task The_columns_of_ten_minutes_take_less_than_pictures_leave_free()
    {
        await using var page = new MemoryStream();
        await GazePage.WriteAsync(Long, PageVideos.None, page, null, TestContext.Current.CancellationToken);
        Assert.InRange(page.Length, 1_000_000, 15_000_000 - PictureChoice.Budget - 100_000);
    }

    [Fact]
    public void Every_person_s_worst_moments_are_shown_and_the_whole_time_between()
    {
        IReadOnlyList<PersonColumns> people = PersonColumns.Of(Long);
        IReadOnlyList<int[]> chosen = PictureChoice.Of(people);

        Assert.Equal(2, chosen.Count);
        Assert.InRange(chosen.Sum(places => places.Length), 400, PictureChoice.Budget / 15_000);
        foreach ((PersonColumns person, int[] places) in people.Zip(chosen))
        {
            Assert.Equal(places.Order().Distinct(), places);
            Assert.Subset(places.ToHashSet(), person.Worst.ToHashSet());
            Assert.Contains(places, place => person.Events.Contains(place));
            Assert.All(places.Zip(places.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, TenMinutes / 50));
        }

        Assert.Equal(SamplePage.WorstFrame, people[1].Worst[0]);
    }

    [Fact]
    public void A_short_clip_shows_ten_frames_a_second_and_its_moments()
    {
        IReadOnlyList<PersonColumns> people = PersonColumns.Of(SamplePage.Report());
        Assert.All(PictureChoice.Of(people), places => Assert.InRange(places.Length, SamplePage.Frames / 3, SamplePage.Frames * 2 / 3));
    }

    [Theory]
    [InlineData(4_000_000)]
    [InlineData(1_500_000)]
    [InlineData(200_000)]
    public void Pictures_that_came_out_too_large_are_thinned_until_they_fit_and_the_worst_go_last(int budget)
    {
        PersonColumns person = PersonColumns.Of(Long)[1];
        byte[] file = new byte[20_000];
        List<PagePicture> pictures = [.. PictureChoice.Of([person])[0].Select(place => new PagePicture(place, [0, 0], file, file))];

        IReadOnlyList<PagePicture> kept = PictureChoice.Thin(pictures, person, budget);

        Assert.InRange(kept.Sum(PictureChoice.Characters), budget / 4, budget);
        if (budget >= 1_500_000)
        {
            Assert.Subset(kept.Select(picture => picture.Place).ToHashSet(), person.Worst.ToHashSet());
        }

        Assert.Subset(pictures.Select(picture => picture.Place).ToHashSet(), kept.Select(picture => picture.Place).ToHashSet());
    }
}
