using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Score;

namespace VideoGaze.Stages.Calibrate;

/// <summary>Adds up one way to measure gaze over one set.</summary>
internal sealed class CalibrationTally
{
    private readonly List<float> errors = [];
    private readonly List<float> yawErrors = [];
    private readonly List<float> pitchErrors = [];
    private readonly List<float> noise = [];
    private readonly LineFit yaw = new();
    private readonly LineFit pitch = new();

    // Degrees either side; beyond 45 gaze is not measured.
    private readonly BinTally byHead = new(10, 20, 30);

    // Parts of the eye at rest; below 0.5 gaze is not measured.
    private readonly BinTally byOpenness = new(0.75, 1);

    // Pixels; at 100 an eye is about 15 px wide.
    private readonly BinTally byHeight = new(60, 100, 200);
    private long faces;
    private long missed;
    private long skipped;

    /// <summary>Takes a face that was not found.</summary>
    public void Miss()
    {
        faces++;
        missed++;
    }

    /// <summary>Takes a face that does not count.</summary>
    public void Skip()
    {
        faces++;
        skipped++;
    }

    /// <summary>Takes a measured face.</summary>
    /// <param name="person">The truth.</param>
    /// <param name="measured">The answer.</param>
    /// <param name="again">The answer for the worsened copy; null where none was given.</param>
    public void Add(TruthPerson person, GazeAngles measured, GazeAngles? again)
    {
        faces++;
        double error = Degrees(GazeAngles.AngularError(person.Gaze, measured));
        errors.Add((float)error);
        yaw.Add(person.Gaze.YawDegrees, measured.YawDegrees);
        pitch.Add(person.Gaze.PitchDegrees, measured.PitchDegrees);
        yawErrors.Add((float)Math.Abs(measured.YawDegrees - person.Gaze.YawDegrees));
        pitchErrors.Add((float)Math.Abs(measured.PitchDegrees - person.Gaze.PitchDegrees));
        byHead.Add(Math.Abs(person.Head.YawDegrees), error);
        byOpenness.Add(person.Openness, error);
        byHeight.Add(person.Box.Height, error);
        if (again is { } other)
        {
            noise.Add((float)Degrees(GazeAngles.AngularError(measured, other)));
        }
    }

    /// <summary>The calibration of everything so far.</summary>
    public GazeCalibration Summarise(CalibratedEstimator way, string set) => new(
        way.Estimator.Id,
        way.Estimator.Model,
        way.Eyes,
        way.AverageMirror,
        set,
        faces,
        missed,
        skipped,
        ScoreStatistics.Of(errors),
        AxisScore.Of(yaw, yawErrors),
        AxisScore.Of(pitch, pitchErrors),
        ScoreStatistics.Of(noise),
        byHead.Summarise(),
        byOpenness.Summarise(),
        byHeight.Summarise());

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
