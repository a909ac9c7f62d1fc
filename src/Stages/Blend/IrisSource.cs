namespace VideoGaze.Stages.Blend;

/// <summary>Whose colour the irises have where the target's own eyes are shown. Where they look is the target's in any case.</summary>
public enum IrisSource
{
    /// <summary>The person's where the photos tell it, else the target's.</summary>
    Auto,

    /// <summary>The target's, to the pixel.</summary>
    Target,

    /// <summary>The person's; where the photos do not tell it the result's notes say so.</summary>
    Person,
}
