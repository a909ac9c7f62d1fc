using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Items;

/// <summary>A frame and what is known of the faces in it; the type of the face says how far the frame has come. Owns the frame and, where faces hold pixels, the faces.</summary>
/// <typeparam name="TFace">From <see cref="DetectedFace"/> to <see cref="BlendedFace"/>.</typeparam>
/// <param name="Frame">The picture and its time.</param>
/// <param name="Faces">No face is an empty list, never null.</param>
public sealed record FrameWith<TFace>(VideoFrame Frame, IReadOnlyList<TFace> Faces) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TFace face in Faces)
        {
            (face as IDisposable)?.Dispose();
        }

        Frame.Dispose();
    }
}
