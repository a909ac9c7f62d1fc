using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Pipeline.Running;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Floor;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>From two videos to one gaze report: each is decoded and its faces found and followed, then frame is compared with frame.</summary>
public static class MeasurePipeline
{
    // Side of the crop that faces go through for the floor, aligned as most generators want them: nobody knows what made the other video.
    private const int FloorCrop = 256;

    /// <summary>Runs a measurement.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told after every frame.</param>
    /// <param name="stop">Ends early with a whole report of what was compared so far.</param>
    /// <param name="abort">Ends at once and leaves no report.</param>
    /// <exception cref="UserFacingException">An input is missing, damaged or no video; a model is; the report cannot be written; the first video shows no face.</exception>
    public static async Task<MeasureResult> RunAsync(MeasurePipelineOptions options, IProgress<MeasureProgress>? progress, CancellationToken stop, CancellationToken abort)
    {
        ArgumentNullException.ThrowIfNull(options);
        if ((options.Source is null) == (options.Truth is null))
        {
            throw new UserFacingException(FailureKind.Usage, "Give two videos to compare, or one video and its truth file.");
        }

        if (options.ReportPath is { } path && File.Exists(path) && !options.Overwrite)
        {
            throw new UserFacingException(FailureKind.OutputExists, $"The report {path} exists: name another file or allow --overwrite.");
        }

        Cv2.SetNumThreads(1);
        var pool = new PixelPool();
        ModelStore store = ModelStore.Open(options.ModelsFolder, options.Choices);
        FfmpegTools tools = FfmpegTools.Locate();
        IReadOnlyList<TruthFrame>? truth = options.Truth is null ? null : GazeTruth.Read(options.Truth);

        // A rendered clip states its camera; others get the assumption of the options.
        using GazeComparison comparison = GazeComparison.Open(store, truth is { Count: > 0 } ? options.Gaze with { FocalRatio = truth[0].FocalRatio } : options.Gaze, live: options.Live);
        using OnnxSession detector = store.Load(ModelRole.FaceDetector);
        using OnnxSession mesh = store.Load(ModelRole.FaceMesh);
        List<ModelRecord> models = [.. comparison.Setup.Models, new("detector", detector.FileName, detector.Sha256), new("landmarks", mesh.FileName, mesh.Sha256)];
        using SightedVideo output = await OpenAsync(options.Output).ConfigureAwait(false);
        using SightedVideo? source = options.Source is null ? null : await OpenAsync(options.Source).ConfigureAwait(false);
        ComparisonSource compared = source is null ? ComparisonSource.Of(truth!, output, comparison) : ComparisonSource.Of(source, output, comparison);

        await using FloorBeside? floor = source is not null && options.Floor ? FloorBeside.Start(end => FindFloorAsync(source.Source.Media, end), stop, abort) : null;
        GazeReportHeader header = GazeReportHeader.For(comparison.Setup with { Models = models }, "measure", options.Source ?? options.Truth, options.Output, provenance: null);
        long? expected = (source ?? output).Source.Media.FramesIn(options.Decode.Range);
        long frames = 0;
        Action<FrameGazeRecord> onRecord = record =>
        {
            progress?.Report(new(++frames, expected, record.Faces.LastOrDefault(face => face.Error is not null)?.Error));
            options.Live?.Take(record);
        };
        GazeReportSink sink = options.ReportPath is { } file ? GazeReportSink.ToFile(file, header, onRecord, BeginReportAsync)
            : options.ReportStream is { } stream ? GazeReportSink.ToStream(stream, header, onRecord, BeginReportAsync)
            : GazeReportSink.ToNowhere(header, onRecord, BeginReportAsync);
        RunReport run = await PipelineGraph.From(compared).To(sink).RunAsync(new PipelineOptions { Pool = pool, StopToken = stop }, abort).ConfigureAwait(false);
        return new(sink.Summary!, models, Notes(source, output, options.Decode.Range.End, sink.Summary!), run.StoppedEarly);

        async Task<GazeReportHeader> BeginReportAsync(GazeReportHeader begun)
        {
            GazeReportHeader whole = floor is null ? begun : begun with { FootageFloor = await floor.Found.ConfigureAwait(false) };
            options.Live?.Begin(new(whole, expected, HasSource: source is not null));
            return whole;
        }

        // It runs beside the comparison, so it has its own of everything that remembers or is written to.
        async Task<FootageFloor?> FindFloorAsync(MediaInfo media, CancellationToken cancellationToken)
        {
            using var finds = new DetectStage(detector, media.Video.Color);
            PixelPool ownPool = new();
            using var landmarks = new FaceMeshEstimator(mesh, ownPool);
            var steps = new FaceSteps(finds, new TrackStage(new FaceTracker(), new EveryFace()), new AlignStage(landmarks, media.Video.Color, AlignmentTemplate.Ffhq, FloorCrop, ownPool));
            return await new FloorRun(media, options.Decode.Range, ownPool, tools).OfMeasureAsync(steps, store, options.Gaze, detector, mesh, cancellationToken).ConfigureAwait(false);
        }

        async Task<SightedVideo> OpenAsync(string video)
        {
            MediaInfo media = await new MediaProbe(tools).ReadAsync(video, abort).ConfigureAwait(false);
            return new SightedVideo(new VideoSource(media, pool, tools, options.Decode), detector, mesh, pool);
        }
    }

    private static List<string> Notes(SightedVideo? source, SightedVideo output, double? end, GazeSummary summary)
    {
        var notes = new List<string>();
        if (source is { } first && first.Source.Media.Video.DurationSeconds is { } a && output.Source.Media.Video.DurationSeconds is { } b
            && Math.Abs(Math.Min(a, end ?? a) - Math.Min(b, end ?? b)) > 1.5 * Math.Max(first.FrameSeconds, output.FrameSeconds))
        {
            notes.Add(FormattableString.Invariant($"{first.Source.Media.Path} is {a:0.00} s long and {output.Source.Media.Path} {b:0.00} s; frames are paired by their time since the first, the rest has no match."));
        }

        foreach (SightedVideo video in source is null ? [output] : new[] { source, output })
        {
            if (video.Source.Damage.Messages.Count > 0)
            {
                notes.Add($"{video.Source.Media.Path} is damaged ({video.Source.Damage.Messages[0].TrimEnd('.')}); what could be decoded was used.");
            }
        }

        if (summary.Faces == 0)
        {
            notes.Add($"{(source ?? output).Source.Media.Path} shows no face, so there is no gaze to measure.");
        }
        else if (summary.Measured == 0)
        {
            notes.Add("No face could be compared; the report says why for each.");
        }

        return notes;
    }
}
