using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Gaze;

/// <summary>
/// A network with the signature of L2CS that really follows dark irises: the brightness-weighted place of the eye region, linear in the picture,
/// turned into 90 logits whose softmax is a bell around it (-(i - c)^2 / 2 is linear in c but for a constant).
/// </summary>
internal static class L2csStandIn
{
    private const int Pooled = 56;
    private const int Bins = 90;

    public static string Write(string folder, bool swapped, string firstName, string secondName, float yawSign = 1)
    {
        float[] sideways = new float[3 * Pooled * Pooled];
        float[] upward = new float[sideways.Length];
        for (int i = 0; i < sideways.Length; i++)
        {
            int x = i % Pooled;
            int y = i / Pooled % Pooled;

            // Rows around the eyes of the mirror test's face. Bright on the right means a dark iris on the left: the network's positive yaw.
            if (y is >= 19 and < 25)
            {
                sideways[i] = 0.006f * yawSign * (x - ((Pooled - 1) / 2f));
                upward[i] = 0.03f * (y - 21.5f);
            }
        }

        float[] slopes = new float[Bins];
        float[] offsets = new float[Bins];
        for (int i = 0; i < Bins; i++)
        {
            float bin = i - 45;
            slopes[i] = bin / 4;
            offsets[i] = -bin * bin / 8;
        }

        string path = Path.Combine(folder, $"l2cs-{Guid.NewGuid():N}.onnx");
        new TinyOnnx()
            .Input("input", 1, 3, 448, 448)
            .Output(firstName, 1, Bins)
            .Output(secondName, 1, Bins)
            .Weights("sideways", sideways, sideways.Length, 1)
            .Weights("upward", upward, upward.Length, 1)
            .Weights("slopes", slopes, 1, Bins)
            .Weights("offsets", offsets, 1, Bins)
            .Node("AveragePool", ["input"], ["pooled"], ("kernel_shape", new[] { 8, 8 }), ("strides", new[] { 8, 8 }))
            .Node("Flatten", ["pooled"], ["flat"], ("axis", 1))
            .Node("MatMul", ["flat", "sideways"], ["h"])
            .Node("MatMul", ["flat", "upward"], ["v"])
            .Node("Gemm", [swapped ? "v" : "h", "slopes", "offsets"], [firstName])
            .Node("Gemm", [swapped ? "h" : "v", "slopes", "offsets"], [secondName])
            .Save(path);
        return path;
    }
}
