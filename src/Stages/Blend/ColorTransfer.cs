namespace VideoGaze.Stages.Blend;

/// <summary>How the new face takes on the colours of the frame: the command line's <c>--color-transfer</c>.</summary>
public enum ColorTransfer
{
    /// <summary>Mean and spread of each Lab channel are matched inside the mask.</summary>
    Reinhard,

    /// <summary>The generator's colours as they are.</summary>
    None,
}
