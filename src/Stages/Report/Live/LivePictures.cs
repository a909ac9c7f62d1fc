using System.Text.Json;

namespace VideoGaze.Stages.Report.Live;

/// <summary>The pictures of a run so far: some every second of video and each new worst frame, as many as fit; as the run grows longer they get sparser.</summary>
/// <param name="budget">Characters that all may take.</param>
internal sealed class LivePictures(int budget = LivePictures.DefaultBudget)
{
    // Some two hundred pictures: a viewer that comes late loads them in a moment.
    private const int DefaultBudget = 4_000_000;

    private readonly Lock gate = new();
    private readonly Dictionary<int, (double Last, double Worst, double First)> seen = [];
    private readonly List<Kept> kept = [];
    private double secondsBetween = 0.5;
    private long size;
    private int next;

    /// <summary>Whether a picture of this face is worth making. Asking settles it: the face counts as shown.</summary>
    /// <param name="seconds">Time of the frame.</param>
    /// <param name="face">What was measured.</param>
    /// <param name="isWorst">Whether it is the person's worst so far.</param>
    public bool Wants(double seconds, FaceGazeRecord face, out bool isWorst)
    {
        lock (gate)
        {
            (double last, double worst, double first) = seen.TryGetValue(face.Track, out (double, double, double) person) ? person : (double.NegativeInfinity, 0, seconds);
            double error = face.Error ?? 0;

            // In a person's first second every other frame is the worst so far.
            isWorst = error > worst && seconds - first > 1;
            bool isWanted = isWorst || seconds - last >= secondsBetween - 1e-3;
            seen[face.Track] = (isWanted ? seconds : last, Math.Max(error, worst), first);
            return isWanted;
        }
    }

    /// <summary>Keeps a picture.</summary>
    public void Add(LivePicture picture, bool isWorst)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(picture, LiveJson.Default.LivePicture);
        lock (gate)
        {
            kept.Add(new(next++, picture.Shot.Place, isWorst, json));
            size += json.Length;
            while (size > budget && kept.Count > 1)
            {
                Thin();
            }
        }
    }

    /// <summary>Kept pictures of places up to one, from a number on, at most so many.</summary>
    public IReadOnlyList<(int Number, byte[] Json)> From(int number, int lastPlace, int most)
    {
        lock (gate)
        {
            return [.. kept.SkipWhile(picture => picture.Number < number).TakeWhile(picture => picture.Place <= lastPlace).Take(most).Select(picture => (picture.Number, picture.Json))];
        }
    }

    private void Thin()
    {
        secondsBetween *= 2;
        int ordinary = 0;
        int before = kept.Count;
        kept.RemoveAll(picture => !picture.IsWorst && ordinary++ % 2 == 1);
        if (kept.Count == before)
        {
            // Worst frames only: the later of them are the worse.
            kept.RemoveRange(0, (kept.Count + 1) / 2);
        }

        size = kept.Sum(picture => (long)picture.Json.Length);
    }

    private sealed record Kept(int Number, int Place, bool IsWorst, byte[] Json);
}
