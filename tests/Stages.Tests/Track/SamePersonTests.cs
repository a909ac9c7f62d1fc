using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Identity;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Tests.Pixels;
using VideoGaze.Stages.Track;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Track;

/// <summary>A network may say itself from which likeness on it sees one person.</summary>
public sealed class SamePersonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null, true)]
    [InlineData("0.6", true)]
    [InlineData("0.8", false)]
    public void Whoever_is_sought_is_found_from_the_likeness_on_that_the_file_states(string? stated, bool found)
    {
        using OnnxSession session = OnnxSession.Load(IdentityStandIn.Write(folder["identity.onnx"], stated), new(InferenceDevice.Cpu));
        var pool = new PixelPool();
        using var embedder = new FaceEmbedder(session, pool);
        Assert.Equal(stated is null ? SamePerson.Usual : float.Parse(stated, System.Globalization.CultureInfo.InvariantCulture), embedder.SamePerson);

        // Blue against blue and green: a cosine of 0.7.
        float[] reference = new float[128];
        reference[0] = 1;
        using var picture = new Mat(240, 320, MatType.CV_8UC3, new Scalar(255, 255, 127.5));
        var stamp = new FrameStamp(0, 0, new Rational(1, 30));
        using var frame = new FrameWith<TrackedFace>(
            new VideoFrame(stamp, Pictures.Frame(pool, picture, Pictures.Hd)),
            [new TrackedFace(1, FaceTrackerTests.Face(100, 60, 100), true)]);
        Assert.Equal(found ? 1 : 0, new ReferenceFace(embedder, reference, Pictures.Hd).Select(frame).Count);
    }

    [Theory]
    [InlineData("often")]
    [InlineData("1.5")]
    public void A_file_that_states_no_cosine_is_refused(string stated)
    {
        string path = IdentityStandIn.Write(folder["identity.onnx"], stated);
        using OnnxSession session = OnnxSession.Load(path, new(InferenceDevice.Cpu));
        var failure = Assert.Throws<UserFacingException>(() => new FaceEmbedder(session, new PixelPool()));
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.Contains($"'{stated}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }
}
