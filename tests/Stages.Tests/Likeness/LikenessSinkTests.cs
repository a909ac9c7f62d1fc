using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Likeness;
using VideoGaze.Stages.Report;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Likeness;

public sealed class LikenessSinkTests : IDisposable
{
    private static readonly LikenessFramesHeader Header = LikenessFramesHeader.For(new("out.mp4", "in.mp4", "photos", 3, "MobileFaceNet"), []);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Faces_are_summed_up_those_left_out_are_counted_and_every_frame_is_a_line()
    {
        LikenessSink sink = Sink();
        await WriteAsync(sink, Compared(0, 0.6, 0.3), Compared(1, 0.2, 0.5), Compared(2, 0.4, 0.3), LeftOut(3, LikenessSkip.Profile), new(4, 0.4, LikenessSkip.NoFace, []));
        await WriteAsync(sink, new FrameLikeness(5, 0.5, null, [Face(0.5, 0.1), new(2, LikenessSkip.NoMatch, null, null, null)]));
        await sink.CommitAsync(TestContext.Current.CancellationToken);

        LikenessSummary summary = sink.Summary;
        Assert.Equal((6, 4, 0.75), (summary.Frames, summary.Compared, summary.Nearer));
        Assert.Equal([new(LikenessSkip.NoFace, 1), new(LikenessSkip.Profile, 1), new(LikenessSkip.NoMatch, 1)], summary.LeftOut);
        Assert.Equal((4, 0.425, 0.45), (summary.ToPhotos!.Count, summary.ToPhotos.Mean, summary.ToPhotos.Median));
        Assert.Equal(0.3, summary.ToTarget!.Mean);
        Assert.Equal(0.1, summary.TargetToPhotos!.Mean);

        JsonElement[] lines = [.. (await File.ReadAllLinesAsync(folder["frames.ndjson"], TestContext.Current.CancellationToken)).Select(line => JsonElement.Parse(line))];
        Assert.Equal(["header", "frame", "frame", "frame", "frame", "frame", "frame"], lines.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal("videogaze.likeness-frames", lines[0].GetProperty("schema").GetString());
        Assert.Equal([true, false], lines[1..3].Select(line => line.GetProperty("faces")[0].GetProperty("nearer").GetBoolean()));
        Assert.Equal("noFace", lines[5].GetProperty("skipped").GetString());
        Assert.Equal("noMatch", lines[6].GetProperty("faces")[1].GetProperty("skipped").GetString());
    }

    [Theory]
    [InlineData(LikenessSkip.NoFrame, FailureKind.Usage, "--target")]
    [InlineData(LikenessSkip.NoFace, FailureKind.NoFace, "in.mp4")]
    [InlineData(LikenessSkip.Profile, FailureKind.NoFace, "45 degrees")]
    [InlineData(LikenessSkip.NoMatch, FailureKind.NoFace, "out.mp4")]
    public async Task Where_nothing_can_be_compared_the_commonest_reason_is_told_and_no_file_is_left(LikenessSkip reason, FailureKind kind, string named)
    {
        LikenessSink sink = Sink();
        LikenessSkip rarer = reason == LikenessSkip.Profile ? LikenessSkip.NoMatch : LikenessSkip.Profile;
        await WriteAsync(sink, LeftOut(0, rarer), LeftOut(1, reason), LeftOut(2, reason));

        var nothing = await Assert.ThrowsAsync<UserFacingException>(() => sink.CommitAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(kind, nothing.Kind);
        Assert.Contains(named, nothing.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", nothing.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    private static FrameLikeness Compared(long frame, double toPhotos, double toTarget) => new(frame, frame / 10.0, null, [Face(toPhotos, toTarget)]);

    private static FrameLikeness LeftOut(long frame, LikenessSkip reason) => new(frame, frame / 10.0, null, [new(1, reason, null, null, null)]);

    private static FaceLikeness Face(double toPhotos, double toTarget) => new(1, null, toPhotos, toTarget, 0.1);

    private static async Task WriteAsync(LikenessSink sink, params FrameLikeness[] frames)
    {
        foreach (FrameLikeness frame in frames)
        {
            await sink.WriteAsync(frame, TestContext.Current.CancellationToken);
        }
    }

    private LikenessSink Sink() => new(Header, NdjsonWriter.ToFile(folder["frames.ndjson"], "per-frame file", "--per-frame"), null);
}
