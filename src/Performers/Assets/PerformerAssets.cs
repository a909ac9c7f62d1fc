using System.Collections.Concurrent;
using System.Numerics;
using VideoGaze.Faces.Failures;
using VideoGaze.Performers.Lighting;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Assets;

/// <summary>
/// The asset pack: a face model with identities and expressions, skins, hair. Opened once and shared by all performers; safe for several threads.
/// Hair and skins are read when first needed and kept.
/// </summary>
public sealed class PerformerAssets
{
    /// <summary>Environment variable that names the pack's folder where no option does.</summary>
    public const string FolderVariable = "VIDEOGAZE_PERFORMERS";

    /// <summary>The sentence that tells where the pack comes from.</summary>
    internal const string WhereFrom =
        "The pack is not part of videogaze; it is baked from ICT-FaceKit (MIT) and MakeHuman (CC0) data as docs/performers.md tells. Name its folder with --assets or the environment variable VIDEOGAZE_PERFORMERS.";

    private readonly AssetReader reader;
    private readonly Lazy<SkinDiffusion> diffusion;
    private readonly ConcurrentDictionary<string, Lazy<HairMesh>> hair = new();

    private PerformerAssets(AssetReader reader)
    {
        this.reader = reader;
        Head = HeadMesh.Read(reader);
        Modes = new(reader, Head.Neutral.Length);
        Expressions = new(reader, Head.Neutral.Length);
        LeftEye = EyeRig.Of(reader.Index.Eyes.Left);
        RightEye = EyeRig.Of(reader.Index.Eyes.Right);
        TorsoVertices = Shoulders.Round(reader.ReadRows<float, Vector3>("ict/torso.vertices.f32"));
        TorsoTriangles = reader.ReadRows<int, Triangle>("ict/torso.tri.i32");
        BrowLandmarks = (BrowOf("R"), BrowOf("L"));
        Skins = new(reader);
        diffusion = new(() => SkinDiffusion.Of(Head));
        HairStyles = [.. reader.Index.Hair.Select(entry => entry.Name)];
        SkinNames = [.. reader.Index.Skins.Select(entry => entry.Name)];
    }

    /// <summary>Whom whoever publishes pictures made with the pack should name.</summary>
    public static IReadOnlyList<string> Credits { get; } = ["ICT-FaceKit, (c) 2020 USC Institute for Creative Technologies, MIT", "MakeHuman assets, CC0 1.0"];

    /// <summary>Where the pack lies.</summary>
    public string Folder => reader.Folder;

    /// <summary>Names of the hair styles in the pack.</summary>
    public IReadOnlyList<string> HairStyles { get; }

    /// <summary>Names of the skins in the pack.</summary>
    public IReadOnlyList<string> SkinNames { get; }

    internal HeadMesh Head { get; }

    internal ShapeModes Modes { get; }

    internal ExpressionShapes Expressions { get; }

    internal EyeRig LeftEye { get; }

    internal EyeRig RightEye { get; }

    /// <summary>Rings of vertices below the bust; in a performer they follow the head's vertices.</summary>
    internal Vector3[] TorsoVertices { get; }

    /// <summary>Triangles of the torso, into head and torso vertices.</summary>
    internal Triangle[] TorsoTriangles { get; }

    /// <summary>Texture coordinates of five points a brow, from the nose outward.</summary>
    internal (Vector2[] Right, Vector2[] Left) BrowLandmarks { get; }

    /// <summary>Decoded skins.</summary>
    internal SkinAtlas Skins { get; }

    /// <summary>How light spreads in the skin.</summary>
    internal SkinDiffusion Diffusion => diffusion.Value;

    /// <summary>Opens the pack.</summary>
    /// <param name="folder">The pack's folder; null takes the environment variable <see cref="FolderVariable"/>.</param>
    /// <exception cref="UserFacingException">No folder is named, or it holds no whole pack.</exception>
    public static PerformerAssets Open(string? folder = null)
    {
        string? named = string.IsNullOrEmpty(folder) ? Environment.GetEnvironmentVariable(FolderVariable) : folder;
        return string.IsNullOrEmpty(named)
            ? throw new UserFacingException(FailureKind.InputMissing, "Rendering performers needs their asset pack, and no folder was named. " + WhereFrom)
            : new(new AssetReader(named));
    }

    private Vector2[] BrowOf(string side) => reader.Index.BrowLandmarks.TryGetValue(side, out float[][]? points) && points.Length == 5
        ? Array.ConvertAll(points, point => new Vector2(point[0], point[1]))
        : throw AssetReader.Damaged("'assets.json' lacks the five points of a brow");

    /// <summary>A hair style.</summary>
    internal HairMesh Hair(string name)
    {
        AssetIndex.HairEntry entry = reader.Index.Hair.FirstOrDefault(entry => entry.Name == name)
            ?? throw new ArgumentException($"The pack has no hair '{name}'; it has {string.Join(", ", HairStyles)}.", nameof(name));
        return hair.GetOrAdd(name, _ => new(() => HairMesh.Read(reader, entry))).Value;
    }
}
