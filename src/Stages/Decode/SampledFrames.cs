using System.Runtime.CompilerServices;
using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Decode;

/// <summary>
/// A few runs of neighbouring frames, spread over a video: neighbours, because an encoder and a tracker live on what came before. Frames are numbered from 0 without gaps and keep their times.
/// </summary>
/// <param name="media">The video.</param>
/// <param name="pool">Where frames are rented from.</param>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="runs">Which parts, in order.</param>
internal sealed class SampledFrames(MediaInfo media, PixelPool pool, FfmpegTools tools, IReadOnlyList<SampledRun> runs) : IFrameSource<VideoFrame>
{
    // A frame costs twice what it costs in the run (it is encoded, decoded and measured again): a twentieth is a tenth of a long run's time. 30 give the median of an error to a few tenths of a degree, more would not change what is said.
    private const int MostFrames = 30;
    private const int FewestFrames = 4;
    private const int Share = 20;
    private const int MostRuns = 3;
    private const int FewestInRun = 4;

    /// <inheritdoc/>
    public string Name => "sample";

    /// <summary>Runs of frames that a range of a video is sampled by.</summary>
    public static IReadOnlyList<SampledRun> RunsOf(MediaInfo media, TimeRange range)
    {
        if (media.FramesIn(range) is not { } all || all < 1 || (media.Video.DurationSeconds ?? media.DurationSeconds) is not { } length || length <= 0)
        {
            return [];
        }

        double start = range.Start ?? 0;
        double end = Math.Min(range.End ?? length, length);
        long frames = Math.Min(all, Math.Clamp(all / Share, FewestFrames, MostFrames));
        int count = (int)Math.Clamp(frames / FewestInRun, 1, MostRuns);
        return SampledRun.Spread(start, end, count, (int)(frames / count), (end - start) / all);
    }

    /// <summary>Short runs, spread evenly over a range.</summary>
    /// <param name="media">The video.</param>
    /// <param name="range">Which part of it.</param>
    /// <param name="count">How many runs; fewer where the range has too few frames for them.</param>
    /// <param name="frames">Frames of each.</param>
    /// <returns>Nothing where the video does not say how long it is.</returns>
    public static IReadOnlyList<SampledRun> SpreadOver(MediaInfo media, TimeRange range, int count, int frames)
    {
        if ((media.Video.DurationSeconds ?? media.DurationSeconds) is not { } length)
        {
            return [];
        }

        double start = range.Start ?? 0, end = Math.Min(range.End ?? length, length);
        long all = media.FramesIn(range) ?? ((long)count * frames);
        return end > start && all > 0 ? SampledRun.Spread(start, end, (int)Math.Clamp(all / frames, 1, count), frames, (end - start) / all) : [];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long index = 0, last = long.MinValue;
        foreach (SampledRun run in runs)
        {
            int left = run.Frames;
            await foreach (VideoFrame frame in new VideoSource(media, pool, tools, new DecodeOptions(run.Within, AllowDamaged: true, run.Place)).ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // Where a container cannot be searched, reading may begin before the run's own place.
                if (frame.Stamp.Pts <= last)
                {
                    frame.Dispose();
                    continue;
                }

                last = frame.Stamp.Pts;
                yield return frame with { Stamp = frame.Stamp with { Index = index++ } };
                if (--left == 0)
                {
                    break;
                }
            }
        }

        if (index == 0)
        {
            throw new UserFacingException(FailureKind.InputDamaged, $"{media.Path} shows no frame where it was sampled.");
        }
    }
}
