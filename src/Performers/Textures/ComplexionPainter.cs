using System.Numerics;
using OpenCvSharp;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Textures;

/// <summary>Redness of cheeks and nose, freckles, moles, age spots.</summary>
internal static class ComplexionPainter
{
    private static readonly (Vector3 Centre, Vector3 Size)[] Red =
    [
        (new(3.6f, 0.2f, 9.5f), new(1.8f, 1.6f, 3)),
        (new(-3.6f, 0.2f, 9.5f), new(1.8f, 1.6f, 3)),
        (new(0, 0.2f, 12.5f), new(1.1f, 0.9f, 1.5f)),
    ];

    // What redness and pigment swallow of red, green and blue.
    private static readonly Vector3 RedSwallows = new(0.1f, 0.85f, 1);
    private static readonly Vector3 PigmentSwallows = new(0.28f, 0.44f, 0.6f);

    public static void Paint(SkinCanvas canvas, SkinLook look, Random random)
    {
        for (int i = 0; i < canvas.Colors.Length; i++)
        {
            float red = 0;
            foreach ((Vector3 centre, Vector3 size) in Red)
            {
                red += MathF.Exp(-((canvas.Positions[i] - centre) / size).LengthSquared());
            }

            canvas.Colors[i] *= Vector3.One - (red * look.Blush * RedSwallows);
        }

        if (look.Freckles > 0)
        {
            Spots(canvas, random, (int)(500 * look.Freckles), 1.2f, 90, (0.5f, 0.11f, 0.62f, 0.05f));
        }

        if (look.Moles > 0)
        {
            Spots(canvas, random, look.Moles, 2.2f, 230, (0.5f, 0.14f, 0.55f, 0.12f));
        }

        // Age spots come with the wrinkles.
        if (look.Age > 0.25f)
        {
            Spots(canvas, random, (int)(60 * look.Age), 3.5f, 55, (0.5f, 0.16f, 0.72f, 0.12f));
        }
    }

    private static void Spots(SkinCanvas canvas, Random random, int count, float radius, int darkness, (float U, float UDeviation, float V, float VDeviation) where)
    {
        int size = canvas.Size;
        float scale = size / 1024f;
        using Mat mask = Mat.Zeros(size, size, MatType.CV_8UC1);
        for (int i = 0; i < count; i++)
        {
            float u = where.U + (where.UDeviation * random.NextGaussian()), v = where.V + (where.VDeviation * random.NextGaussian());
            float own = radius * random.NextSingle(0.6f, 1.5f) * scale;
            var centre = new Point((int)(u * size * 16), (int)((1 - v) * size * 16));
            Cv2.Circle(mask, centre, Math.Max(8, (int)(own * 16)), Scalar.All(darkness * random.NextSingle(0.5f, 1.2f)), -1, LineTypes.AntiAlias, 4);
        }

        Cv2.GaussianBlur(mask, mask, new Size(0, 0), 0.8 * scale * Math.Max(1, radius / 2));
        mask.GetArray(out byte[] values);
        for (int i = 0; i < values.Length; i++)
        {
            canvas.Colors[i] *= Vector3.One - (values[i] / 255f * PigmentSwallows);
        }
    }
}
