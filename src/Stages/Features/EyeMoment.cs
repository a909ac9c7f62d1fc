using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Features;

/// <summary>One face in one frame.</summary>
/// <param name="Frame">Index from 0.</param>
/// <param name="Seconds">Since the video's first frame.</param>
/// <param name="Signals">One a <see cref="EyeSignal"/>, NaN where it could not be measured.</param>
/// <param name="Eyes">What a report would say of the eyes.</param>
internal sealed record EyeMoment(long Frame, double Seconds, float[] Signals, EyesRecord Eyes);
