using System.Runtime.InteropServices;
using System.Text.Json;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Performers.Assets;

/// <summary>Reads the pack's raw arrays and checks each against what the index promises. Safe for several threads.</summary>
internal sealed class AssetReader
{
    private const string IndexFile = "assets.json";
    private readonly Dictionary<string, AssetIndex.ArrayEntry> arrays;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="UserFacingException">The folder is absent, is no asset pack, or its index cannot be read.</exception>
    public AssetReader(string folder)
    {
        string path = System.IO.Path.Combine(folder, IndexFile);
        if (!File.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"'{folder}' holds no performers asset pack ({IndexFile} is missing). {PerformerAssets.WhereFrom}");
        }

        Folder = folder;
        try
        {
            Index = JsonSerializer.Deserialize<AssetIndex>(File.ReadAllBytes(path)) ?? throw new JsonException("the file is empty");
        }
        catch (JsonException exception)
        {
            throw new UserFacingException(FailureKind.InputDamaged, $"'{path}' is no index of a performers asset pack: {exception.Message}", exception);
        }

        arrays = Index.Arrays.ToDictionary(entry => entry.File);
    }

    /// <summary>Where the pack lies.</summary>
    public string Folder { get; }

    /// <summary>The pack's index.</summary>
    public AssetIndex Index { get; }

    /// <summary>A file of the pack that is no raw array, for instance a picture.</summary>
    public string PathOf(string file)
    {
        string path = System.IO.Path.Combine(Folder, file);
        return File.Exists(path) ? path : throw Damaged($"'{path}' is missing");
    }

    /// <summary>A whole array, flat.</summary>
    /// <typeparam name="T">The element type; must be the one the index names.</typeparam>
    /// <param name="file">Path below the pack's folder.</param>
    /// <param name="columns">Length of the last axis, 1 for a list.</param>
    public T[] Read<T>(string file, int columns = 1)
        where T : unmanaged
    {
        if (!arrays.TryGetValue(file, out AssetIndex.ArrayEntry? entry))
        {
            throw Damaged($"'{IndexFile}' does not list '{file}'");
        }

        int last = entry.Shape.Length > 1 ? entry.Shape[^1] : 1;
        if (entry.ElementType != NameOf<T>() || last != columns)
        {
            throw Damaged($"'{file}' has rows of {last} {entry.ElementType} where {columns} {NameOf<T>()} were expected");
        }

        byte[] bytes = File.ReadAllBytes(PathOf(file));
        long expected = entry.Shape.Aggregate(1L, (product, side) => product * side) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        return bytes.Length == expected
            ? MemoryMarshal.Cast<byte, T>(bytes).ToArray()
            : throw Damaged($"'{file}' has {bytes.Length} bytes where {expected} were expected");
    }

    /// <summary>An array of rows, each read as one value: <c>float[n, 3]</c> as vectors, <c>int[n, 3]</c> as triangles.</summary>
    public TRow[] ReadRows<T, TRow>(string file)
        where T : unmanaged
        where TRow : unmanaged
    {
        int columns = System.Runtime.CompilerServices.Unsafe.SizeOf<TRow>() / System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        return MemoryMarshal.Cast<T, TRow>(Read<T>(file, columns)).ToArray();
    }

    /// <summary>The failure of a pack that is there but not whole.</summary>
    public static UserFacingException Damaged(string what) =>
        new(FailureKind.InputDamaged, $"The performers asset pack is damaged: {what}. Copy the pack anew.");

    private static string NameOf<T>() => typeof(T) switch
    {
        var type when type == typeof(float) => "float32",
        var type when type == typeof(Half) => "float16",
        var type when type == typeof(int) => "int32",
        var type when type == typeof(ushort) => "uint16",
        var type when type == typeof(byte) => "uint8",
        var type => throw new ArgumentException($"The pack holds no {type}."),
    };
}
