namespace VideoGaze.Faces.Failures;

/// <summary>Why a run ended without its result. Each value is the process's exit code; docs/exit-codes.md lists them with remedies.</summary>
public enum FailureKind
{
    /// <summary>A defect of the program itself.</summary>
    Internal = 1,

    /// <summary>The command line does not make sense.</summary>
    Usage = 2,

    /// <summary>A named input does not exist.</summary>
    InputMissing = 3,

    /// <summary>An input is no video or picture that can be read: empty, text, an unknown codec.</summary>
    InputUnreadable = 4,

    /// <summary>An input is damaged or cut short.</summary>
    InputDamaged = 5,

    /// <summary>An input has no video stream (audio only).</summary>
    NoVideo = 6,

    /// <summary>No face was found where one is needed.</summary>
    NoFace = 7,

    /// <summary>The identity folder is empty, has no usable photo, or no generator.</summary>
    IdentityUnusable = 8,

    /// <summary>A model file is missing, corrupt, of the wrong shape, or fails its mirror test.</summary>
    ModelInvalid = 9,

    /// <summary>The output exists and overwriting was not allowed.</summary>
    OutputExists = 10,

    /// <summary>The output cannot be written there.</summary>
    OutputUnwritable = 11,

    /// <summary>The disk ran full.</summary>
    DiskFull = 12,

    /// <summary>ffmpeg is missing, failed or was killed.</summary>
    FfmpegFailed = 13,

    /// <summary>An execution provider was asked for and is not there.</summary>
    ProviderMissing = 14,

    /// <summary>The input is sound, but of a kind that is refused on purpose (HDR, for instance).</summary>
    Unsupported = 15,

    /// <summary>A download failed: no network, the publisher's server refuses or has the file no more, the connection was cut.</summary>
    DownloadFailed = 16,

    /// <summary>A model file is not the one that its hash promises.</summary>
    ModelMismatch = 17,

    /// <summary>The measured gaze does not keep a limit that was set.</summary>
    GateFailed = 18,

    /// <summary>The live page's port or address cannot be had: another program has it, or it is not this machine's.</summary>
    PortUnavailable = 19,

    /// <summary>A frame's gaze is further off than the limit that was set for every frame: the run ended there and left nothing.</summary>
    GazeAboveLimit = 20,

    /// <summary>Ended by the user (Ctrl+C): 128 + SIGINT.</summary>
    Cancelled = 130,
}
