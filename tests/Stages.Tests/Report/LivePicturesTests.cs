using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Live;

namespace VideoGaze.Stages.Tests.Report;

/// <summary>Which pictures a live page gets.</summary>
public sealed class LivePicturesTests
{
    private static readonly byte[] File = new byte[5000];

    [Fact]
    public void Two_pictures_a_second_and_every_new_worst_frame_are_wanted()
    {
        var pictures = new LivePictures();
        List<int> wanted = [], worst = [];
        for (int i = 0; i < 300; i++)
        {
            if (pictures.Wants(i / 30.0, Face(i == 100 ? 30 : i == 200 ? 40 : 5), out bool isWorst))
            {
                (isWorst ? worst : wanted).Add(i);
            }
        }

        Assert.Equal([100, 200], worst);
        Assert.InRange(wanted.Count, 17, 20);
        Assert.All(wanted.Zip(wanted.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 15, 30));
    }

    [Fact]
    public void A_long_run_gets_sparser_keeps_to_its_budget_and_to_its_worst_frames()
    {
        const int Budget = 200_000;
        var pictures = new LivePictures(Budget);
        int made = 0;
        for (int i = 0; i < 30 * 600; i++)
        {
            if (pictures.Wants(i / 30.0, Face(i == 4000 ? 30 : 5), out bool isWorst))
            {
                pictures.Add(new(1, new(i, [0, 0], File, File)), isWorst);
                made++;
            }
        }

        IReadOnlyList<(int Number, byte[] Json)> kept = pictures.From(0, int.MaxValue, int.MaxValue);
        Assert.InRange(kept.Sum(picture => picture.Json.Length), Budget / 3, Budget);
        Assert.InRange(made, kept.Count, 200);
        Assert.Contains(kept, picture => System.Text.Encoding.UTF8.GetString(picture.Json).Contains("\"place\":4000,", StringComparison.Ordinal));
        Assert.Equal(kept.Select(picture => picture.Number).Order(), kept.Select(picture => picture.Number));
    }

    [Fact]
    public void Worst_frames_alone_keep_to_the_budget_too()
    {
        var pictures = new LivePictures(60_000);
        for (int i = 0; i < 100; i++)
        {
            pictures.Add(new(1, new(i, [0, 0], File, File)), isWorst: true);
        }

        IReadOnlyList<(int Number, byte[] Json)> kept = pictures.From(0, int.MaxValue, int.MaxValue);
        Assert.InRange(kept.Sum(picture => picture.Json.Length), 1, 60_000);
        Assert.Equal(99, kept[^1].Number);
    }

    [Fact]
    public void No_picture_comes_before_its_line()
    {
        var pictures = new LivePictures();
        pictures.Add(new(1, new(3, [0, 0], File, File)), isWorst: false);
        pictures.Add(new(1, new(7, [0, 0], File, File)), isWorst: false);

        Assert.Empty(pictures.From(0, 2, 10));
        Assert.Single(pictures.From(0, 6, 10));
        Assert.Equal(2, pictures.From(0, 7, 10).Count);
        Assert.Single(pictures.From(1, 7, 10));
    }

    private static FaceGazeRecord Face(double error) => new(1, [0, 0, 10, 10], null, null, null, error, null);
}
