using OpenCvSharp;
using VideoGaze.Faces.Identity;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Tests.Detect;
using VideoGaze.Stages.Tests.Pixels;
using VideoGaze.Stages.Track;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Track;

public sealed class FaceSelectorTests
{
    private static readonly PixelPool Empty = new();

    [Fact]
    public void Two_people_of_like_size_do_not_take_turns()
    {
        var selector = new LargestFace();
        var random = new Random(2);
        for (int frame = 0; frame < 60; frame++)
        {
            // Person 1 starts larger; then both sway by 10 %.
            float first = frame == 0 ? 120 : 95 + (10 * random.NextSingle());
            float second = 95 + (10 * random.NextSingle());
            Assert.Equal(1, Assert.Single(selector.Select(Frame(frame / 30.0, (1, first), (2, second)))).TrackId);
        }
    }

    [Fact]
    public void A_clearly_larger_face_takes_over_after_half_a_second_and_not_before()
    {
        var selector = new LargestFace();
        Assert.Equal(1, Assert.Single(selector.Select(Frame(0, (1, 100)))).TrackId);
        Assert.Equal(1, Assert.Single(selector.Select(Frame(0.1, (1, 100), (2, 200)))).TrackId);
        Assert.Equal(1, Assert.Single(selector.Select(Frame(0.5, (1, 100), (2, 200)))).TrackId);
        Assert.Equal(2, Assert.Single(selector.Select(Frame(0.65, (1, 100), (2, 200)))).TrackId);
    }

    [Fact]
    public void When_the_chosen_person_is_gone_the_next_largest_takes_over_at_once()
    {
        var selector = new LargestFace();
        selector.Select(Frame(0, (1, 100), (2, 90), (3, 95)));
        Assert.Equal(3, Assert.Single(selector.Select(Frame(0.1, (2, 90), (3, 95)))).TrackId);
        Assert.Empty(selector.Select(Frame(0.2)));
    }

    [Fact]
    public void Everybody_is_everybody() =>
        Assert.Equal(2, new EveryFace().Select(Frame(0, (1, 100), (2, 90))).Count);

    [Fact]
    public void A_vote_needs_likeness_and_then_stands_against_doubt()
    {
        var yes = new ReferenceVote(SamePerson.Usual);
        yes.Add(SamePerson.Usual + 0.02f);
        Assert.True(yes.IsReference);
        yes.Add(SamePerson.Usual - 0.06f);
        Assert.True(yes.IsReference);
        yes.Add(0);
        Assert.False(yes.IsReference);

        var no = new ReferenceVote(SamePerson.Usual);
        no.Add(SamePerson.Usual - 0.01f);
        Assert.False(no.IsReference);
        no.Add(SamePerson.Usual + 0.02f);
        Assert.False(no.IsReference);
        no.Add(0.9f);
        Assert.True(no.IsReference);

        for (int i = 0; i < ReferenceVote.Enough; i++)
        {
            no.Add(0.9f);
        }

        Assert.False(no.IsOpen);
    }

    [Fact]
    public void The_person_of_the_photo_is_chosen_whichever_of_two_it_is()
    {
        using OnnxSession detector = OnnxSession.Load(SharedAssets.Model("yunet_n_dynamic.onnx"), new(InferenceDevice.Cpu));
        using OnnxSession identity = OnnxSession.Load(SharedAssets.Model("mobilefacenet_128.onnx"), new(InferenceDevice.Cpu));
        var pool = new PixelPool();
        using (var embedder = new FaceEmbedder(identity, pool))
        using (FaceFinder finder = FaceFinder.Over(detector, new DetectOptions()))
        {
            foreach (int sought in new[] { 0, 1 })
            {
                // The reference is the same person in the clip's last seconds.
                float[] reference = [];
                foreach ((Mat picture, _) in TruthClip.Read("two", count: 1, start: 150))
                {
                    reference = embedder.Embed(PictureView.Of(picture), ByPlace(finder.Find(PictureView.Of(picture)))[sought].Points);
                }

                var tracker = new FaceTracker();
                var selector = new ReferenceFace(embedder, reference, Pictures.Hd);
                int frame = 0;
                foreach ((Mat picture, _) in TruthClip.Read("two", count: 4, step: 4))
                {
                    DetectedFace[] faces = ByPlace(finder.Find(PictureView.Of(picture)));
                    var stamp = new FrameStamp(frame, frame * 4, new Rational(1, 30));
                    using var item = new FrameWith<TrackedFace>(new VideoFrame(stamp, Pictures.Frame(pool, picture, Pictures.Hd)), tracker.Next(stamp.Seconds, faces));
                    Assert.Equal(sought + 1, Assert.Single(selector.Select(item)).TrackId);
                    frame++;
                }
            }
        }

        Assert.Equal(0, pool.Leased);
    }

    private static DetectedFace[] ByPlace(IReadOnlyList<DetectedFace> faces) => [.. faces.OrderBy(face => face.Box.X)];

    private static FrameWith<TrackedFace> Frame(double seconds, params (int Id, float Size)[] faces)
    {
        using PixelBuffer pixels = Empty.Rent(new PixelSpec(2, 2, PixelFormat.Gray8));
        var stamp = new FrameStamp(0, (long)Math.Round(seconds * 1000), new Rational(1, 1000));
        return new(new VideoFrame(stamp, pixels), [.. faces.Select(face => new TrackedFace(face.Id, FaceTrackerTests.Face(face.Id * 300, 50, face.Size), true))]);
    }
}
