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

    [Theory]
    [InlineData(1920, 1080, 480, 480, 270)]
    [InlineData(1080, 1920, 480, 270, 480)]
    [InlineData(320, 200, 480, 320, 200)]
    [InlineData(4000, 2, 480, 480, 1)]
    public void Pictures_are_shrunk_to_the_longest_side_and_never_enlarged(int width, int height, int longest, int expectedWidth, int expectedHeight) =>
        Assert.Equal(new OpenCvSharp.Size(expectedWidth, expectedHeight), FaceFinder.ContentSize(width, height, longest));

    private static bool Near(Vector2 a, Vector2 b) => Vector2.Distance(a, b) < 1e-3f;
}
