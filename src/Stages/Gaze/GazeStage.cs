using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;
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

            return new(meter, options, locator, new GazeSetup(estimator, models, options, GazeSetup.SecondOf(meter, models, options))) { Live = live };
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
            faces[i] = Measure(item.Faces[i], item.Stamp.Seconds);
            Show(item.Faces[i], item.Stamp, faces[i]);
        }

        var record = FrameGazeRecord.Of(item.Stamp, faces);
        item.Dispose();
        return ValueTask.FromResult(record);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        meter.Dispose();
        locator?.Dispose();
    }

    /// <summary>Measures one face, its frames in order.</summary>
    /// <param name="face">Stays the caller's.</param>
    /// <param name="seconds">Presentation time.</param>
    internal FaceGazeRecord Measure(BlendedFace face, double seconds)
    {
        GazeCrops crops = CropsOf(face);
        GazeSubject source = Source(face);
        EyePair sourceEyes = source.Eyes;
        EyePair? outputEyes = turns is null ? sourceEyes : turns.Locate(face.Track.TrackId, seconds, crops.Output, sourceEyes);
        GazeSubject? output = outputEyes is { } eyes ? source with { Crop = crops.Output, Eyes = eyes } : null;
        return meter.Compare(face.Track.TrackId, face.Track.Face.Box, HeadPose.FromMesh(face.SourceMesh), source, output);
    }

    /// <summary>Shows a face's eyes to whoever watches.</summary>
    /// <param name="face">Its crops as they are now; stays the caller's.</param>
    /// <param name="stamp">The frame's.</param>
    /// <param name="record">What was measured.</param>
    internal void Show(BlendedFace face, FrameStamp stamp, FaceGazeRecord record)
    {
        if (Live is not null)
        {
            GazeCrops crops = CropsOf(face);
            var inFrame = EyePair.FromMesh(face.SourceMesh);
            Vector2 inCrop = crops.ToCrop.Apply((inFrame.Left.Centre + inFrame.Right.Centre) / 2);
            double rotation = crops.ToCrop.Rotation;
            Live.Show(stamp.Index, stamp.Seconds, record, new EyesView(crops.Source, inCrop, rotation), new EyesView(crops.Output, inCrop, rotation));
        }
    }

    /// <summary>Measures the output of a face once more, after its frame was changed: the target's own eyes are in it.</summary>
    /// <param name="face">Its output crop is cut anew.</param>
    /// <param name="frame">The changed frame.</param>
    /// <param name="color">How its samples are to be read.</param>
    /// <param name="before">What <see cref="Measure"/> said of the face in this frame.</param>
    internal FaceGazeRecord MeasureAgain(BlendedFace face, PixelBuffer frame, ColorSpec color, FaceGazeRecord before)
    {
        GazeCrops crops = CropsOf(face);
        FramePixels.WarpToBgr(frame, color, crops.ToCrop, crops.Output);
        return meter.CompareAgain(before, Source(face) with { Crop = crops.Output });
    }

    private static GazeCrops CropsOf(BlendedFace face) => face.Crops ?? throw new InvalidOperationException("The gaze stage got a face without its crops.");

    private GazeSubject Source(BlendedFace face)
    {
        GazeCrops crops = CropsOf(face);
        var eyes = EyePair.FromMesh(face.SourceMesh);
        Vector2 between = (eyes.Left.Centre + eyes.Right.Centre) / 2;
        var ray = CameraRay.Through(between, face.FrameWidth, face.FrameHeight, (float)options.FocalRatio);
        double rotation = crops.ToCrop.Rotation;
        return new(
            crops.Source,
            eyes.Transformed(crops.ToCrop),
            BoundsOf(face.SourceMesh, crops.ToCrop),
            HeadPose.FromMesh(face.SourceMesh).Turned(rotation),
            rotation,
            ray,
            face.SourceMesh.Score);
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
