using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Likeness;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Tests.Track;

namespace VideoGaze.Stages.Tests.Likeness;

public sealed class LikenessComparisonTests : IDisposable
{
    // Identities as directions: of the photos; of somebody at right angles to them; and of a face between both, nearer to the photos (cosines 0.8 and 0.6).
    private static readonly float[] Photos = [1, 0];
    private static readonly float[] Other = [0, 1];
    private static readonly float[] Between = [0.8f, 0.6f];
    private readonly PixelPool pool = new();
    private readonly List<SightedFrame> frames = [];

    public void Dispose()
    {
        frames.ForEach(frame => frame.Dispose());
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public void A_face_is_compared_with_the_photos_and_with_the_target_of_the_same_place_whatever_the_size()
    {
        // In the output the two stand in another order, at twice the size, and the second was not replaced.
        SightedFrame output = Frame(2, new Seen(7, 300, 0), new Seen(8, 100, 0)), target = Frame(1, new Seen(1, 100, 0), new Seen(2, 300, 0));
        var comparison = new LikenessComparison((_, face) => face.Track.TrackId == 8 ? Between : Other, (_, _) => Other, Photos);

        FrameLikeness likeness = comparison.Compare(output, target);

        Assert.Equal((5, 0.5, null), (likeness.Frame, likeness.Time, likeness.Skipped));
        Assert.Equal([new FaceLikeness(1, null, 0.8, 0.6, 0), new FaceLikeness(2, null, 0, 1, 0)], likeness.Faces);
        Assert.Equal([true, false], likeness.Faces.Select(face => face.Nearer));
    }

    [Fact]
    public void Profiles_and_faces_without_counterpart_are_left_out_with_the_reason_and_not_embedded()
    {
        var comparison = new LikenessComparison((_, _) => throw new InvalidOperationException(), (_, _) => throw new InvalidOperationException(), Photos);
        SightedFrame output = Frame(1, new Seen(1, 100, 60)), empty = Frame(1);

        FrameLikeness likeness = comparison.Compare(output, Frame(1, new Seen(1, 100, 60), new Seen(2, 300, 20)));
        Assert.Null(likeness.Skipped);
        Assert.Equal([LikenessSkip.Profile, LikenessSkip.NoMatch], likeness.Faces.Select(face => face.Skipped));
        Assert.All(likeness.Faces, face => Assert.Null(face.Nearer));

        Assert.Equal(LikenessSkip.NoFace, comparison.Compare(output, empty).Skipped);
        Assert.Equal(LikenessSkip.NoFrame, comparison.Compare(output, null).Skipped);
    }

    /// <summary>A frame of 400x200 pixels times a scale.</summary>
    private SightedFrame Frame(int scale, params Seen[] faces)
    {
        var stamp = new FrameStamp(5, 500, new Rational(1, 1000));
        var frame = new SightedFrame(stamp, stamp.Seconds, 400 * scale, 200 * scale, [.. faces.Select(face => Face(face, scale))]);
        frames.Add(frame);
        return frame;
    }

    private SightedFace Face(Seen face, int scale)
    {
        // From the head's frame (y up, z out of the face) to the camera's (y down, z away), then turned.
        Matrix4x4 turn = Matrix4x4.CreateScale(1, -1, -1) * Matrix4x4.CreateRotationY((float)(face.YawDegrees * Math.PI / 180));
        var points = new Vector3[FaceMesh.PointCount];
        for (int i = 0; i < HeadModel.Indices.Count; i++)
        {
            points[HeadModel.Indices[i]] = Vector3.Transform(HeadModel.Points[i], turn);
        }

        FaceMesh mesh = new FaceMesh(points, 1).Transformed(new(30 * scale, 0, face.X * scale, 100 * scale));
        PixelBuffer crop = pool.Rent(new PixelSpec(2, 2, PixelFormat.Bgr24));
        return new(new TrackedFace(face.Track, FaceTrackerTests.Face(face.X * scale, 100 * scale), true), mesh, SimilarityTransform.Identity, crop);
    }

    /// <summary>Who, at which pixel, turned how far to the side.</summary>
    private readonly record struct Seen(int Track, float X, double YawDegrees);
}
