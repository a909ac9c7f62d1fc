using System.Runtime.CompilerServices;
using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Decode;

/// <summary>
/// Reads the frames of a video, upright, with the container's own times. It pulls: no frame is decoded ahead of the consumer beyond what lies in a socket's
/// buffer, and ending the enumeration early ends ffmpeg. Every enumeration reads the video anew.
/// </summary>
/// <param name="media">The probed file.</param>
/// <param name="pool">Where frames are rented from.</param>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="options">Which frames, and what to do about damage.</param>
public sealed class VideoSource(MediaInfo media, PixelPool pool, FfmpegTools tools, DecodeOptions options) : IFrameSource<VideoFrame>
{
    /// <inheritdoc/>
    public string Name => "decode";

    /// <summary>The file that is read.</summary>
    public MediaInfo Media => media;

    /// <summary>Frames that the range is likely to hold, for progress; null where the container promises nothing.</summary>
    public long? FramesExpected
    {
        get
        {
            double length = media.Video.DurationSeconds ?? media.DurationSeconds ?? 0;
            if (options.Range.IsAll || length <= 0 || media.Video.FrameEstimate is not { } all)
            {
                return media.Video.FrameEstimate;
            }

            double from = Math.Clamp(options.Range.Start ?? 0, 0, length);
            double to = Math.Clamp(options.Range.End ?? length, from, length);
            return (long)Math.Round(all * (to - from) / length);
        }
    }

    /// <summary>What was wrong with the input, as far as it was read; complete once the enumeration has ended.</summary>
    public DamageReport Damage { get; private set; } = new([], 0, 0, 0);

    /// <inheritdoc/>
    /// <exception cref="UserFacingException">
    /// <see cref="FailureKind.InputDamaged"/> unless damage is allowed; <see cref="FailureKind.FfmpegFailed"/>; <see cref="FailureKind.Usage"/> for a range without frames.
    /// </exception>
    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Damage = new([], 0, 0, 0);
        Rational timeBase = media.Video.TimeBase;
        await using DecodeRun run = await DecodeRun.StartAsync(media, tools, options, cancellationToken).ConfigureAwait(false);
        long index = 0, decoded = 0, nextPts = media.Video.StartPts;
        bool reachedEnd = false;
        while (true)
        {
            PixelBuffer pixels = pool.Rent(media.Video.Spec);
            bool handedOver = false;
            try
            {
                FrameTime? time = await run.ReadAsync(pixels.Memory, cancellationToken).ConfigureAwait(false);
                if (time is not { } at)
                {
                    break;
                }

                decoded++;
                timeBase = run.TimeBase;
                // A stream without times (raw H.264) runs at its frames' durations.
                long pts = at.Pts ?? nextPts;
                nextPts = pts + Math.Max(1, at.Duration);
                if (options.Range.End is { } end && pts >= TimeRange.FirstTickAt(end, media.StartSeconds, timeBase))
                {
                    reachedEnd = true;
                    break;
                }

                if (options.Range.Start is { } start && pts < TimeRange.FirstTickAt(start, media.StartSeconds, timeBase))
                {
                    continue;
                }

                Check(run, decoded);
                handedOver = true;
                yield return new VideoFrame(new FrameStamp(index++, pts, timeBase), pixels);
            }
            finally
            {
                if (!handedOver)
                {
                    pixels.Dispose();
                }
            }
        }

        if (!reachedEnd)
        {
            await run.EndAsync(cancellationToken).ConfigureAwait(false);
            Damage = Damage with { FramesMissing = Missing(decoded, nextPts * timeBase.ToDouble()) };
        }

        Check(run, decoded);
        if (index == 0)
        {
            throw options.Range.IsAll
                ? new UserFacingException(FailureKind.InputDamaged, $"{media.Path} holds no picture that can be decoded: copy or download it again.")
                : new UserFacingException(
                    FailureKind.Usage, $"No frame of {media.Path} lies between --start and --end: the video is {media.DurationSeconds ?? 0:0.###} s long.");
        }
    }

    private void Check(DecodeRun run, long decoded)
    {
        if (run.ErrorCount == 0 && Damage.FramesMissing == 0)
        {
            Damage = Damage with { FramesRead = decoded };
            return;
        }

        Damage = new([.. run.ErrorsSoFar().Select(FfmpegFailures.Clean).Distinct().Take(20)], run.ErrorCount, decoded, Damage.FramesMissing);
        if (!options.AllowDamaged)
        {
            throw new UserFacingException(
                FailureKind.InputDamaged,
                $"{media.Path} is damaged ({(Damage.Messages.Count > 0 ? Damage.Messages[0] : $"{Damage.FramesMissing} frames missing at its end")}): copy or download it again, or go on with --allow-damaged.");
        }
    }

    // Frames that the container promised and that did not come. Edit lists hide frames that a container counts, so a lower count alone proves
    // nothing: either the decoder complained, or the picture ends well before the stated length.
    private long Missing(long decoded, double endSeconds)
    {
        if (options.Range.Start is not null || media.Video.FrameEstimate is not { } promised || promised <= decoded)
        {
            return 0;
        }

        double start = media.Video.StartPts * media.Video.TimeBase.ToDouble();
        bool endsEarly = media.Video.DurationSeconds is { } length && endSeconds < start + length - 0.5;
        return endsEarly || Damage.MessageCount > 0 ? promised - decoded : 0;
    }
}
