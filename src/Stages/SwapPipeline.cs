using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Floor;
using VideoGaze.Stages.Gate;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Swap;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>
/// The whole job, in order. This is the one file that lists the steps:
/// <code>
/// decode -> detect -> track -> align -> swap -> blend -+-> encode
///                                                      +-> gaze -> gate -> report
/// </code>
/// With <see cref="GateAction.Fallback"/> gaze is measured before the picture is encoded, as it may change it:
/// <code>
/// ... -> blend -> repair -+-> encode
///                         +-> report
/// </code>
/// </summary>
public static class SwapPipeline
{
    private const string OwnIrises = "The irises do not take on the person's colour: that is done where the target's own eyes are shown, and at least one photo shows open eyes, without spectacles or hair below them, with irises 5 pixels across.";

    /// <summary>Replaces the chosen faces of a video.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told as frames are written and faces are measured.</param>
    /// <param name="stop">Ends early: what was read is finished and the shorter result is committed.</param>
    /// <param name="abort">Ends at once and leaves nothing.</param>
    /// <exception cref="UserFacingException">Whatever the user can act on; nothing is then left under the final names.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="abort"/> was cancelled.</exception>
    public static async Task<SwapResult> RunAsync(SwapPipelineOptions options, IProgress<SwapProgress>? progress, CancellationToken stop, CancellationToken abort)
    {
        // One thread in each library: the steps themselves run side by side.
        Cv2.SetNumThreads(1);
        PixelPool pool = new();
        FfmpegTools tools = FfmpegTools.Locate();
        MediaInfo media = await new MediaProbe(tools).ReadAsync(options.Input, abort).ConfigureAwait(false);

        // Before the networks are loaded: an output that exists or cannot be written is to be told at once.
        await using VideoSink video = new(media, options.Output, tools, options.Encode);
        ModelStore store = ModelStore.Open(options.ModelsFolder, options.Choices);
        using FacePerception perception = FacePerception.Open(store, pool);
        ResolvedIdentity identity = IdentityResolver.Find(options, store, perception);
        using OpenedSwapper opened = FaceSwappers.Open(identity, perception.Photos, store, pool, new(options.Device, GeneratorThreads(options.Threads)));
        IFaceSwapper swapper = opened.Swapper;
        using GazeStage? gaze = options.Gaze is { } wanted ? GazeStage.Open(store, wanted, live: options.Live) : null;

        VideoSource decode = new(media, pool, tools, options.Decode);
        using DetectStage detect = perception.Detect(media.Video.Color);
        TrackStage track = perception.Track(options.Faces, options.ReferencePhoto, media.Video.Color);
        AlignStage align = perception.Align(media.Video.Color, swapper.Template, swapper.CropSize);
        SwapStage swap = new(swapper, pool);
        bool repairs = gaze is not null && options.Gate is { Action: GateAction.Fallback };
        bool keptEyes = options.Eyes == EyeSource.Target || (options.Eyes == EyeSource.Auto && swapper.KeepsEyes);
        Vector3? irises = keptEyes && options.Irises != IrisSource.Target ? swapper.Irises : null;
        BlendOptions laying = new() { ColorTransfer = options.ColorTransfer, TargetEyes = keptEyes, Irises = irises };
        using BlendStage blend = new(pool, media.Video.Color, laying, gaze?.Region, repairs);

        if (swapper.MeetsTarget && options.Faces != FaceChoice.All)
        {
            swapper.Meet(await FindTargetAsync().ConfigureAwait(false));
        }

        await using FloorBeside? floor = gaze is not null && options.Floor ? FloorBeside.Start(FindFloorAsync, stop, abort) : null;
        double? gazeError = null;
        SwappedVideoSink encode = new(video, options.Input, frames => progress?.Report(new(frames, media.FramesIn(options.Decode.Range), gazeError)));
        PipelinePath<FrameWith<BlendedFace>, PipelineGraph> spine = PipelineGraph.From(decode).Then(detect).Then(track).Then(align).Then(swap).Then(blend);
        GazeReportSink? report = null;
        PipelineGraph graph;
        if (gaze is null)
        {
            graph = spine.Then(new PictureOnly(encode.CountFaces)).To(encode);
        }
        else
        {
            var header = GazeReportHeader.For(gaze.Setup, "process", Path.GetFileName(options.Input), Path.GetFileName(options.Output), options.Provenance) with { Gate = options.Gate, Adaptation = options.Adaptation };
            report = OpenReport(options, header, BeginReportAsync, record =>
            {
                gazeError = record.Faces.FirstOrDefault(face => face.Error is not null)?.Error ?? gazeError;
                options.Live?.Take(record);
            });
            graph = repairs ? Repairing(spine, new RepairStage(gaze, options.Gate!, media.Video.Color), encode, report) : Branching(spine, gaze, options.Gate, encode, report);
        }

        RunReport run = await graph.RunAsync(new PipelineOptions { Pool = pool, StopToken = stop, EstimateEngineTime = true }, abort).ConfigureAwait(false);
        return new SwapResult(
            video.Result ?? throw new InvalidOperationException("The run went well, but the encoder has no result."),
            encode.Faces,
            report?.Summary,
            [.. perception.Models, swapper.Model, .. opened.SourceModels, .. gaze?.Setup.Models ?? []],
            swapper.Provider,
            decode.Damage,
            run)
        {
            Notes = options.Irises == IrisSource.Person && irises is null ? [.. opened.Notes, OwnIrises] : opened.Notes,
        };

        async Task<GazeReportHeader> BeginReportAsync(GazeReportHeader header)
        {
            GazeReportHeader whole = floor is null ? header : header with { FootageFloor = await floor.Found.ConfigureAwait(false) };
            options.Live?.Begin(new(whole, media.FramesIn(options.Decode.Range), HasSource: true));
            return whole;
        }

        FaceSteps StepsOf(FacePerception own, DetectStage finds) =>
            new(finds, own.Track(options.Faces, options.ReferencePhoto, media.Video.Color), own.Align(media.Video.Color, swapper.Template, swapper.CropSize));

        async Task<IReadOnlyList<FaceMesh>> FindTargetAsync()
        {
            PixelPool ownPool = new();
            using FacePerception own = perception.Beside(ownPool);
            using DetectStage finds = own.Detect(media.Video.Color);
            return await TargetSample.ReadAsync(media, options.Decode.Range, ownPool, tools, StepsOf(own, finds), stop, abort).ConfigureAwait(false);
        }

        // It runs beside the run itself, so it has its own of everything that remembers or is written to.
        async Task<FootageFloor?> FindFloorAsync(CancellationToken cancellationToken)
        {
            PixelPool ownPool = new();
            using FacePerception own = perception.Beside(ownPool);
            using DetectStage finds = own.Detect(media.Video.Color);
            using var measures = GazeStage.Open(store, options.Gaze! with { Second = null });
            return await new FloorRun(media, options.Decode.Range, ownPool, tools)
                .OfProcessAsync(StepsOf(own, finds), laying, measures, options.Output, options.Encode, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gaze is measured beside the encoder.</summary>
    private static PipelineGraph Branching(PipelinePath<FrameWith<BlendedFace>, PipelineGraph> spine, GazeStage gaze, FrameGate? gate, SwappedVideoSink encode, GazeReportSink report) => spine.Fork(
        frame =>
        {
            encode.CountFaces(frame.Faces.Count);
            return (frame.Frame, new GazeJob(frame.Frame.Stamp, frame.Faces));
        },
        picture => picture.To(encode),
        crops => gate is null ? crops.Then(gaze).To(report) : crops.Then(gaze).Then(new FrameGateStage(gate)).To(report));

    /// <summary>Gaze is measured first: what it says decides what is encoded.</summary>
    private static PipelineGraph Repairing(PipelinePath<FrameWith<BlendedFace>, PipelineGraph> spine, RepairStage repair, SwappedVideoSink encode, GazeReportSink report) => spine.Then(repair).Fork(
        gated =>
        {
            encode.CountFaces(gated.Record.Faces.Count);
            return (gated.Frame, gated.Record);
        },
        picture => picture.To(encode),
        records => records.To(report));

    private static GazeReportSink OpenReport(SwapPipelineOptions options, GazeReportHeader header, Func<GazeReportHeader, Task<GazeReportHeader>> complete, Action<FrameGazeRecord> onRecord) => options switch
    {
        { ReportStream: { } stream } => GazeReportSink.ToStream(stream, header, onRecord, complete),
        { ReportPath: { } path } => GazeReportSink.ToFile(path, header, onRecord, complete),
        _ => GazeReportSink.ToNowhere(header, onRecord, complete),
    };

    /// <summary>Half the cores, at least one: the other half decodes, detects, blends and encodes meanwhile.</summary>
    private static int GeneratorThreads(int asked) => asked > 0 ? asked : Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Without a gaze branch: the picture goes on alone.</summary>
    private sealed class PictureOnly(Action<int> countFaces) : IFrameStage<FrameWith<BlendedFace>, VideoFrame>
    {
        public string Name => "picture";

        public StageConcurrency Concurrency => StageConcurrency.Sequential;

        public ValueTask<VideoFrame> ProcessAsync(FrameWith<BlendedFace> item, CancellationToken cancellationToken)
        {
            countFaces(item.Faces.Count);
            foreach (BlendedFace face in item.Faces)
            {
                face.Dispose();
            }

            return ValueTask.FromResult(item.Frame);
        }
    }
}
