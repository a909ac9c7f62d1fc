using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Gaze;

/// <summary>
/// Real eyes whose gaze is known: the camera of this clip stands in the middle of a ring light, and the ring is seen on the irises. Where it lies around the pupil of both eyes they look into the camera,
/// whatever lids and brows do. Which frames those are was found from the pictures alone (docs/gaze.md), without any gaze network.
/// </summary>
public sealed class RingLightTests(ITestOutputHelper output)
{
    private const double Seconds = 7.4;

    // First and last frame of each run within those seconds.
    private static readonly (int First, int Last)[] IntoCamera = [(0, 45), (53, 64), (78, 101), (114, 115), (120, 129), (156, 171), (173, 190), (192, 212), (214, 220)];

    [Fact]
    public async Task Who_looks_into_the_camera_is_measured_so_with_narrow_lids_and_with_raised_brows()
    {
        string clip = SharedAssets.Require("real/videos/lp_driving_d10.mp4"), report = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            MeasurePipelineOptions options = new()
            {
                Source = clip,
                Output = clip,
                ReportPath = report,
                Decode = new DecodeOptions(new TimeRange(null, Seconds)),
                Choices = new(Model("detector.onnx"), Model("landmarks.onnx"), Model("eyes.onnx")),
            };
            await MeasurePipeline.RunAsync(options, null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);
            List<EyesRecord> known = [.. GazeReport.Read(report).Frames
                .Where(frame => IntoCamera.Any(run => frame.Frame >= run.First && frame.Frame <= run.Last))
                .Select(frame => frame.Faces.Single().Source!).Where(side => side.Yaw is not null)];
            Assert.InRange(known.Count, 140, 170);
            double[] off = [.. known.Select(side => Math.Sqrt((side.Yaw!.Value * side.Yaw.Value) + (side.Pitch!.Value * side.Pitch.Value))).Order()];
            double narrow = MeanPitch(openness => openness < 0.33), wide = MeanPitch(openness => openness > 0.39);
            output.WriteLine($"median {off[off.Length / 2]:0.00}, p95 {off[(int)(0.95 * off.Length)]:0.00} degrees from the camera; pitch {narrow:0.00} with narrow lids, {wide:0.00} with wide ones");
            Assert.InRange(off[off.Length / 2], 0, 2.2);
            Assert.InRange(off[(int)(0.95 * off.Length)], 0, 3.8);
            Assert.Equal(narrow, wide, 1.5);

            double MeanPitch(Func<double, bool> lids)
            {
                double[] pitches = [.. known.Where(side => lids((side.Openness[0] + side.Openness[1]) / 2)).Select(side => side.Pitch!.Value)];
                Assert.InRange(pitches.Length, 20, known.Count);
                return pitches.Average();
            }
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static string Model(string file) => Path.Combine(SharedAssets.RepositoryRoot, "models", file);
}
