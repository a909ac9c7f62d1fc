using System.Numerics.Tensors;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Track;

/// <summary>
/// The person of a photo. Each track is looked at in a few of its first frames, spread so that they differ; a track that ended and came back under a new id is looked at anew.
/// </summary>
/// <param name="embedder">The identity network; stays the caller's.</param>
/// <param name="reference">The person's embedding.</param>
/// <param name="color">How frames are to be read.</param>
internal sealed class ReferenceFace(FaceEmbedder embedder, float[] reference, ColorSpec color) : IFaceSelector
{
    // Seconds between looks at a track: neighbouring frames say the same thing twice.
    private const double LookEverySeconds = 0.1;

    private readonly Dictionary<int, Look> looks = [];

    /// <inheritdoc/>
    public IReadOnlyList<TrackedFace> Select(FrameWith<TrackedFace> frame)
    {
        double seconds = frame.Frame.Stamp.Seconds;
        foreach (int gone in looks.Keys.Where(id => frame.Faces.All(face => face.TrackId != id)).ToArray())
        {
            looks.Remove(gone);
        }

        foreach (TrackedFace face in frame.Faces.Where(face => face.Detected))
        {
            if (!looks.TryGetValue(face.TrackId, out Look? look))
            {
                looks[face.TrackId] = look = new Look(embedder.SamePerson);
            }

            if (look.Vote.IsOpen && seconds - look.LastSeconds >= LookEverySeconds)
            {
                look.LastSeconds = seconds;
                look.Vote.Add(TensorPrimitives.Dot(embedder.Embed(PictureView.Of(frame.Frame.Pixels, color), face.Face.Points), reference));
            }
        }

        // A person is in a picture once: of two who both look like the photo, the likelier.
        TrackedFace? likeliest = frame.Faces
            .Where(face => looks.TryGetValue(face.TrackId, out Look? look) && look.Vote.IsReference)
            .MaxBy(face => looks[face.TrackId].Vote.Similarity);
        return likeliest is null ? [] : [likeliest];
    }

    private sealed class Look(float samePerson)
    {
        public ReferenceVote Vote { get; } = new(samePerson);

        public double LastSeconds { get; set; } = double.NegativeInfinity;
    }
}
