using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Features;

/// <summary>
/// The feature set, family by family as gaze-based detectors name them (Demir and Ciftci, ETRA 2021: visual, geometric, metric, temporal and spectral features of both eyes; dispersion after
/// the finding that swapped faces look about more within a short window). docs/features.md lists them; a test holds the two together.
/// </summary>
internal static class FeatureColumns
{
    private static readonly EyeSignal[] WithSpectrum =
    [
        EyeSignal.GazeYaw, EyeSignal.GazePitch, EyeSignal.InHeadYaw, EyeSignal.InHeadPitch, EyeSignal.Vergence, EyeSignal.VerticalDisparity,
        EyeSignal.LeftOpenness, EyeSignal.RightOpenness, EyeSignal.LeftIrisAlong, EyeSignal.RightIrisAlong, EyeSignal.IrisColorDifference,
    ];

    private static readonly (string Name, EyeSignal Left, EyeSignal Right)[] Pairs =
    [
        ("yaw", EyeSignal.LeftYaw, EyeSignal.RightYaw),
        ("pitch", EyeSignal.LeftPitch, EyeSignal.RightPitch),
        ("openness", EyeSignal.LeftOpenness, EyeSignal.RightOpenness),
        ("iris_along", EyeSignal.LeftIrisAlong, EyeSignal.RightIrisAlong),
        ("iris_down", EyeSignal.LeftIrisDown, EyeSignal.RightIrisDown),
        ("iris_diameter", EyeSignal.LeftIrisDiameter, EyeSignal.RightIrisDiameter),
    ];

    /// <summary>Every feature, in the order of the table.</summary>
    public static IReadOnlyList<FeatureColumn> All { get; } = [.. Statistics(), .. Temporal(), .. Correlations(), .. Powers(), .. CrossSpectra()];

    /// <summary>A signal's name in columns.</summary>
    public static string NameOf(EyeSignal signal) =>
        string.Concat($"{signal}".Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "_" : string.Empty) + char.ToLowerInvariant(letter) : $"{letter}"));

    private static string FamilyOf(EyeSignal signal) => signal <= EyeSignal.RayGap ? "geometric" : "visual";

    private static string UnitOf(EyeSignal signal) => signal switch
    {
        <= EyeSignal.VerticalDisparity => "degrees",
        EyeSignal.MeetingPoint => "1/m",
        EyeSignal.RayGap => "mm",
        EyeSignal.LeftArea or EyeSignal.RightArea => "eye widths squared",
        <= EyeSignal.RightIrisDiameter => "eye widths",
        _ => "Lab",
    };

    private static IEnumerable<FeatureColumn> Statistics() => Enum.GetValues<EyeSignal>().SelectMany(signal => (FeatureColumn[])
    [
        new(NameOf(signal) + "_mean", FamilyOf(signal), UnitOf(signal), $"mean of `{NameOf(signal)}`", window => Mean(window.Of(signal))),
        new(NameOf(signal) + "_std", FamilyOf(signal), UnitOf(signal), $"standard deviation of `{NameOf(signal)}`", window => Spread.Deviation(window.Of(signal))),
        new(NameOf(signal) + "_jitter", "temporal", UnitOf(signal), $"noise of `{NameOf(signal)}` from frame to frame (median second difference, scaled to a standard deviation)", window => Spread.Jitter(window.Of(signal))),
    ]);

    private static IEnumerable<FeatureColumn> Temporal() =>
    [
        new("gaze_dispersion", "temporal", "degrees", "root mean square distance of the gaze from its mean direction", Dispersion),
        new("gaze_resultant", "temporal", "", "mean resultant length of the gaze's unit vectors: 1 where it does not move", Resultant),
        new("gaze_speed_median", "temporal", "degrees/s", "median speed of the gaze from frame to frame", window => Speed(window, 0.5)),
        new("gaze_speed_p95", "temporal", "degrees/s", "95th percentile of that speed", window => Speed(window, 0.95)),
        new("saccades_per_second", "temporal", "1/s", "saccades (I-VT as in reports) over the frames with a gaze", window => Rate(window, window.Movements.Saccades.Count)),
        new("saccade_amplitude", "temporal", "degrees", "mean amplitude of the saccades", window => Spread.Mean([.. window.Movements.Saccades.Select(saccade => saccade.Amplitude)])),
        new("fixation_share", "temporal", "", "share of the frames with a gaze that lie in a fixation", FixationShare),
        new("blinks", "temporal", "", "runs of frames with shut eyes", window => GazeAnalysis.Runs(window.Gaze.Shut).Count),
        new("shut_share", "temporal", "", "share of the seen frames with shut eyes", window => Share(window.Gaze.Shut.Count(shut => shut), window.Gaze.Seen.Count(seen => seen))),
    ];

    private static IEnumerable<FeatureColumn> Correlations() => Pairs.Select(pair => new FeatureColumn(
        pair.Name + "_left_right_correlation", "geometric", "", $"Pearson's correlation of `{NameOf(pair.Left)}` and `{NameOf(pair.Right)}`", window => Correlation(window.Of(pair.Left), window.Of(pair.Right))));

    private static IEnumerable<FeatureColumn> Powers() => WithSpectrum.SelectMany(signal => Band.All.Select(band => new FeatureColumn(
        $"{NameOf(signal)}_power_{band.Name}",
        "spectral",
        $"({UnitOf(signal)})²",
        FormattableString.Invariant($"variance of `{NameOf(signal)}` between {band.Low} and {band.High} Hz"),
        window => window.SpectrumOf(signal)?.Power(band))));

    private static IEnumerable<FeatureColumn> CrossSpectra() => Pairs.Take(4).SelectMany(pair => Band.All.SelectMany(band => (FeatureColumn[])
    [
        new(
            $"{pair.Name}_cross_power_{band.Name}",
            "spectral",
            $"({UnitOf(pair.Left)})²",
            FormattableString.Invariant($"size of the cross-spectrum of `{NameOf(pair.Left)}` and `{NameOf(pair.Right)}` between {band.Low} and {band.High} Hz"),
            window => window.SpectrumOf(pair.Left) is { } left && window.SpectrumOf(pair.Right) is { } right ? Spectrum.CrossPower(left, right, band) : null),
        new(
            $"{pair.Name}_coherence_{band.Name}",
            "spectral",
            "",
            FormattableString.Invariant($"coherence of `{NameOf(pair.Left)}` and `{NameOf(pair.Right)}` over the bins between {band.Low} and {band.High} Hz, 0 to 1"),
            window => window.SpectrumOf(pair.Left) is { } left && window.SpectrumOf(pair.Right) is { } right ? Spectrum.Coherence(left, right, band) : null),
    ]));

    private static double? Mean(float[] values) => Spread.Mean([.. values.Where(float.IsFinite).Select(value => (double)value)]);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;

    private static double? Dispersion(FeatureWindow window) =>
        Spread.Deviation(window.Gaze.Yaws) is { } yaw && Spread.Deviation(window.Gaze.Pitches) is { } pitch ? Math.Sqrt((yaw * yaw) + (pitch * pitch)) : null;

    private static double? Resultant(FeatureWindow window)
    {
        System.Numerics.Vector3 sum = default;
        int count = 0;
        for (int i = 0; i < window.Gaze.Yaws.Count; i++)
        {
            if (float.IsFinite(window.Gaze.Yaws[i]))
            {
                sum += GazeAngles.FromDegrees(window.Gaze.Yaws[i], window.Gaze.Pitches[i]).ToDirection();
                count++;
            }
        }

        return count == 0 ? null : sum.Length() / count;
    }

    private static double? Speed(FeatureWindow window, double quantile)
    {
        List<float> speeds = [];
        for (int i = 1; i < window.Gaze.Yaws.Count; i++)
        {
            if (float.IsFinite(window.Gaze.Yaws[i]) && float.IsFinite(window.Gaze.Yaws[i - 1]))
            {
                float angle = GazeAngles.AngularError(
                    GazeAngles.FromDegrees(window.Gaze.Yaws[i], window.Gaze.Pitches[i]), GazeAngles.FromDegrees(window.Gaze.Yaws[i - 1], window.Gaze.Pitches[i - 1]));
                speeds.Add((float)(angle * 180 / Math.PI / window.FrameSeconds));
            }
        }

        speeds.Sort();
        return speeds.Count == 0 ? null : ErrorStatistics.Quantile([.. speeds], quantile);
    }

    private static double? Rate(FeatureWindow window, int events)
    {
        int frames = window.Gaze.Yaws.Count(float.IsFinite);
        return frames == 0 ? null : events / (frames * window.FrameSeconds);
    }

    private static double? FixationShare(FeatureWindow window) =>
        Share(window.Movements.Fixations.Sum(fixation => fixation.Last - fixation.First + 1), window.Gaze.Yaws.Count(float.IsFinite));

    private static double? Correlation(float[] left, float[] right)
    {
        (float A, float B)[] pairs = [.. left.Zip(right).Where(pair => float.IsFinite(pair.First) && float.IsFinite(pair.Second))];
        if (pairs.Length < 8)
        {
            return null;
        }

        double a = pairs.Average(pair => pair.A), b = pairs.Average(pair => pair.B);
        double both = pairs.Sum(pair => (pair.A - a) * (pair.B - b));
        double ofA = pairs.Sum(pair => (pair.A - a) * (pair.A - a)), ofB = pairs.Sum(pair => (pair.B - b) * (pair.B - b));
        return ofA > 0 && ofB > 0 ? both / Math.Sqrt(ofA * ofB) : null;
    }
}
