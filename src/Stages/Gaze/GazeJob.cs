using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Gaze;

/// <summary>What the fork gives to the gaze branch: the small crops of a frame, not the frame. Owns the faces.</summary>
/// <param name="Stamp">Which frame.</param>
/// <param name="Faces">Source and output crop of each face; no face is an empty list.</param>
public sealed record GazeJob(FrameStamp Stamp, IReadOnlyList<BlendedFace> Faces) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BlendedFace face in Faces)
        {
            face.Dispose();
        }
    }
}
