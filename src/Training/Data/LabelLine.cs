using System.Text.Json;

namespace VideoGaze.Training.Data;

/// <summary>A line of a label file that <c>perform --dataset</c> wrote.</summary>
internal static class LabelLine
{
    /// <summary>Its labelled pictures: one, or of a swap triplet target, swap and the photos.</summary>
    public static IReadOnlyList<JsonElement> Pictures(JsonElement line) => line.TryGetProperty("target", out JsonElement target)
        ? [target, line.GetProperty("swap"), .. line.GetProperty("sources").EnumerateArray()]
        : [line];
}
