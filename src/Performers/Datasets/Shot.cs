using System.Numerics;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Props;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Datasets;

/// <summary>A single picture before it is taken. Nothing in it belongs to an identity but the gaze, which was found for one; a swap keeps its angles.</summary>
internal sealed record Shot
{
    /// <summary>Pose with gaze.</summary>
    public required PerformerPose Pose { get; init; }

    /// <summary>The point looked at, if the eyes reach one.</summary>
    public Vector3? Target { get; init; }

    /// <summary>Camera.</summary>
    public required PinholeCamera Camera { get; init; }

    /// <summary>Place, light, camera's faults.</summary>
    public required Scene Scene { get; init; }

    /// <summary>Factor on the metered exposure; below 0.5 the picture is dark.</summary>
    public float ExposureFactor { get; init; } = 1;

    /// <summary>What is held before the face.</summary>
    public IReadOnlyList<Occluder> Occluders { get; init; } = [];

    /// <summary>Of the noise.</summary>
    public int NoiseSeed { get; init; }
}
