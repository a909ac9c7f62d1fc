namespace VideoGaze.Stages.Report.Analysis;

/// <summary>What can be wrong with the gaze of a swapped video, by name.</summary>
public enum GazeFault
{
    /// <summary>The output looks to one side of where the source looks, always.</summary>
    Shifted,

    /// <summary>Left and right are exchanged.</summary>
    Mirrored,

    /// <summary>The output runs behind the source, or ahead of it.</summary>
    Delayed,

    /// <summary>Blinks of the source are missing.</summary>
    BlinksRemoved,

    /// <summary>The output blinks where the source does not.</summary>
    BlinksInvented,

    /// <summary>The output's gaze stands still while the source's moves.</summary>
    Stare,

    /// <summary>The output's eyes move too little.</summary>
    Damped,

    /// <summary>The output's eyes move too much.</summary>
    Exaggerated,

    /// <summary>The output's gaze trembles more than the source's.</summary>
    Jitter,
}

/// <summary>A fault that was found, with its figures.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="Words">One sentence for people.</param>
/// <param name="Figures">What was measured, by name: degrees, seconds, counts.</param>
public sealed record GazeFinding(GazeFault Fault, string Words, IReadOnlyDictionary<string, double> Figures);
