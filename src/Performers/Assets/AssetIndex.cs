using System.Text.Json.Serialization;

namespace VideoGaze.Performers.Assets;

/// <summary>What <c>assets.json</c> of the asset pack says; the names are the file's.</summary>
internal sealed record AssetIndex
{
    [JsonPropertyName("arrays")]
    public required IReadOnlyList<ArrayEntry> Arrays { get; init; }

    [JsonPropertyName("landmarks68")]
    public required int[] Landmarks68 { get; init; }

    [JsonPropertyName("mouth_inner_loop")]
    public required int[] MouthInnerLoop { get; init; }

    [JsonPropertyName("brow_landmark_uv")]
    public required Dictionary<string, float[][]> BrowLandmarks { get; init; }

    [JsonPropertyName("eyes")]
    public required EyesEntry Eyes { get; init; }

    [JsonPropertyName("expressions")]
    public required IReadOnlyList<ExpressionEntry> Expressions { get; init; }

    [JsonPropertyName("skins")]
    public required IReadOnlyList<SkinEntry> Skins { get; init; }

    [JsonPropertyName("hair")]
    public required IReadOnlyList<HairEntry> Hair { get; init; }

    /// <summary>A raw array: little endian, rows first, no header.</summary>
    internal sealed record ArrayEntry(
        [property: JsonPropertyName("file")] string File,
        [property: JsonPropertyName("dtype")] string ElementType,
        [property: JsonPropertyName("shape")] int[] Shape,
        [property: JsonPropertyName("bytes")] long Bytes);

    internal sealed record EyesEntry
    {
        [JsonPropertyName("L")]
        public required EyeEntry Left { get; init; }

        [JsonPropertyName("R")]
        public required EyeEntry Right { get; init; }
    }

    /// <summary>One eyeball: vertex ranges [first, behind the last], its centre in cm, and the rotation that brings the mesh's resting cornea to +z.</summary>
    internal sealed record EyeEntry(
        [property: JsonPropertyName("sclera")] int[] Sclera,
        [property: JsonPropertyName("all")] int[] All,
        [property: JsonPropertyName("centre")] float[] Centre,
        [property: JsonPropertyName("to_z")] float[][] ToZ);

    internal sealed record ExpressionEntry(
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("first")] int First,
        [property: JsonPropertyName("count")] int Count);

    internal sealed record SkinEntry(
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("face")] string Face,
        [property: JsonPropertyName("back")] string Back,
        [property: JsonPropertyName("source_pixels")] string SourcePixels);

    internal sealed record HairEntry(
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("map")] string Map);
}
