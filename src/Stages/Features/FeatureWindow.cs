using VideoGaze.Stages.Report.Analysis;

namespace VideoGaze.Stages.Features;

/// <summary>Some frames of one person one after the other: what a row of the feature table is made of.</summary>
/// <param name="Track">The person.</param>
/// <param name="Index">From 0 for each person.</param>
/// <param name="FirstFrame">Index in the video of the first frame.</param>
/// <param name="Moments">One a frame; null where the person was not seen.</param>
/// <param name="FrameSeconds">Seconds between frames.</param>
internal sealed record FeatureWindow(int Track, int Index, long FirstFrame, IReadOnlyList<EyeMoment?> Moments, double FrameSeconds)
{
    private readonly Dictionary<EyeSignal, Spectrum?> spectra = [];
    private GazeStream? gaze;
    private EyeMovements? movements;

    /// <summary>Seconds from the video's first frame to the window's; null where that frame does not show the person.</summary>
    public double? StartSeconds => Moments[0]?.Seconds;

    /// <summary>The gaze as movements are found in it.</summary>
    public GazeStream Gaze => gaze ??= Stream();

    /// <summary>Saccades and fixations.</summary>
    public EyeMovements Movements => movements ??= EyeMovements.Of(Gaze, FrameSeconds);

    /// <summary>A signal, a value a frame, NaN where unknown.</summary>
    public float[] Of(EyeSignal signal) => [.. Moments.Select(moment => moment?.Signals[(int)signal] ?? float.NaN)];

    /// <summary>A signal's spectrum; null where too much is missing.</summary>
    public Spectrum? SpectrumOf(EyeSignal signal)
    {
        if (!spectra.TryGetValue(signal, out Spectrum? spectrum))
        {
            spectra[signal] = spectrum = Spectrum.Of(Of(signal), FrameSeconds);
        }

        return spectrum;
    }

    private GazeStream Stream()
    {
        var stream = new GazeStream();
        foreach (EyeMoment? moment in Moments)
        {
            // A gaze that was too doubtful for the signals is none here either.
            stream.Append(moment is null || float.IsFinite(moment.Signals[(int)EyeSignal.GazeYaw]) ? moment?.Eyes : moment.Eyes with { Yaw = null, Pitch = null });
        }

        return stream;
    }
}
