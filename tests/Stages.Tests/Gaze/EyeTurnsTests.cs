using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Tests.Gaze;

public sealed class EyeTurnsTests : IDisposable
{
    private readonly PixelPool pool = new();
    private readonly PixelBuffer crop;
    private readonly Locator locator = new();
    private readonly EyeTurns turns;

    public EyeTurnsTests()
    {
        crop = pool.Rent(GazeCrop.SpecOf(GazeRegion.Eyes));
        turns = new EyeTurns(locator);
    }

    public void Dispose()
    {
        crop.Dispose();
        locator.Dispose();
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public void Both_eyes_are_looked_at_first_then_one_a_frame_in_turn()
    {
        for (int frame = 0; frame < 4; frame++)
        {
            Assert.NotNull(Look(1, frame / 30.0, Source(Vector2.Zero)));
        }

        Assert.Equal("LR R L R", locator.Looks);
    }

    [Fact]
    public void Both_eyes_are_looked_at_after_a_gap_and_where_frames_are_far_apart()
    {
        foreach (double seconds in new[] { 0, 0.04, 0.5, 0.7, 0.9, 0.2 })
        {
            Look(1, seconds, Source(Vector2.Zero));
        }

        Assert.Equal("LR R LR LR LR LR", locator.Looks);
    }

    [Fact]
    public void Each_person_has_turns_of_its_own()
    {
        Look(1, 0, Source(Vector2.Zero));
        Look(2, 0.03, Source(new(20, 0)));
        Look(1, 0.06, Source(Vector2.Zero));
        Assert.Equal("LR LR R", locator.Looks);
    }

    [Fact]
    public void An_eye_out_of_turn_moves_and_turns_with_the_source_but_keeps_its_own_lids_and_iris()
    {
        EyePair first = Look(1, 0, Source(Vector2.Zero))!.Value;

        // The source's head grows, tilts and moves, and its eyes shut and look elsewhere.
        var motion = new SimilarityTransform(1.1 * Math.Cos(0.2), 1.1 * Math.Sin(0.2), 5, -3);
        EyePair moved = Source(Vector2.Zero).Transformed(motion);
        moved = new(moved.Left with { Openness = 0, Iris = moved.Left.Inner }, moved.Right);
        EyePair second = Look(1, 0.03, moved)!.Value;
        EyePoints carried = first.Left.Transformed(motion);
        Assert.Equal("LR R", locator.Looks);
        Assert.Equal(0, Vector2.Distance(carried.Inner, second.Left.Inner), 1e-3);
        Assert.Equal(0, Vector2.Distance(carried.Outer, second.Left.Outer), 1e-3);
        Assert.Equal(0, Vector2.Distance(carried.Iris, second.Left.Iris), 1e-3);
        Assert.Equal(first.Left.Openness, second.Left.Openness);
    }

    [Fact]
    public void An_eye_that_cannot_be_found_is_looked_for_again_with_both()
    {
        Look(1, 0, Source(Vector2.Zero));
        locator.Blind = true;
        Assert.Null(Look(1, 0.03, Source(Vector2.Zero)));
        locator.Blind = false;
        Assert.NotNull(Look(1, 0.06, Source(Vector2.Zero)));
        Assert.Equal("LR R LR", locator.Looks);
    }

    /// <summary>One frame; frames are set apart by a space in what the locator writes down.</summary>
    private EyePair? Look(int track, double seconds, EyePair source)
    {
        locator.Looks += locator.Looks.Length == 0 ? string.Empty : " ";
        return turns.Locate(track, seconds, crop, source);
    }

    private static EyePair Source(Vector2 shift) => new(
        new EyePoints(new Vector2(120, 56) + shift, new Vector2(154, 57) + shift, new Vector2(136, 56) + shift, 0.3f),
        new EyePoints(new Vector2(88, 56) + shift, new Vector2(54, 55) + shift, new Vector2(72, 56) + shift, 0.3f));

    /// <summary>Finds every eye 3 px right of the source's, a little wider, 0.2 open and looking at its outer corner; writes down what it was asked.</summary>
    private sealed class Locator : IEyeLocator
    {
        public string Looks { get; set; } = string.Empty;

        public bool Blind { get; set; }

        public ModelRecord Model => new("output eyes", "none", string.Empty);

        public EyePoints? Locate(PixelBuffer crop, EyePoints prior, double tilt, bool left)
        {
            Looks += left ? 'L' : 'R';
            Vector2 along = prior.Outer - prior.Inner;
            return Blind ? null : new EyePoints(prior.Inner + new Vector2(3, 0), prior.Outer + new Vector2(3, 0) + (0.1f * along), prior.Outer + new Vector2(3, 0), 0.2f);
        }

        public void Dispose()
        {
        }
    }
}
