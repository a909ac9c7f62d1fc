using System.Net.Sockets;
using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages.Encode;

/// <summary>
/// Writes frames into a video file at the times they carry, together with everything else the original holds (sound, subtitles, chapters, tags).
/// The file is written as NAME.partial.EXT and gets its name on commit, after its frames were counted again.
/// </summary>
public sealed class VideoSink : IFrameSink<VideoFrame>, IAsyncDisposable
{
    private readonly MediaInfo media;
    private readonly FfmpegTools tools;
    private readonly EncodeOptions options;
    private readonly OutputFile file;
    private readonly OutputContainer container;
    private readonly string encoder;
    private readonly CopiedStreams copied;
    private readonly FrameLayout layout;
    private SocketInput? socket;
    private FfmpegRun? ffmpeg;
    private NetworkStream? stream;
    private FrameClock? clock;
    private long frames;

    /// <summary>Checks that the output can be written there; starts nothing.</summary>
    /// <param name="media">The original.</param>
    /// <param name="output">The file to write; its extension chooses the container.</param>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="options">How.</param>
    /// <exception cref="UserFacingException">
    /// <see cref="FailureKind.OutputExists"/>, <see cref="FailureKind.OutputUnwritable"/>, <see cref="FailureKind.DiskFull"/> or <see cref="FailureKind.Usage"/>.
    /// </exception>
    public VideoSink(MediaInfo media, string output, FfmpegTools tools, EncodeOptions options)
        : this(media, container => CopiedStreams.Plan(media, container), output, tools, options)
    {
    }

    /// <summary>A video that has no original: its frames are made here.</summary>
    /// <param name="video">What it will be.</param>
    /// <param name="output">The file to write; its extension chooses the container.</param>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="options">How.</param>
    /// <exception cref="UserFacingException">As above.</exception>
    public VideoSink(NewVideo video, string output, FfmpegTools tools, EncodeOptions options)
        : this(video.ToMediaInfo(), container => CopiedStreams.ForNew(video, container), output, tools, options)
    {
    }

    private VideoSink(MediaInfo media, Func<OutputContainer, CopiedStreams> plan, string output, FfmpegTools tools, EncodeOptions options)
    {
        this.media = media;
        this.tools = tools;
        this.options = options;
        container = OutputContainer.For(output);
        file = new OutputFile(output);
        file.Check(media.Path, options.Overwrite);
        encoder = options.Codec is { } codec ? VideoCodec.Encoder(codec) : container.DefaultCodec;
        copied = plan(container);
        layout = new FrameLayout(media.Video.Spec, padToEven: !VideoCodec.TakesOddSizes(encoder));
    }

    /// <inheritdoc/>
    public string Name => "encode";

    /// <summary>What was written; null until the commit.</summary>
    public EncodeResult? Result { get; private set; }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(VideoFrame item, CancellationToken cancellationToken)
    {
        if (item.Pixels.Spec != media.Video.Spec)
        {
            throw new ArgumentException($"Frame {item.Stamp.Index} is {item.Pixels.Spec}, the video {media.Video.Spec}.", nameof(item));
        }

        clock ??= new FrameClock(item.Stamp, media.StartSeconds, options.Range);
        stream ??= await StartAsync(item.Stamp.TimeBase, clock.ShiftSeconds, cancellationToken).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(LiveMatroska.FrameHeader(clock.NextNanoseconds(item.Stamp), layout.ByteLength), cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(layout.Arrange(item.Pixels), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // ffmpeg hung up; its own words say more than "broken pipe".
            throw await FailureAsync(cancellationToken).ConfigureAwait(false);
        }

        frames++;
        item.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (ffmpeg is null || socket is null)
            {
                throw new InvalidOperationException("No frame was written.");
            }

            // Closing the stream is the end of ffmpeg's input.
            socket.Dispose();
            FfmpegExit exit = await ffmpeg.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (exit.ExitCode != 0)
            {
                throw await FailureAsync(cancellationToken).ConfigureAwait(false);
            }

            long written = await new MediaProbe(tools).CountVideoPacketsAsync(file.Partial, cancellationToken).ConfigureAwait(false);
            if (written != frames)
            {
                throw exit.Errors.Count > 0
                    ? FfmpegFailures.Stopped(exit, "writing " + file.Final, file.Final)
                    : new UserFacingException(FailureKind.FfmpegFailed, $"ffmpeg wrote {written} of {frames} frames into {file.Final} and did not say why: try another --codec.");
            }

            file.Finish(options.Overwrite);
            Result = new EncodeResult(file.Final, written, [.. media.Notes, .. copied.Notes, .. layout.Notes, .. clock!.Notes, .. FieldNotes()]);
        }
        catch
        {
            await AbandonAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask AbandonAsync()
    {
        ffmpeg?.Stop();
        socket?.Dispose();
        if (ffmpeg is not null)
        {
            await ffmpeg.Ended.ConfigureAwait(false);
        }

        file.Discard();
    }

    /// <summary>Abandons what was not committed.</summary>
    public ValueTask DisposeAsync() => AbandonAsync();

    private async Task<NetworkStream> StartAsync(Rational timeBase, double shift, CancellationToken cancellationToken)
    {
        // Ctrl+C reaches ffmpeg in the milliseconds before it has left the terminal's group. Nothing is written by then, and what is done so far still has to be: it is started once more.
        NetworkStream connected = await ConnectAsync().ConfigureAwait(false)
            ?? ((await ffmpeg!.Ended.WaitAsync(cancellationToken).ConfigureAwait(false)).IsInterrupted ? await ConnectAsync().ConfigureAwait(false) : null)
            ?? throw await FailureAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await connected.WriteAsync(LiveMatroska.Header(layout.Spec, media.Video.SampleAspect, media.Video.FrameRate), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            throw await FailureAsync(cancellationToken).ConfigureAwait(false);
        }

        return connected;

        Task<NetworkStream?> ConnectAsync()
        {
            socket?.Dispose();
            socket = new SocketInput("matroska");
            ffmpeg = FfmpegRun.Start(
                tools, EncodeArguments.Build(media, options, container, encoder, timeBase, shift, copied, socket, file.Partial));
            return socket.ConnectAsync(ffmpeg.Ended, cancellationToken);
        }
    }

    private async Task<Exception> FailureAsync(CancellationToken cancellationToken)
    {
        FfmpegExit exit = await ffmpeg!.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        await Interruption.AwaitAsync(exit, cancellationToken).ConfigureAwait(false);
        return FfmpegFailures.Stopped(exit, "writing " + file.Final, file.Final);
    }

    private IEnumerable<string> FieldNotes() =>
        media.Video.Interlaced ? ["the video is interlaced; its fields were kept as they are but coded as whole frames"] : [];
}
