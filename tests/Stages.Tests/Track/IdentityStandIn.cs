using VideoGaze.Faces.Identity;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Track;

/// <summary>A network under MobileFaceNet's contract to whom people are their mean colour: blue, green and red in [-1, 1], then zeros.</summary>
internal static class IdentityStandIn
{
    private const int Length = 128;

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="samePerson">What its metadata says of one person; null for none.</param>
    public static string Write(string path, string? samePerson = null)
    {
        float[] weights = new float[Length * 3];
        for (int channel = 0; channel < 3; channel++)
        {
            weights[(3 * channel) + channel] = 1;
        }

        TinyOnnx onnx = new TinyOnnx()
            .Input("input", 1, 3, 112, 112)
            .Output("output", 1, Length)
            .Weights("weights", weights, Length, 3, 1, 1)
            .Node("GlobalAveragePool", ["input"], ["mean"])
            .Node("Conv", ["mean", "weights"], ["wide"])
            .Node("Flatten", ["wide"], ["output"]);
        (samePerson is null ? onnx : onnx.Metadata(SamePerson.MetadataKey, samePerson)).Save(path);
        return path;
    }
}
