namespace VideoGaze.Stages.Report.Analysis;

/// <summary>
/// Names what is wrong. Limits are well above what a faithful swap shows by the estimator's noise alone: the true swap of talk.mp4 must give no finding
/// (a test), and planted faults must (docs/gaze-report.md has both tables).
/// </summary>
internal static class FindingRules
{
    // Faces are symmetric, lids are not: what an estimator adds for one person and not for another is mostly pitch (the true swap of talk.mp4: 0.8 of yaw, 4.2 of pitch).
    private const double YawShiftDegrees = 3;
    private const double PitchShiftDegrees = 5;

    // Where the face is the same in both, only noise is left: planted shifts are read a third too small at most, medians of nothing are below half a degree.
    private const double SameFaceShiftDegrees = 2;
    private const double MirroredCorrelation = -0.4;
    private const double StareFraction = 0.35;
    private const double StareSlope = 0.25;
    private const double DampedSlope = 0.6;
    private const double ExaggeratedSlope = 1.5;
    private const double MovingSpread = 2.5;
    private const double JitterFactor = 2;
    private const double JitterDegrees = 0.5;

    /// <summary>The faults of one person; empty for a faithful output.</summary>
    public static IReadOnlyList<GazeFinding> Of(StreamStatistics source, StreamStatistics output, PairStatistics pair)
    {
        var found = new List<GazeFinding>();
        bool stare = AddStare(found, source, output, pair);
        if (!stare)
        {
            AddLag(found, pair);

            // What is mirrored is off by twice the mean direction and follows the wrong way: one fault, not three.
            if (!AddMirrored(found, pair))
            {
                AddShift(found, pair);
                AddSlope(found, "yaw", source.YawSpread, pair.Yaw);
                AddSlope(found, "pitch", source.PitchSpread, pair.Pitch);
            }
        }

        AddBlinks(found, pair.Blinks, Math.Min(pair.BlinksLeftOpen, pair.Blinks.Missed));
        if (source.Jitter is { } before && output.Jitter is { } after && after > JitterFactor * before && after - before > JitterDegrees)
        {
            found.Add(Finding(GazeFault.Jitter, $"The gaze trembles by {after:0.0} degrees from frame to frame, the source's by {before:0.0}.", ("source", before), ("output", after)));
        }

        return found;
    }

    /// <summary>A gaze may stand still before the camera or in the head.</summary>
    private static bool AddStare(List<GazeFinding> found, StreamStatistics source, StreamStatistics output, PairStatistics pair) =>
        AddStare(found, "", Both(source.YawSpread, source.PitchSpread), Both(output.YawSpread, output.PitchSpread), pair.Yaw.Correlation, pair.Pitch.Correlation)
        || AddStare(
            found,
            " in the head",
            Both(source.YawInHeadSpread, source.PitchInHeadSpread),
            Both(output.YawInHeadSpread, output.PitchInHeadSpread),
            pair.Yaw.InHeadCorrelation,
            pair.Pitch.InHeadCorrelation);

    private static bool AddStare(List<GazeFinding> found, string where, double? source, double? output, double? yawCorrelation, double? pitchCorrelation)
    {
        // Small movements that follow the source's are a damped gaze, not a stare. What an estimator makes of a head that turns follows a little, too (a stare rendered in talk: slope 0.15).
        double? slope = Math.Max(yawCorrelation ?? 0, pitchCorrelation ?? 0) * output / source;
        bool follows = slope > StareSlope;
        if (source is not { } before || output is not { } after || before < MovingSpread || after > StareFraction * before || follows)
        {
            return false;
        }

        found.Add(Finding(GazeFault.Stare, $"The eyes stare: their gaze{where} spreads by {after:0.0} degrees where the source's spreads by {before:0.0}.", ("source", before), ("output", after)));
        return true;
    }

    private static double? Both(double? yaw, double? pitch) => yaw is { } a && pitch is { } b ? Math.Sqrt((a * a) + (b * b)) : null;

    private static void AddShift(List<GazeFinding> found, PairStatistics pair)
    {
        double yawLimit = pair.IsSameFace ? SameFaceShiftDegrees : YawShiftDegrees, pitchLimit = pair.IsSameFace ? SameFaceShiftDegrees : PitchShiftDegrees;
        if (pair.Yaw.Bias is { } yaw && pair.Pitch.Bias is { } pitch && (Math.Abs(yaw) >= yawLimit || Math.Abs(pitch) >= pitchLimit))
        {
            string side = yaw >= 0 ? "right" : "left";
            string height = pitch >= 0 ? "up" : "down";
            found.Add(Finding(GazeFault.Shifted, $"The gaze is shifted by {Math.Abs(yaw):0.0} degrees to the image's {side} and {Math.Abs(pitch):0.0} {height}.", ("yaw", yaw), ("pitch", pitch)));
        }
    }

    private static bool AddMirrored(List<GazeFinding> found, PairStatistics pair)
    {
        double? yaw = pair.Yaw.InHeadCorrelation is { } eyes && pair.Yaw.Correlation is { } all ? Math.Min(eyes, all) : pair.Yaw.InHeadCorrelation ?? pair.Yaw.Correlation;
        if (yaw is not { } least || least > MirroredCorrelation)
        {
            return false;
        }

        found.Add(Finding(GazeFault.Mirrored, $"Left and right are exchanged: where the source looks to one side the output looks to the other (correlation {least:0.00}).", ("correlation", least)));
        return true;
    }

    private static void AddLag(List<GazeFinding> found, PairStatistics pair)
    {
        if (pair.Lag is { IsCertain: true } lag)
        {
            string way = lag.Frames > 0 ? "behind" : "ahead of";
            found.Add(Finding(
                GazeFault.Delayed,
                $"The output runs {Math.Abs(lag.Frames):0.0} frames ({Math.Abs(lag.Seconds) * 1000:0} ms) {way} the source.",
                ("frames", lag.Frames),
                ("seconds", lag.Seconds)));
        }
    }

    private static void AddSlope(List<GazeFinding> found, string axis, double? spread, AxisAgreement agreement)
    {
        // A slope by chance is no finding: the output has to follow the source.
        if (spread < MovingSpread || agreement.Slope is not { } slope || agreement.Correlation is not > 0.5)
        {
            return;
        }

        if (slope < DampedSlope)
        {
            found.Add(Finding(GazeFault.Damped, $"The eyes move too little: {slope:0.00} degrees of {axis} for each of the source's.", ("slope", slope)));
        }
        else if (slope > ExaggeratedSlope)
        {
            found.Add(Finding(GazeFault.Exaggerated, $"The eyes move too much: {slope:0.00} degrees of {axis} for each of the source's.", ("slope", slope)));
        }
    }

    private static void AddBlinks(List<GazeFinding> found, EventAgreement blinks, int leftOpen)
    {
        // One blink more or less is within what two looks at one clip differ by.
        if (blinks.Source >= 2 && leftOpen >= 2 && leftOpen * 2 >= blinks.Source)
        {
            found.Add(Finding(GazeFault.BlinksRemoved, $"{leftOpen} of {blinks.Source} blinks are missing.", ("source", blinks.Source), ("missed", leftOpen)));
        }

        if (blinks.Invented >= 2 && blinks.Invented > blinks.Source / 2)
        {
            found.Add(Finding(GazeFault.BlinksInvented, $"{blinks.Invented} blinks are invented, the source has {blinks.Source}.", ("source", blinks.Source), ("invented", blinks.Invented)));
        }
    }

    private static GazeFinding Finding(GazeFault fault, FormattableString words, params (string Name, double Value)[] figures) =>
        new(fault, FormattableString.Invariant(words), figures.ToDictionary(figure => figure.Name, figure => Math.Round(figure.Value, 4)));
}
