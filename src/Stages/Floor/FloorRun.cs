using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Floor;

/// <summary>Finds the <see cref="FootageFloor"/> of a video: the whole job on a few frames, with a generator that changes nothing, and measured as the report measures.</summary>
/// <param name="media">The source.</param>
/// <param name="range">The part of it that the report is about.</param>
/// <param name="pool">Where pixels are rented from.</param>
/// <param name="tools">Where ffmpeg is.</param>
internal sealed class FloorRun(MediaInfo media, TimeRange range, PixelPool pool, FfmpegTools tools)
{
    private readonly IReadOnlyList<SampledRun> runs = SampledFrames.RunsOf(media, range);

    /// <summary>As <c>process</c> measures: eyes of the output from the gaze network, before the encoder; and again after it.</summary>
    /// <param name="steps">Of this run alone.</param>
    /// <param name="blend">How faces are laid in.</param>
    /// <param name="gaze">The run's own.</param>
    /// <param name="output">The file that will be written: its container and codec.</param>
    /// <param name="encode">How it will be encoded.</param>
    /// <param name="cancellationToken">Ends it without a floor.</param>
    /// <returns>Null where the video cannot be sampled; the run itself will say what is wrong with it.</returns>
    public Task<FootageFloor?> OfProcessAsync(FaceSteps steps, BlendOptions blend, GazeStage gaze, string output, EncodeOptions encode, CancellationToken cancellationToken) =>
        InFolderAsync(async folder =>
        {
            string file = Path.Combine(folder, "floor" + Path.GetExtension(output));
            using var floor = new FloorStage(gaze);
            await RebuildAsync(steps, blend, floor, gaze.Region, sighting: null, file, encode, cancellationToken).ConfigureAwait(false);
            List<float> encoded = [];
            MediaInfo made = await new MediaProbe(tools).ReadAsync(file, cancellationToken).ConfigureAwait(false);
            await foreach (VideoFrame frame in new VideoSource(made, pool, tools, new DecodeOptions()).ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                using (frame)
                {
                    floor.MeasureIn((int)frame.Stamp.Index, frame.Pixels, made.Video.Color, encoded);
                }
            }

            return new(floor.Frames, runs.Count, Words(file, encode), ErrorStatistics.Of(floor.Errors), ErrorStatistics.Of(encoded));
        });

    /// <summary>As <c>measure</c> measures: two files, each with landmarks of its own.</summary>
    /// <param name="steps">Of this run alone.</param>
    /// <param name="store">Holds the gaze networks.</param>
    /// <param name="options">The measurement's.</param>
    /// <param name="detector">Stays the caller's.</param>
    /// <param name="mesh">Stays the caller's.</param>
    /// <param name="cancellationToken">Ends it without a floor.</param>
    /// <returns>Null where the video cannot be sampled.</returns>
    public Task<FootageFloor?> OfMeasureAsync(FaceSteps steps, ModelStore store, GazeOptions options, OnnxSession detector, OnnxSession mesh, CancellationToken cancellationToken) =>
        InFolderAsync(async folder =>
        {
            // Nobody knows how the other file was made: encoded once, visually lossless, is the least that happened to it.
            var encode = new EncodeOptions();
            string file = Path.Combine(folder, "floor.mp4");
            using var floor = new FloorStage(gaze: null);
            using var landmarks = new FaceMeshEstimator(mesh, pool);
            using var sighting = new SightingStage(new SightStage(landmarks, media.Video, pool, keepPixels: true));
            await RebuildAsync(steps, new BlendOptions(), floor, region: null, sighting, file, encode, cancellationToken).ConfigureAwait(false);
            List<float> errors = [];
            MediaInfo made = await new MediaProbe(tools).ReadAsync(file, cancellationToken).ConfigureAwait(false);
            using GazeComparison comparison = GazeComparison.Open(store, options with { Second = null });
            using var output = new SightedVideo(new VideoSource(made, pool, tools, new DecodeOptions()), detector, mesh, pool);
            IAsyncEnumerator<SightedFrame> others = output.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (others.ConfigureAwait(false))
            {
                foreach (SightedFrame shown in sighting.Seen)
                {
                    using SightedFrame? other = await others.MoveNextAsync().ConfigureAwait(false) ? others.Current : null;
                    errors.AddRange(comparison.Compare(shown, other).Faces.Where(face => face.Error is not null).Select(face => (float)face.Error!.Value));
                }
            }

            return new(floor.Frames, runs.Count, Words(file, encode), Reblended: null, ErrorStatistics.Of(errors));
        });

    private static string Words(string file, EncodeOptions encode)
    {
        string encoder = encode.Codec is { } codec ? VideoCodec.Encoder(codec) : OutputContainer.For(file).DefaultCodec;
        return FormattableString.Invariant($"{encoder} crf {encode.Crf} {encode.Preset}");
    }

    private async Task RebuildAsync(FaceSteps steps, BlendOptions blend, FloorStage floor, GazeRegion? region, SightingStage? sighting, string file, EncodeOptions encode, CancellationToken cancellationToken)
    {
        using var laid = new BlendStage(pool, media.Video.Color, blend, region);
        var sink = new VideoSink(
            media with { OtherStreams = [], ChapterCount = 0 }, file, tools, encode with { Overwrite = true, Range = TimeRange.All, ExtraMetadata = null });
        await using (sink.ConfigureAwait(false))
        {
            PipelinePath<FrameWith<TrackedFace>, PipelineGraph> followed = PipelineGraph.From(new SampledFrames(media, pool, tools, runs)).Then(steps.Detect).Then(steps.Track);
            PipelinePath<FrameWith<TrackedFace>, PipelineGraph> seen = sighting is null ? followed : followed.Then(sighting);
            await seen.Then(steps.Align).Then(new UnchangedStage(pool)).Then(laid).Then(floor).To(sink)
                .RunAsync(new PipelineOptions(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<FootageFloor?> InFolderAsync(Func<string, Task<FootageFloor>> find)
    {
        if (runs.Count == 0)
        {
            return null;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("videogaze-floor-");
        try
        {
            return await find(folder.FullName).ConfigureAwait(false);
        }
        catch (UserFacingException)
        {
            // A floor is worth no failed run; what is wrong with the file or the encoder the run itself says.
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
