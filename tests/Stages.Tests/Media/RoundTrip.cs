using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Tests.Media;

/// <summary>Decodes a file and encodes its frames again, untouched, and holds every run to a pool that is empty afterwards.</summary>
internal static class RoundTrip
{
    /// <summary>Fast settings for tests that look at anything but quality.</summary>
    public static readonly EncodeOptions Fast = new(Preset: "ultrafast");

    public static FfmpegTools Tools => FfmpegTools.Locate();

    public static Task<MediaInfo> ProbeAsync(string path) => new MediaProbe(Tools).ReadAsync(path, TestContext.Current.CancellationToken);

    public static async Task<EncodeResult> CopyAsync(string input, string output, EncodeOptions? encode = null, DecodeOptions? decode = null)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        PixelPool pool = new();
        try
        {
            MediaInfo media = await ProbeAsync(input);
            VideoSource source = new(media, pool, Tools, decode ?? new DecodeOptions());
            await using VideoSink sink = new(media, output, Tools, encode ?? Fast);
            await foreach (VideoFrame frame in source.ReadAsync(token))
            {
                try
                {
                    await sink.WriteAsync(frame, token);
                }
                catch
                {
                    // As the pipeline's runner does: an item whose write failed is still its caller's.
                    frame.Dispose();
                    throw;
                }
            }

            await sink.CommitAsync(token);
            return sink.Result!;
        }
        finally
        {
            Assert.Equal(0, pool.Leased);
        }
    }

    /// <summary>Reads all frames and gives their stamps.</summary>
    public static async Task<(IReadOnlyList<FrameStamp> Stamps, DamageReport Damage)> ReadAsync(string input, DecodeOptions? decode = null)
    {
        PixelPool pool = new();
        List<FrameStamp> stamps = [];
        try
        {
            VideoSource source = new(await ProbeAsync(input), pool, Tools, decode ?? new DecodeOptions());
            await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                stamps.Add(frame.Stamp);
                frame.Dispose();
            }

            return (stamps, source.Damage);
        }
        finally
        {
            Assert.Equal(0, pool.Leased);
        }
    }

    /// <summary>The failure that an action must end in.</summary>
    public static async Task<UserFacingException> FailsAsync(FailureKind kind, Func<Task> action)
    {
        UserFacingException e = await Assert.ThrowsAsync<UserFacingException>(action);
        Assert.True(e.Kind == kind, $"{kind} expected, got {e.Kind}: {e.Message}");
        Assert.DoesNotContain('\n', e.Message);
        return e;
    }
}
