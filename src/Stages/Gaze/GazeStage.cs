using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Live;

namespace VideoGaze.Stages.Gaze;

/// <summary>The gaze branch: measures where each face looks before and after the swap, and gives the crops back.</summary>
public sealed class GazeStage : IFrameStage<GazeJob, FrameGazeRecord>, IDisposable
{
    private readonly GazeMeter meter;
    private readonly GazeOptions options;
    private readonly IEyeLocator? locator;
    private readonly EyeTurns? turns;

    private GazeStage(GazeMeter meter, GazeOptions options, IEyeLocator? locator, GazeSetup setup)
    {
        this.meter = meter;
        this.options = options;
        this.locator = locator;
        turns = locator is null ? null : new EyeTurns(locator);
        Setup = setup;
    }

    /// <inheritdoc/>
    public string Name => "gaze";

    /// <inheritdoc/>
    /// <remarks>In order: a blink is judged by what the person's eyes did before.</remarks>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <summary>Estimator, models and limits, for the report's first line.</summary>
    public GazeSetup Setup { get; }

    /// <summary>Who watches the run; null for nobody.</summary>
    public LiveFeed? Live { get; init; }

    /// <summary>How much of each face the crops have to show: eye locators look at the eyes only, so the estimator decides.</summary>
    public GazeRegion Region => meter.Region;

    /// <summary>Opens the networks.</summary>
    /// <param name="store">Holds the eye contour network, the default estimator and, optionally, the open-eye network.</param>
    /// <param name="options">What is measured.</param>
    /// <param name="estimatorPath">Another gaze network; null for the default of the store.</param>
    /// <param name="live">Who watches the run; null for nobody.</param>
    public static GazeStage Open(ModelStore store, GazeOptions options, string? estimatorPath = null, LiveFeed? live = null)
    {
        GazeMeter? meter = null;
        try
        {
            meter = GazeSetup.OpenMeter(store, ref options, estimatorPath, out List<ModelRecord> models, out string estimator);
            IrisEyeLocator? locator = options.OutputEyes == OutputEyes.IrisNetwork ? IrisEyeLocator.Open(store.Resolve(ModelRole.EyeContour)) : null;
            if (locator is not null)
            {
                models.Add(locator.Model);
            }

            return new(meter, options, locator, new GazeSetup(estimator, models, options)) { Live = live };
        }
        catch
        {
            meter?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<FrameGazeRecord> ProcessAsync(GazeJob item, CancellationToken cancellationToken)
    {
        Live?.StartShowing(item.Stamp.Index);
        var faces = new FaceGazeRecord[item.Faces.Count];
        for (int i = 0; i < faces.Length; i++)
        {
            faces[i] = Measure(item.Faces[i], item.Stamp);
        }

        var record = new FrameGazeRecord(item.Stamp.Index, item.Stamp.Pts, item.Stamp.TimeBase.ToString(), FaceGazeRecord.Round(item.Stamp.Seconds, 6), faces);
        item.Dispose();
        return ValueTask.FromResult(record);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        meter.Dispose();
        locator?.Dispose();
    }

    private FaceGazeRecord Measure(BlendedFace face, FrameStamp stamp)
    {
        HeadPose head = HeadPose.FromMesh(face.SourceMesh);
        EyePair inFrame = EyePair.FromMesh(face.SourceMesh);
        GazeCrops crops = face.Crops ?? throw new InvalidOperationException("The gaze stage got a face without its crops.");
        EyePair sourceEyes = inFrame.Transformed(crops.ToCrop);
        EyePair? outputEyes = turns is null ? sourceEyes : turns.Locate(face.Track.TrackId, stamp.Seconds, crops.Output, sourceEyes);
        Vector2 between = (inFrame.Left.Centre + inFrame.Right.Centre) / 2;
        var ray = CameraRay.Through(between, face.FrameWidth, face.FrameHeight, (float)options.FocalRatio);
        double rotation = crops.ToCrop.Rotation;

        HeadPose headInCrop = head.Turned(rotation);
        FaceBox faceInCrop = BoundsOf(face.SourceMesh, crops.ToCrop);
        var source = new GazeSubject(crops.Source, sourceEyes, faceInCrop, headInCrop, rotation, ray, face.SourceMesh.Score);
        GazeSubject? output = outputEyes is { } eyes ? source with { Crop = crops.Output, Eyes = eyes } : null;
        FaceGazeRecord record = meter.Compare(face.Track.TrackId, face.Track.Face.Box, head, source, output);
        if (Live is not null)
        {
            Vector2 inCrop = crops.ToCrop.Apply(between);
            Live.Show(stamp.Index, stamp.Seconds, record, new EyesView(crops.Source, inCrop, rotation), new EyesView(crops.Output, inCrop, rotation));
        }

        return record;
    }

    /// <summary>The upright rectangle around a mesh in a crop.</summary>
    internal static FaceBox BoundsOf(FaceMesh mesh, SimilarityTransform toCrop)
    {
        Vector2 least = new(float.MaxValue);
        Vector2 most = new(float.MinValue);
        for (int i = 0; i < mesh.Points.Length; i++)
        {
            Vector2 place = toCrop.Apply(mesh.At(i));
            least = Vector2.Min(least, place);
            most = Vector2.Max(most, place);
        }

        return new(least.X, least.Y, most.X - least.X, most.Y - least.Y);
    }
}
