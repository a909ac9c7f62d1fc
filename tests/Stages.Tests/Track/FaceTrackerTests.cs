using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages.Tests.Track;

public sealed class FaceTrackerTests
{
    private const double Step = 1 / 30.0;

    [Fact]
    public void Ids_count_from_one_in_order_of_appearance()
    {
        var tracker = new FaceTracker();
        Assert.Equal([1], Ids(tracker.Next(0, [Face(100, 100)])));
        Assert.Equal([1, 2], Ids(tracker.Next(Step, [Face(400, 100), Face(102, 100)])));
        Assert.Equal([1, 2, 3], Ids(tracker.Next(2 * Step, [Face(800, 100), Face(401, 100), Face(104, 100)])));
    }

    [Fact]
    public void A_missed_face_is_predicted_along_its_way_and_keeps_its_id()
    {
        var tracker = new FaceTracker();
        for (int frame = 0; frame < 20; frame++)
        {
            tracker.Next(frame * Step, [Face(100 + (4 * frame), 100)]);
        }

        for (int frame = 20; frame < 24; frame++)
        {
            TrackedFace predicted = Assert.Single(tracker.Next(frame * Step, []));
            Assert.False(predicted.Detected);
            Assert.Equal(1, predicted.TrackId);
            Assert.InRange(predicted.Face.Box.X, 100 + (4 * 20) - 10, 100 + (4 * frame) + 1);
            Assert.Equal(predicted.Face.Box.X + 50, predicted.Face.Points[2].X, 1e-2f);
        }

        TrackedFace back = Assert.Single(tracker.Next(24 * Step, [Face(100 + (4 * 24), 100)]));
        Assert.True(back.Detected);
        Assert.Equal(1, back.TrackId);
    }

    [Fact]
    public void A_face_gone_for_longer_than_the_gap_comes_back_as_somebody_new()
    {
        var tracker = new FaceTracker(0.5);
        tracker.Next(0, [Face(100, 100)]);
        Assert.Single(tracker.Next(0.45, []));
        Assert.Empty(tracker.Next(0.6, []));
        Assert.Equal([2], Ids(tracker.Next(0.7, [Face(100, 100)])));
    }

    [Fact]
    public void Two_faces_that_pass_each_other_keep_their_ids()
    {
        var tracker = new FaceTracker();
        var random = new Random(4);
        for (int frame = 0; frame < 90; frame++)
        {
            // They cross in front of each other at different heights; near the crossing the farther one is hidden for six frames.
            DetectedFace first = Face(100 + (8 * frame) + Noise(), 100 + Noise());
            DetectedFace second = Face(100 + (8 * 89) - (8 * frame) + Noise(), 150 + Noise(), 110);
            bool hidden = frame is >= 42 and < 48;
            IReadOnlyList<TrackedFace> tracks = tracker.Next(frame * Step, hidden ? [second] : frame % 2 == 0 ? [first, second] : [second, first]);
            Assert.Equal([1, 2], Ids(tracks));
            Assert.True(Vector2.Distance(Corner(tracks[0].Face), Corner(first)) < 45, $"frame {frame}: {tracks[0].Face.Box} for {first.Box}");
            Assert.True(Vector2.Distance(Corner(tracks[1].Face), Corner(second)) < 45, $"frame {frame}: {tracks[1].Face.Box} for {second.Box}");
        }

        float Noise() => (random.NextSingle() - 0.5f) * 4;
    }

    [Fact]
    public void Random_misses_of_up_to_a_third_of_a_second_never_cost_an_id()
    {
        var random = new Random(9);
        var tracker = new FaceTracker();
        int missedInRow = 0;
        for (int frame = 0; frame < 300; frame++)
        {
            bool missed = frame > 0 && missedInRow < 10 && random.NextDouble() < 0.5;
            missedInRow = missed ? missedInRow + 1 : 0;
            DetectedFace face = Face((float)(300 + (150 * Math.Sin(frame * 0.05))), 100);
            Assert.Equal([1], Ids(tracker.Next(frame * Step, missed ? [] : [face])));
        }
    }

    [Fact]
    public void A_face_of_another_size_or_place_is_another_person()
    {
        var tracker = new FaceTracker();
        tracker.Next(0, [Face(100, 100)]);
        Assert.Equal([1, 2], Ids(tracker.Next(Step, [Face(100, 100, 220)])));
        Assert.Equal([1, 2, 3], Ids(tracker.Next(2 * Step, [Face(900, 100)])));
    }

    internal static DetectedFace Face(float x, float y, float size = 100) => new(
        new FaceBox(x, y, size, size),
        [new(x + (0.3f * size), y + (0.4f * size)), new(x + (0.7f * size), y + (0.4f * size)), new(x + (0.5f * size), y + (0.6f * size)), new(x + (0.35f * size), y + (0.8f * size)), new(x + (0.65f * size), y + (0.8f * size))],
        0.9f);

    private static Vector2 Corner(DetectedFace face) => new(face.Box.X, face.Box.Y);

    private static IEnumerable<int> Ids(IReadOnlyList<TrackedFace> tracks) => tracks.Select(track => track.TrackId);
}
