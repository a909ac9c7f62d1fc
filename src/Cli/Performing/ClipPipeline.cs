using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Directing;
using VideoGaze.Performers.Rendering;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Media;

namespace VideoGaze.Cli.Performing;

/// <summary>
/// Makes a clip. Performers and the pipeline do not know each other, so this is where they meet:
/// <code>
/// frame numbers -> render -+-> encode
///                          +-> encode the true swap
/// </code>
/// </summary>
internal static class ClipPipeline
{
    /// <summary>Pixels; a frame in hand is held several times as floats, so larger ones run out of memory first.</summary>
    public const int LargestSide = 4096;

    /// <summary>Makes the clip.</summary>
    /// <param name="job">What was asked for.</param>
    /// <param name="progress">Told the number of frames written.</param>
    /// <param name="stop">Ends early with a shorter clip.</param>
    /// <param name="abort">Ends at once and leaves nothing.</param>
    /// <exception cref="UserFacingException">Whatever the user can act on; nothing is then left under the final names.</exception>
    public static async Task<ClipResult> RunAsync(ClipJob job, Action<long> progress, CancellationToken stop, CancellationToken abort)
    {
        Cv2.SetNumThreads(1);
        Script script = job.Script;
        FfmpegTools tools = FfmpegTools.Locate();
        NewVideo video = new(script.Width, script.Height, new Rational(script.Rate.Numerator, script.Rate.Denominator), job.Sound);
        await using VideoSink encode = new(video, job.Output, tools, job.Encode);
        using TruthFile truth = new(job.Truth, job.Encode.Overwrite);
        await using VideoSink? encodeSwapped = job.SwapTruth is null ? null : new(video, job.SwappedOutput, tools, job.Encode);
        using TruthFile? swappedTruth = job.SwapTruth is null ? null : new(job.SwappedTruth, job.Encode.Overwrite);

        Loudness? voice = job.Sound is null ? null : Loudness.Of(await SoundReader.ReadAsync(job.Sound, script.Seconds, tools, abort).ConfigureAwait(false), SoundReader.SamplesPerSecond);
        PerformerAssets assets = PerformerAssets.Open(job.AssetsFolder);
        Performance performance = new(assets, script, voice);
        ClipRenderer renderer = new(performance, new RenderQuality { MaxThreads = 1 });
        ClipRenderer? swapped = job.SwapTruth is { } identity ? renderer.With(performance.Swapped(assets, identity)) : null;

        PixelPool pool = new();
        PipelinePath<RenderedMoment, PipelineGraph> path = PipelineGraph.From(new NumberSource("frames", 0, script.Frames)).Then(new RenderStage(renderer, swapped, video, pool));
        ClipSink sink = new(encode, truth, progress);
        PipelineGraph graph = encodeSwapped is null
            ? path.Then(new OriginalOnly()).To(sink)
            : path.Fork(
                moment => (moment.Original, moment.Swapped!),
                frames => frames.To(sink),
                frames => frames.To(new ClipSink(encodeSwapped, swappedTruth!, static _ => { })));
        RunReport run = await graph.RunAsync(new PipelineOptions { Pool = pool, StopToken = stop }, abort).ConfigureAwait(false);
        string[] files = encodeSwapped is null ? [job.Output, job.Truth] : [job.Output, job.Truth, job.SwappedOutput, job.SwappedTruth];
        return new(files, run.Frames, run.StoppedEarly, encode.Result?.Notes ?? [], assets.Folder);
    }

    /// <summary>Without a swap there is nothing to divide.</summary>
    private sealed class OriginalOnly : IFrameStage<RenderedMoment, ClipFrame>
    {
        public string Name => "original";

        public StageConcurrency Concurrency => StageConcurrency.Sequential;

        public ValueTask<ClipFrame> ProcessAsync(RenderedMoment item, CancellationToken cancellationToken) => ValueTask.FromResult(item.Original);
    }
}
