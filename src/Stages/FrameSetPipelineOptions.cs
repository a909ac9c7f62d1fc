namespace VideoGaze.Stages;

/// <summary>A frame set as it was asked for: everything <c>videogaze train frames</c> can be told.</summary>
public sealed record FrameSetPipelineOptions
{
    /// <summary>Videos, photos, and folders of photos.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Folder that becomes a frame set.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Take every n-th frame of a video.</summary>
    public int Every { get; init; } = 5;

    /// <summary>Longest side of the pictures that the detector sees and that are kept. 640 is what the teacher was trained for.</summary>
    public int Size { get; init; } = 640;

    /// <summary>Weakest score that is written down. Below .6, where a face counts elsewhere, so that doubtful places can be left out of a training.</summary>
    public float MinimumScore { get; init; } = 0.3f;

    /// <summary>The value of <c>--models</c>; null where it was not given.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Replace a frame set that is there.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>What a frame set came to.</summary>
/// <param name="Folder">The frame set.</param>
/// <param name="Frames">Pictures kept.</param>
/// <param name="Faces">Faces on them.</param>
/// <param name="Detector">File name of the detector.</param>
/// <param name="StoppedEarly">Whether the user ended it; the frame set is whole but smaller.</param>
public sealed record FrameSetResult(string Folder, long Frames, long Faces, string Detector, bool StoppedEarly);
