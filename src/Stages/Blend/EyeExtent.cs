namespace VideoGaze.Stages.Blend;

/// <summary>How much of the target's eyes is laid back.</summary>
internal enum EyeExtent
{
    /// <summary>What is between the lids, and their margins: where the eyes look, and little of whose they are.</summary>
    Openings,

    /// <summary>Both lids with their folds.</summary>
    Lids,
}
