using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Track;

/// <summary>Decides which tracks are worked on, without changing its mind from frame to frame.</summary>
internal interface IFaceSelector
{
    /// <summary>The chosen ones among the faces of the next frame, in order of track id.</summary>
    /// <param name="frame">The frame, for selectors that look at the picture.</param>
    IReadOnlyList<TrackedFace> Select(FrameWith<TrackedFace> frame);
}

/// <summary>Everybody.</summary>
internal sealed class EveryFace : IFaceSelector
{
    /// <inheritdoc/>
    public IReadOnlyList<TrackedFace> Select(FrameWith<TrackedFace> frame) => frame.Faces;
}

/// <summary>The person with the largest face. A rival must be clearly larger, and for a while, before the choice moves: two people of like size must not take turns.</summary>
internal sealed class LargestFace : IFaceSelector
{
    // A rival's area over the chosen one's.
    private const float ClearlyLarger = 1.5f;

    // How long a rival must stay clearly larger, seconds.
    private const double Patience = 0.5;

    private int? chosen;
    private double? rivalSince;

    /// <inheritdoc/>
    public IReadOnlyList<TrackedFace> Select(FrameWith<TrackedFace> frame)
    {
        double seconds = frame.Frame.Stamp.Seconds;
        TrackedFace? largest = frame.Faces.MaxBy(face => face.Face.Box.Area);
        TrackedFace? current = frame.Faces.FirstOrDefault(face => face.TrackId == chosen);
        if (largest is null)
        {
            chosen = null;
            return [];
        }

        if (current is null)
        {
            current = largest;
            rivalSince = null;
        }
        else if (largest.Face.Box.Area > ClearlyLarger * current.Face.Box.Area)
        {
            rivalSince ??= seconds;
            if (seconds - rivalSince >= Patience)
            {
                current = largest;
                rivalSince = null;
            }
        }
        else
        {
            rivalSince = null;
        }

        chosen = current.TrackId;
        return [current];
    }
}
