namespace VideoGaze.Performers.Rendering;

/// <summary>What a picture costs. The defaults are for clips; times are in docs/performers.md.</summary>
public sealed record RenderQuality
{
    /// <summary>Directions that sky and ground are sampled from, 16 to 128.</summary>
    public int SkyDirections { get; init; } = 32;

    /// <summary>Directions each strong lamp is sampled from, 1 to 16.</summary>
    public int LampDirections { get; init; } = 6;

    /// <summary>Side of a shadow map, pixels, 96 to 512; a shadow map covers about 60 cm.</summary>
    public int ShadowMapSide { get; init; } = 192;

    /// <summary>Side of the skin textures, pixels, 512 or 1024.</summary>
    public int TextureSide { get; init; } = 1024;

    /// <summary>Threads a picture is rendered with; the picture does not depend on it.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>For many small pictures, up to about 300 px.</summary>
    public static RenderQuality Draft { get; } = new() { SkyDirections = 24, LampDirections = 4, ShadowMapSide = 128, TextureSide = 512 };
}
