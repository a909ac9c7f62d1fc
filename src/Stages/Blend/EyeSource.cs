namespace VideoGaze.Stages.Blend;

/// <summary>Whose eyes the output shows: the command line's <c>--eyes</c>.</summary>
public enum EyeSource
{
    /// <summary>The target's where the generator means to keep them (<see cref="Swap.IFaceSwapper.KeepsEyes"/>), else the generator's.</summary>
    Auto,

    /// <summary>The target's, pixel for pixel, with its lids in the new skin's colours: gaze and blinks survive whatever the generator does; <see cref="SwapPipelineOptions.Irises"/> says whose colour the irises have.</summary>
    Target,

    /// <summary>What the generator made.</summary>
    Generated,
}
