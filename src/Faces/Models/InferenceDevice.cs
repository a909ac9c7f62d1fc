namespace VideoGaze.Faces.Models;

/// <summary>Where networks run: the command line's <c>--device</c>.</summary>
public enum InferenceDevice
{
    /// <summary>The fastest device that works; <see cref="OnnxSession.Provider"/> says which it was.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; if it is not there the run ends, it never falls back in silence.</summary>
    Cuda,
}
