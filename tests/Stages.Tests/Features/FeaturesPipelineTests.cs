using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Features;
using VideoGaze.Stages.Media;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Features;

public sealed class FeaturesPipelineTests
{
    [Fact]
    public async Task A_clip_gives_a_window_whose_columns_make_sense()
    {
        FeaturesResult result = await FeaturesPipeline.RunAsync(Options(2.2), null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);
        FeatureWindow row = Assert.Single(result.Table.Rows);
        Assert.Equal(66, result.Frames);
        Assert.Equal(66, result.Faces);
        Assert.Equal("videogaze-eyes", result.Table.Estimator);

        // One blink of three frames in the first 0.7 s; the truth's gaze goes from (5, 6) to (-13, 10) degrees.
        Assert.Equal(1, Value("blinks"));
        Assert.InRange(Value("gaze_yaw_std"), 3, 12);
        Assert.InRange(Value("vergence_mean"), -10, 15);
        Assert.InRange(Value("left_openness_mean"), 0.2, 0.4);
        Assert.InRange(Value("left_iris_diameter_mean"), 0.25, 0.6);
        Assert.InRange(Value("yaw_left_right_correlation"), 0.7, 1);
        Assert.True(Value("left_sclera_lightness_mean") > Value("left_iris_lightness_mean") + 5);
        Assert.True(FeatureColumns.All.Count(column => column.Value(row) is null) < 15, "a talking head leaves hardly any column empty");

        double Value(string name) => FeatureColumns.All.Single(column => column.Name == name).Value(row)!.Value;
    }

    [Fact]
    public async Task Too_short_a_clip_says_what_to_do()
    {
        var failure = await Assert.ThrowsAsync<UserFacingException>(() => FeaturesPipeline.RunAsync(Options(0.5), null, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.NoFace, failure.Kind);
        Assert.Contains("--window", failure.Message, StringComparison.Ordinal);
    }

    private static FeaturesPipelineOptions Options(double end) => new()
    {
        Input = SharedAssets.Sample("talk.mp4"),
        ModelsFolder = SharedAssets.Require("models"),
        Choices = new(Gaze: Path.Combine(SharedAssets.RepositoryRoot, "models", "eyes.onnx")),
        Decode = new DecodeOptions(new TimeRange(null, end)),
    };
}
