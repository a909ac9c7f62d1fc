using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Track;

/// <summary>
/// Gives faces names that last. Pure arithmetic on boxes and times: a track is moved on at its own smoothed speed, the nearest detection continues it,
/// and a track that is missed is predicted for a while, so that one missed frame does not show the old face. Frames must come in order.
/// </summary>
/// <remarks>
/// Pairs are taken greedily, best first: with the few faces of a picture an optimal assignment differs only where two faces overlap almost wholly,
/// and there appearance, not geometry, would have to decide.
/// </remarks>
internal sealed class FaceTracker
{
    // Below this overlap with the predicted place a detection continues a track only by nearness.
    private const float LeastOverlap = 0.2f;

    // A face that jumps (a low frame rate, a fast turn) still counts as the same if its centre moved less than this share of its width.
    private const float FarthestJump = 0.6f;

    // Two boxes of one person differ by less than this factor from frame to frame.
    private const float LargestGrowth = 1.7f;

    // Weight of the newest speed: high enough to follow a turn, low enough not to shoot off on one noisy box.
    private const float SpeedGain = 0.4f;

    // How fast a predicted track slows down, seconds: heads do not fly on.
    private const double CoastTime = 0.15;

    private readonly double patienceSeconds;
    private readonly List<Track> tracks = [];
    private int lastId;

    /// <param name="patienceSeconds">How long a missed face is predicted before its track ends. Half a second outlasts a hand passing by or a blurred turn.</param>
    public FaceTracker(double patienceSeconds = 0.5) => this.patienceSeconds = patienceSeconds;

    /// <summary>Takes the next frame's detections.</summary>
    /// <param name="seconds">The frame's presentation time; never less than the last one.</param>
    /// <param name="detections">All faces found.</param>
    /// <returns>Every living track in order of id: detected ones where they were seen, missed ones where they should be.</returns>
    public IReadOnlyList<TrackedFace> Next(double seconds, IReadOnlyList<DetectedFace> detections)
    {
        foreach (Track track in tracks)
        {
            track.Predict(seconds);
        }

        bool[] taken = new bool[detections.Count];
        HashSet<Track> continued = [];
        foreach ((Track track, int index, _) in Candidates(detections).OrderByDescending(pair => pair.Likeness))
        {
            if (!taken[index] && continued.Add(track))
            {
                taken[index] = true;
                track.Continue(seconds, detections[index]);
            }
        }

        tracks.RemoveAll(track => seconds - track.LastSeen > patienceSeconds);
        for (int i = 0; i < detections.Count; i++)
        {
            if (!taken[i])
            {
                tracks.Add(new Track(++lastId, seconds, detections[i]));
            }
        }

        return [.. tracks.Select(track => new TrackedFace(track.Id, track.Face, track.LastSeen == seconds))];
    }

    private IEnumerable<(Track Track, int Index, float Likeness)> Candidates(IReadOnlyList<DetectedFace> detections)
    {
        foreach (Track track in tracks)
        {
            for (int i = 0; i < detections.Count; i++)
            {
                FaceBox place = track.Face.Box, box = detections[i].Box;
                float growth = MathF.Sqrt(box.Area / place.Area);
                if (growth is > LargestGrowth or < 1 / LargestGrowth)
                {
                    continue;
                }

                float overlap = place.IntersectionOverUnion(box);
                float jump = Vector2.Distance(Centre(place), Centre(box)) / place.Width;
                if (overlap >= LeastOverlap || jump <= FarthestJump)
                {
                    yield return (track, i, overlap - jump);
                }
            }
        }
    }

    private static Vector2 Centre(FaceBox box) => new(box.X + (box.Width / 2), box.Y + (box.Height / 2));

    private sealed class Track(int id, double seconds, DetectedFace face)
    {
        private Vector2 speed;
        private DetectedFace seenFace = face;

        public int Id { get; } = id;

        public double LastSeen { get; private set; } = seconds;

        public DetectedFace Face { get; private set; } = face;

        public void Predict(double now)
        {
            // Speed dies away exponentially: the way covered is speed * tau * (1 - exp(-t / tau)).
            double coasted = now - LastSeen;
            float way = (float)(CoastTime * (1 - Math.Exp(-coasted / CoastTime)));
            Vector2 shift = speed * way;
            FaceBox box = seenFace.Box;
            Face = new DetectedFace(
                box with { X = box.X + shift.X, Y = box.Y + shift.Y },
                Array.ConvertAll(seenFace.Points, point => point + shift),
                seenFace.Score);
        }

        public void Continue(double now, DetectedFace seen)
        {
            double elapsed = now - LastSeen;
            if (elapsed > 0)
            {
                Vector2 newest = (Centre(seen.Box) - Centre(seenFace.Box)) / (float)elapsed;
                speed = Vector2.Lerp(speed, newest, SpeedGain);
            }

            seenFace = seen;
            Face = seen;
            LastSeen = now;
        }
    }
}
