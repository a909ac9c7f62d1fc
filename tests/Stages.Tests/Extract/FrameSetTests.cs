using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;
using VideoGaze.Faces.Failures;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Extract;

public sealed class FrameSetTests
{
    [Fact]
    public async Task Every_nth_frame_is_kept_with_the_faces_on_it()
    {
        using var folder = new TemporaryFolder();
        FrameSetPipelineOptions options = new()
        {
            Inputs = [SharedAssets.Sample("two.mp4")],
            OutputFolder = Path.Combine(folder.Path, "frames"),
            Every = 60,
            Size = 480,
            ModelsFolder = SharedAssets.Require("models"),
        };
        FrameSetResult result = await FrameSetPipeline.RunAsync(options, null, CancellationToken.None, TestContext.Current.CancellationToken);

        FrameSample[] frames = [.. File.ReadLines(Path.Combine(result.Folder, FrameSample.ListName)).Select(line => JsonSerializer.Deserialize<FrameSample>(line, JsonSerializerOptions.Web)!)];
        Assert.Equal(result.Frames, frames.Length);
        Assert.Equal(Enumerable.Range(0, frames.Length).Select(i => 60L * i), frames.Select(frame => frame.FrameIndex));
        foreach (FrameSample frame in frames)
        {
            using Mat picture = Cv2.ImRead(Path.Combine(result.Folder, frame.File));
            Assert.Equal((frame.Width, frame.Height), (picture.Width, picture.Height));
            Assert.Equal(480, Math.Max(frame.Width, frame.Height));
            FrameFace[] certain = [.. frame.Faces.Where(face => face.Score >= 0.6f)];
            Assert.Equal(2, certain.Length);
            Assert.All(certain, face => Assert.True(face.Points[0][0] > face.Box[0] && face.Points[1][0] < face.Box[0] + face.Box[2]));
        }

        UserFacingException again = await Assert.ThrowsAsync<UserFacingException>(() => FrameSetPipeline.RunAsync(options, null, CancellationToken.None, TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.OutputExists, again.Kind);
    }
}
