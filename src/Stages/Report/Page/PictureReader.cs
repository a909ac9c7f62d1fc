using System.Runtime.CompilerServices;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Report.Page;

/// <summary>Reads the chosen frames' pictures out of the videos. Each is decoded once, both in step.</summary>
/// <param name="report">Says when each frame is shown.</param>
/// <param name="people">Whose faces.</param>
/// <param name="chosen">Places of each person.</param>
/// <param name="progress">Told how many frames of how many have gone by.</param>
internal sealed class PictureReader(GazeReport report, IReadOnlyList<PersonColumns> people, IReadOnlyList<int[]> chosen, IProgress<(long Done, long All)>? progress)
{
    // Times in the report are rounded to a microsecond, those of frames are not.
    private const double Rounding = 0.0005;

    private readonly PixelPool pool = new();
    private readonly HashSet<int>[] wanted = [.. chosen.Select(places => places.ToHashSet())];
    private int next;

    /// <summary>Pictures made so far, by person.</summary>
    public IReadOnlyList<List<PagePicture>> Pictures { get; } = [.. people.Select(_ => new List<PagePicture>())];

    /// <summary>Reads them. A video that cannot be read, or only in part, gives a sentence and not a failure: the rest of the page is none the worse.</summary>
    public async Task<PagePictures> ReadAsync(PageVideos videos, CancellationToken cancellationToken)
    {
        List<string> notes = [.. videos.Missing];
        bool hasSource = false, hasOutput = false;
        if (chosen.Any(places => places.Length > 0) && (videos.Source ?? videos.Output) is not null)
        {
            try
            {
                FfmpegTools tools = FfmpegTools.Locate();
                MediaInfo? source = await ProbeAsync(tools, videos.Source, notes, cancellationToken).ConfigureAwait(false);
                MediaInfo? output = await ProbeAsync(tools, videos.Output, notes, cancellationToken).ConfigureAwait(false);
                (hasSource, hasOutput) = (source is not null, output is not null);
                await CutAsync(tools, source, output, cancellationToken).ConfigureAwait(false);
            }
            catch (UserFacingException failure)
            {
                notes.Add(failure.Message);
            }
        }

        bool any = Pictures.Any(list => list.Count > 0);
        return new(any && hasSource, any && hasOutput, [FaceCrops.FaceSize.Width, FaceCrops.FaceSize.Height], [FaceCrops.StripSize.Width, FaceCrops.StripSize.Height], notes);
    }

    private static async Task<MediaInfo?> ProbeAsync(FfmpegTools tools, string? path, List<string> notes, CancellationToken cancellationToken)
    {
        try
        {
            return path is null ? null : await new MediaProbe(tools).ReadAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (UserFacingException failure)
        {
            notes.Add(failure.Message);
            return null;
        }
    }

    private async Task CutAsync(FfmpegTools tools, MediaInfo? source, MediaInfo? output, CancellationToken cancellationToken)
    {
        // The report's times are those of the source, or of the only video there is.
        MediaInfo? timed = source ?? (report.Header.Source is null || report.Header.Source.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) ? output : null);
        double begin = report.Frames[0].Time;
        double intoVideo = timed is null ? 0 : begin - (timed.Video.StartPts * timed.Video.TimeBase.ToDouble());
        double frameSeconds = people.Max(person => person.FrameSeconds);
        double aboutAFrame = 0.75 * (frameSeconds > 0 ? frameSeconds : 0.04);

        // A frame of the timed video is the report's or it is not; to another video's frames it is only near.
        double tolerance = timed is null ? aboutAFrame : Rounding;
        if (source is not null && output is not null)
        {
            // What process writes begins with the first frame it took; measure took both videos from the same moment on.
            double intoOutput = report.Header.Command == "measure" ? intoVideo : 0;
            IAsyncEnumerable<TimedFrame> others = FramesAsync(tools, output, intoOutput, null, cancellationToken);
            await foreach ((TimedFrame shown, TimedFrame? other) in TimePairing
                .PairAsync(FramesAsync(tools, source, intoVideo, begin, cancellationToken), others, frame => frame.Since, frame => frame.Since, aboutAFrame, cancellationToken).ConfigureAwait(false))
            {
                using (shown)
                {
                    if (IsBehind(begin + shown.Since))
                    {
                        return;
                    }

                    if (other is not null)
                    {
                        Cut(begin + shown.Since, tolerance, (shown.Pixels, source.Video.Color), (other.Pixels, output.Video.Color));
                    }
                }
            }
        }
        else if ((source ?? output) is { } only)
        {
            await foreach (TimedFrame shown in FramesAsync(tools, only, intoVideo, only == timed ? begin : null, cancellationToken).ConfigureAwait(false))
            {
                using (shown)
                {
                    if (IsBehind(begin + shown.Since))
                    {
                        return;
                    }

                    Cut(begin + shown.Since, tolerance, (shown.Pixels, only.Video.Color));
                }
            }
        }
    }

    /// <summary>Goes on to the report's line for a time; true once the last line lies behind.</summary>
    private bool IsBehind(double seconds)
    {
        while (next + 1 < report.Frames.Count && report.Frames[next + 1].Time <= seconds + Rounding)
        {
            next++;
        }

        progress?.Report((next + 1, report.Frames.Count));
        return next + 1 == report.Frames.Count && seconds > report.Frames[next].Time + Rounding;
    }

    private void Cut(double seconds, double tolerance, params ReadOnlySpan<(PixelBuffer Frame, ColorSpec Color)> sides)
    {
        FrameGazeRecord record = report.Frames[next];
        int place = (int)(record.Frame - report.Frames[0].Frame);
        for (int i = 0; i < people.Count && Math.Abs(record.Time - seconds) <= tolerance; i++)
        {
            if (wanted[i].Remove(place))
            {
                // Boxes are in pixels of the source, or of the only video there is.
                var reference = new Size(sides[0].Frame.Spec.Width, sides[0].Frame.Spec.Height);
                Pictures[i].Add(FaceCrops.Make(place, people[i].Faces[place], reference, sides));
            }
        }
    }

    /// <summary>Frames from so many seconds after the video's first on. Their times count from presentation time <paramref name="zero"/>, or where that is null from the first that is read.</summary>
    private async IAsyncEnumerable<TimedFrame> FramesAsync(FfmpegTools tools, MediaInfo media, double into, double? zero, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TimeRange range = into > Rounding ? new((media.Video.StartPts * media.Video.TimeBase.ToDouble()) - media.StartSeconds + into - Rounding, null) : default;
        await foreach (VideoFrame frame in new VideoSource(media, pool, tools, new DecodeOptions(range, AllowDamaged: true)).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            zero ??= frame.Stamp.Seconds;
            yield return new TimedFrame(frame, frame.Stamp.Seconds - zero.Value);
        }
    }

    private sealed record TimedFrame(VideoFrame Frame, double Since) : IDisposable
    {
        public PixelBuffer Pixels => Frame.Pixels;

        public void Dispose() => Frame.Dispose();
    }
}
