using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Calibrate;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;

namespace VideoGaze.Stages;

/// <summary>From pictures with known gaze to an error table of every gaze estimator: what each gets wrong where nothing is swapped.</summary>
public static class CalibratePipeline
{
    /// <summary>Name of the rows over all sets.</summary>
    public const string AllSets = "all";

    // What must not change an answer: the picture at three quarters of its size, through a JPEG of middling quality.
    private const double WorsenedScale = 0.75;
    private const int WorsenedQuality = 75;

    /// <summary>Runs a calibration.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told the number of pictures done after each.</param>
    /// <param name="stop">Ends early with a table of what was measured so far.</param>
    /// <param name="abort">Ends at once.</param>
    /// <exception cref="UserFacingException">A set or a model is missing or unreadable; no set shows a face.</exception>
    public static async Task<CalibrateResult> RunAsync(CalibratePipelineOptions options, IProgress<long>? progress, CancellationToken stop, CancellationToken abort)
    {
        ArgumentNullException.ThrowIfNull(options);
        Cv2.SetNumThreads(1);
        var pool = new PixelPool();
        ModelStore store = ModelStore.Open(options.ModelsFolder, options.Choices);
        using OnnxSession detector = store.Load(ModelRole.FaceDetector);
        using OnnxSession mesh = store.Load(ModelRole.FaceMesh);
        List<CalibratedEstimator> ways = [];
        try
        {
            string? irises = store.TryResolve(ModelRole.EyeContour);

            // Whoever names the default as well wants it once.
            foreach (string path in options.Estimators.Prepend(store.Resolve(ModelRole.GazeEstimator)).DistinctBy(Path.GetFullPath))
            {
                AddWays(path, irises is not null, ways);
            }

            using var probe = new FaceGazeProbe(detector, mesh, irises is null ? null : IrisEyeLocator.Open(irises), ways, options.Gaze, pool);
            var sets = new CalibrationSets(FfmpegTools.Locate(), pool, options.Every);
            var tallies = new Dictionary<(string Set, int Way), CalibrationTally>();
            var names = new List<string>();
            long done = 0;
            foreach (string path in options.Sets.TakeWhile(_ => !stop.IsCancellationRequested))
            {
                await foreach (CalibrationPicture picture in sets.ReadAsync(path, abort).ConfigureAwait(false))
                {
                    using (picture)
                    {
                        if (!names.Contains(picture.Set))
                        {
                            names.Add(picture.Set);
                        }

                        Measure(picture, probe, ways.Count, options.Gaze, tallies);
                    }

                    done++;
                    progress?.Report(done);
                    if (stop.IsCancellationRequested)
                    {
                        break;
                    }
                }
            }

            if (done == 0)
            {
                throw new UserFacingException(FailureKind.NoFace, "No set holds a picture with a person in it: name label files of pictures, or truth files of clips.");
            }

            IEnumerable<string> shown = names.Count > 1 ? names.Append(AllSets) : names;
            return new([.. shown.SelectMany(set => ways.Select((way, i) => tallies[(set, i)].Summarise(way, set)))], stop.IsCancellationRequested);
        }
        finally
        {
            ways.ForEach(way => way.Dispose());
        }
    }

    private static void AddWays(string path, bool withIrises, List<CalibratedEstimator> ways)
    {
        foreach (OutputEyes eyes in (ReadOnlySpan<OutputEyes>)(withIrises ? [OutputEyes.Mesh, OutputEyes.IrisNetwork] : [OutputEyes.Mesh]))
        {
            foreach (bool mirror in (ReadOnlySpan<bool>)[true, false])
            {
                IGazeEstimator estimator = GazeEstimators.Open(path, mirror);

                // Networks that look at the whole face neither use the eyes nor the mirror, and those that find the eyes themselves answer alike to a mirrored face: one way is all of them.
                bool oneWay = estimator is L2csGazeEstimator or IEyeFindingEstimator;
                if (oneWay && (eyes, mirror) != (OutputEyes.Mesh, true))
                {
                    estimator.Dispose();
                    continue;
                }

                ways.Add(new(estimator, eyes, mirror && !oneWay));
            }
        }
    }

    private static void Measure(CalibrationPicture picture, FaceGazeProbe probe, int ways, GazeOptions options, Dictionary<(string Set, int Way), CalibrationTally> tallies)
    {
        GazeAngles?[]?[] answers = probe.Look(picture, 1);
        using CalibrationPicture worsened = picture.Worsened(WorsenedScale, WorsenedQuality);
        GazeAngles?[]?[] again = probe.Look(worsened, WorsenedScale);
        for (int person = 0; person < answers.Length; person++)
        {
            TruthPerson truth = picture.Persons[person];
            for (int way = 0; way < ways; way++)
            {
                foreach (string set in (ReadOnlySpan<string>)[picture.Set, AllSets])
                {
                    if (!tallies.TryGetValue((set, way), out CalibrationTally? tally))
                    {
                        tallies[(set, way)] = tally = new();
                    }

                    if (answers[person] is not { } mine)
                    {
                        tally.Miss();
                    }
                    else if (!truth.EyesOpen || Math.Abs(truth.Head.YawDegrees) > options.ProfileLimitDegrees || mine[way] is not { } measured)
                    {
                        tally.Skip();
                    }
                    else
                    {
                        tally.Add(truth, measured, again[person]?[way]);
                    }
                }
            }
        }
    }
}
