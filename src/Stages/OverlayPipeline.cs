using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Overlay;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages;

/// <summary>
/// A video with its gaze report drawn into its frames: decode -> overlay -> encode. It reads the finished video, so that its frames and times are that video's own,
/// and the report line by line, so that memory does not grow with length.
/// </summary>
public static class OverlayPipeline
{
    // Times in the report are rounded to a microsecond.
    private const double Rounding = 0.0005;

    /// <summary>Draws.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told frames done and expected.</param>
    /// <param name="stop">Ends early with a shorter but whole video.</param>
    /// <param name="abort">Ends at once and leaves nothing.</param>
    /// <exception cref="UserFacingException">A file is missing or cannot be read or written.</exception>
    public static async Task<OverlayResult> RunAsync(OverlayPipelineOptions options, IProgress<(long Done, long? All)>? progress, CancellationToken stop, CancellationToken abort)
    {
        ArgumentNullException.ThrowIfNull(options);
        Cv2.SetNumThreads(1);
        PixelPool pool = new();
        FfmpegTools tools = FfmpegTools.Locate();
        using GazeReportReader report = GazeReportReader.Open(options.Report);
        MediaInfo media = await new MediaProbe(tools).ReadAsync(options.Video, abort).ConfigureAwait(false);
        MediaInfo? source = options.Source is null ? null : await new MediaProbe(tools).ReadAsync(options.Source, abort).ConfigureAwait(false);
        PixelSpec spec = media.Video.Spec, boxes = (source ?? media).Video.Spec;

        bool isTruth = report.Header.Source?.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) ?? false;
        OverlayPairing pairing = report.Header.Command != "measure" ? OverlayPairing.ByOrder : isTruth ? OverlayPairing.ByTime : OverlayPairing.SinceFirst;
        double frameSeconds = media.Video.FrameRate is { Numerator: > 0 } rate ? 1 / rate.ToDouble() : 0.04;
        var timeline = new OverlayTimeline(pairing, report.ReadFrame, frameSeconds);
        DecodeOptions decoding = options.Decode ?? new DecodeOptions(pairing == OverlayPairing.SinceFirst ? RangeOf(timeline, source ?? media, media) : default, AllowDamaged: true);
        await using VideoSink video = new(media, options.Output, tools, options.Encode with { Range = decoding.Range });
        VideoSource decode = new(media, pool, tools, decoding);
        OverlayStage overlay = new(timeline, new OverlayPainter(media.Video.Color, isTruth), (spec.Width / (double)boxes.Width, spec.Height / (double)boxes.Height));
        long? expected = media.FramesIn(decoding.Range);
        RunReport run = await PipelineGraph.From(decode).Then(overlay).To(new CountedSink(video, done => progress?.Report((done, expected))))
            .RunAsync(new PipelineOptions { Pool = pool, StopToken = stop }, abort).ConfigureAwait(false);
        return new(video.Result ?? throw new InvalidOperationException("The run went well, but the encoder has no result."), overlay.Matched, run.StoppedEarly);
    }

    /// <summary>Where in the video the report begins: a measurement takes both videos from the same moment on.</summary>
    private static TimeRange RangeOf(OverlayTimeline timeline, MediaInfo timed, MediaInfo video)
    {
        double into = (timeline.BeginSeconds ?? 0) - VideoBegin(timed);
        return into > Rounding ? new(VideoBegin(video) - video.StartSeconds + into - Rounding, null) : default;

        static double VideoBegin(MediaInfo media) => media.Video.StartPts * media.Video.TimeBase.ToDouble();
    }

    private sealed class CountedSink(VideoSink video, Action<long> onFrame) : IFrameSink<VideoFrame>
    {
        private long frames;

        public string Name => video.Name;

        public async ValueTask WriteAsync(VideoFrame item, CancellationToken cancellationToken)
        {
            await video.WriteAsync(item, cancellationToken).ConfigureAwait(false);
            onFrame(++frames);
        }

        public ValueTask CommitAsync(CancellationToken cancellationToken) => video.CommitAsync(cancellationToken);

        public ValueTask AbandonAsync() => video.AbandonAsync();
    }
}
