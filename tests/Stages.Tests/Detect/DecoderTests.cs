using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Tests.Detect;

public sealed class DecoderTests
{
    [Fact]
    public void YuNet_cells_become_boxes_and_points_in_input_pixels()
    {
        // 4 x 2 cells of stride 16; the face sits in cell 6: column 2, row 1.
        var classes = new float[8];
        var objects = new float[8];
        var boxes = new float[8 * 4];
        var points = new float[8 * 10];
        classes[6] = 0.9f;
        objects[6] = 0.8f;
        classes[1] = 0.99f;
        objects[1] = 0.1f;
        new[] { 0.5f, 0.25f, MathF.Log(2), MathF.Log(3) }.CopyTo(boxes, 6 * 4);
        Enumerable.Range(0, 10).Select(i => i * 0.1f).ToArray().CopyTo(points, 6 * 10);
        var faces = new List<DetectedFace>();
        YuNetDecoder.Decode(classes, objects, boxes, points, columns: 4, stride: 16, minimumScore: 0.6f, faces);
        DetectedFace face = Assert.Single(faces);
        Assert.Equal(0.72f, face.Score, 1e-5f);
        Assert.Equal(40 - 16, face.Box.X, 1e-3f);
        Assert.Equal(20 - 24, face.Box.Y, 1e-3f);
        Assert.Equal(32, face.Box.Width, 1e-3f);
        Assert.Equal(48, face.Box.Height, 1e-3f);
        Assert.Equal(new Vector2(32, 17.6f), face.Points[0], Near);
        Assert.Equal(new Vector2(44.8f, 30.4f), face.Points[4], Near);
    }

    [Fact]
    public void Scrfd_anchors_become_boxes_from_distances()
    {
        // 3 columns of stride 8; anchor 9 is the second anchor of cell 4: column 1, row 1.
        var scores = new float[12];
        var boxes = new float[12 * 4];
        var points = new float[12 * 10];
        scores[9] = 0.7f;
        scores[2] = 0.3f;
        new[] { 1f, 2f, 3f, 4f }.CopyTo(boxes, 9 * 4);
        new[] { -0.5f, -1f, 0.5f, -1f, 0f, 0f, -0.5f, 1f, 0.5f, 1f }.CopyTo(points, 9 * 10);
        var faces = new List<DetectedFace>();
        ScrfdDecoder.Decode(scores, boxes, points, columns: 3, stride: 8, minimumScore: 0.5f, faces);
        DetectedFace face = Assert.Single(faces);
        Assert.Equal(new FaceBox(0, -8, 32, 48), face.Box);
        Assert.Equal(new Vector2(4, 0), face.Points[0], Near);
        Assert.Equal(new Vector2(12, 16), face.Points[4], Near);
    }

    [Fact]
    public void Scores_that_are_not_numbers_are_no_faces()
    {
        var faces = new List<DetectedFace>();
        YuNetDecoder.Decode([float.NaN], [1], new float[4], new float[10], 1, 8, 0.5f, faces);
        ScrfdDecoder.Decode([float.NaN], new float[4], new float[10], 1, 8, 0.5f, faces);
        Assert.Empty(faces);
    }

    [Fact]
    public void Of_overlapping_boxes_the_strongest_stays_and_neighbours_are_kept()
    {
        DetectedFace[] faces =
        [
            new(new FaceBox(1, 1, 10, 10), [], 0.7f),
            new(new FaceBox(0, 0, 10, 10), [], 0.9f),
            new(new FaceBox(9, 0, 10, 10), [], 0.6f),
        ];
        Assert.Equal([0.9f, 0.6f], NonMaximumSuppression.Apply(faces).Select(face => face.Score));
    }

    [Fact]
    public void Of_a_face_and_a_box_within_it_one_stays_with_the_points_of_the_stronger_and_a_box_halfway()
    {
        // What the shipped detector says of frames of real close-ups: a box within the box, its points moved up; another, its points nearly in place;
        // and a face that the picture cuts off above and below, where the part is the stronger.
        (DetectedFace Strong, DetectedFace Weak)[] pairs =
        [
            (Face(0.94f, 105, 69, 269, 408, 174, 233, 282, 233, 223, 296, 182, 350, 275, 348), Face(0.72f, 151, 103, 164, 214, 189, 183, 262, 182, 222, 227, 196, 263, 257, 262)),
            (Face(0.96f, 122, 49, 265, 373, 205, 195, 310, 194, 260, 255, 214, 309, 303, 306), Face(0.68f, 140, 128, 173, 227, 200, 212, 280, 208, 248, 256, 210, 297, 279, 293)),
            (Face(0.72f, 69, 83, 269, 354, 163, 218, 272, 213, 229, 282, 179, 338, 267, 332), Face(0.69f, -4, -46, 448, 574, 163, 184, 301, 178, 240, 272, 184, 340, 296, 334)),
        ];
        Assert.All(pairs, pair =>
        {
            Assert.True(pair.Strong.Box.IntersectionOverUnion(pair.Weak.Box) < NonMaximumSuppression.DefaultOverlap);
            DetectedFace face = Assert.Single(NonMaximumSuppression.Apply([pair.Weak, pair.Strong]));
            Assert.Equal(pair.Strong.Score, face.Score);
            Assert.Same(pair.Strong.Points, face.Points);
            Assert.Equal((pair.Strong.Box.X + pair.Weak.Box.X) / 2, face.Box.X, 1e-3f);
            Assert.Equal((pair.Strong.Box.Y + pair.Weak.Box.Y + pair.Strong.Box.Height + pair.Weak.Box.Height) / 2, face.Box.Y + face.Box.Height, 1e-3f);
        });
    }

    [Fact]
    public void Of_a_face_and_a_box_over_its_forehead_and_hair_the_face_stays_as_it_is()
    {
        // As the shipped detector sees a frame of a real close-up.
        DetectedFace whole = Face(0.87f, 148, 138, 209, 280, 211, 243, 303, 240, 261, 296, 221, 343, 299, 339);
        DetectedFace forehead = Face(0.61f, 209, 64, 170, 215, 258, 137, 335, 135, 299, 183, 268, 223, 332, 221);
        Assert.True(whole.Box.IntersectionOverUnion(forehead.Box) < NonMaximumSuppression.DefaultOverlap);
        Assert.Same(whole, Assert.Single(NonMaximumSuppression.Apply([forehead, whole])));
    }

    [Theory]
    [InlineData(0.9f, 0.8f, 60, 180, 80)] // On the chin of the other, a child on the arm.
    [InlineData(0.9f, 0.8f, 20, 140, 90)] // On a cheek and a corner of the mouth, a photo held up.
    [InlineData(0.9f, 0.8f, 30, 60, 60)] // On an eye, but small.
    [InlineData(0.8f, 0.9f, 20, 60, 120)] // On an eye and large, but as the stronger: whoever stands in front is whole.
    public void A_face_within_the_box_of_another_is_kept_where_its_points_lie_elsewhere(float largeScore, float smallScore, int x, int y, int width)
    {
        DetectedFace large = Upright(largeScore, 0, 0, 200), small = Upright(smallScore, x, y, width);
        Assert.True(small.Box.X >= large.Box.X && small.Box.X + small.Box.Width <= large.Box.X + large.Box.Width);
        Assert.Equal(2, NonMaximumSuppression.Apply([large, small]).Count);
    }

    [Theory]
    [InlineData(1920, 1080, 480, 480, 270)]
    [InlineData(1080, 1920, 480, 270, 480)]
    [InlineData(320, 200, 480, 320, 200)]
    [InlineData(4000, 2, 480, 480, 1)]
    public void Pictures_are_shrunk_to_the_longest_side_and_never_enlarged(int width, int height, int longest, int expectedWidth, int expectedHeight) =>
        Assert.Equal(new OpenCvSharp.Size(expectedWidth, expectedHeight), FaceFinder.ContentSize(width, height, longest));

    private static DetectedFace Face(float score, float x, float y, float width, float height, params float[] points) =>
        new(new FaceBox(x, y, width, height), [.. points.Chunk(2).Select(point => new Vector2(point[0], point[1]))], score);

    // Five points where a face that looks into the camera has them, a third higher than wide.
    private static DetectedFace Upright(float score, float x, float y, float width)
    {
        float[] places = [0.28f, 0.55f, 0.72f, 0.55f, 0.5f, 0.8f, 0.32f, 1.02f, 0.68f, 1.02f];
        return Face(score, x, y, width, 1.33f * width, [.. places.Select((place, i) => (place * width) + (i % 2 == 0 ? x : y))]);
    }

    private static bool Near(Vector2 a, Vector2 b) => Vector2.Distance(a, b) < 1e-3f;
}
