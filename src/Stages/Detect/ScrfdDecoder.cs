using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Detect;

/// <summary>
/// Reads SCRFD's output maps: two anchors a cell at the cell's corner, boxes as distances to left, top, right and bottom in strides,
/// points as offsets in strides.
/// </summary>
internal static class ScrfdDecoder
{
    /// <summary>Anchors a cell.</summary>
    public const int Anchors = 2;

    /// <summary>Adds the faces of one output level.</summary>
    /// <param name="scores">Cells x 2 values in [0, 1].</param>
    /// <param name="boxes">Cells x 2 x 4.</param>
    /// <param name="points">Cells x 2 x 10: left eye, right eye, nose, left and right mouth corner as seen in the image.</param>
    /// <param name="columns">Cells a row: input width / stride.</param>
    /// <param name="stride">Input pixels a cell.</param>
    /// <param name="minimumScore">Weaker answers are left out.</param>
    /// <param name="faces">Receives the faces, input pixels.</param>
    public static void Decode(
        ReadOnlySpan<float> scores,
        ReadOnlySpan<float> boxes,
        ReadOnlySpan<float> points,
        int columns,
        int stride,
        float minimumScore,
        List<DetectedFace> faces)
    {
        for (int anchor = 0; anchor < scores.Length; anchor++)
        {
            if (!(scores[anchor] >= minimumScore))
            {
                continue;
            }

            int cell = anchor / Anchors;
            var corner = new Vector2(cell % columns, cell / columns) * stride;
            ReadOnlySpan<float> box = boxes.Slice(anchor * 4, 4);
            var five = new Vector2[5];
            for (int i = 0; i < five.Length; i++)
            {
                five[i] = corner + (new Vector2(points[(anchor * 10) + (2 * i)], points[(anchor * 10) + (2 * i) + 1]) * stride);
            }

            float left = corner.X - (box[0] * stride);
            float top = corner.Y - (box[1] * stride);
            faces.Add(new(new FaceBox(left, top, (box[0] + box[2]) * stride, (box[1] + box[3]) * stride), five, scores[anchor]));
        }
    }
}
