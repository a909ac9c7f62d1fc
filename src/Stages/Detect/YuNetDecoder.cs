using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Detect;

/// <summary>
/// Reads YuNet's output maps (facts of the published 2023 model): one anchor a cell, score = class * objectness,
/// centre = (cell + offset) * stride, size = exp(value) * stride, points = (cell + offset) * stride.
/// </summary>
internal static class YuNetDecoder
{
    /// <summary>Adds the faces of one output level.</summary>
    /// <param name="classes">Cells values in [0, 1].</param>
    /// <param name="objects">Cells values in [0, 1].</param>
    /// <param name="boxes">Cells x 4.</param>
    /// <param name="points">Cells x 10: left eye, right eye, nose, left and right mouth corner as seen in the image.</param>
    /// <param name="columns">Cells a row: input width / stride.</param>
    /// <param name="stride">Input pixels a cell.</param>
    /// <param name="minimumScore">Weaker answers are left out.</param>
    /// <param name="faces">Receives the faces, input pixels.</param>
    public static void Decode(
        ReadOnlySpan<float> classes,
        ReadOnlySpan<float> objects,
        ReadOnlySpan<float> boxes,
        ReadOnlySpan<float> points,
        int columns,
        int stride,
        float minimumScore,
        List<DetectedFace> faces)
    {
        for (int cell = 0; cell < classes.Length; cell++)
        {
            float score = Math.Clamp(classes[cell], 0, 1) * Math.Clamp(objects[cell], 0, 1);
            if (!(score >= minimumScore))
            {
                continue;
            }

            var corner = new Vector2(cell % columns, cell / columns);
            ReadOnlySpan<float> box = boxes.Slice(cell * 4, 4);
            Vector2 centre = (corner + new Vector2(box[0], box[1])) * stride;
            float width = MathF.Exp(box[2]) * stride;
            float height = MathF.Exp(box[3]) * stride;
            var five = new Vector2[5];
            for (int i = 0; i < five.Length; i++)
            {
                five[i] = (corner + new Vector2(points[(cell * 10) + (2 * i)], points[(cell * 10) + (2 * i) + 1])) * stride;
            }

            faces.Add(new(new FaceBox(centre.X - (width / 2), centre.Y - (height / 2), width, height), five, score));
        }
    }
}
