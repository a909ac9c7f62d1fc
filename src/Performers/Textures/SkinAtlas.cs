using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;

namespace VideoGaze.Performers.Textures;

/// <summary>The pack's skins and where their texels lie on the head, decoded and repaired once a size. Safe for several threads.</summary>
/// <param name="reader">The pack.</param>
internal sealed class SkinAtlas(AssetReader reader)
{
    private const int MapSide = 512;
    private readonly ConcurrentDictionary<(int Size, bool IsFace), Lazy<Vector3[]>> positions = new();
    private readonly ConcurrentDictionary<(string Skin, int Size, bool IsFace), Lazy<Vec3b[]>> skins = new();

    /// <summary>An unpainted canvas of a mix of skins.</summary>
    public SkinCanvas Mix(SkinLook look, int size, bool isFace)
    {
        var canvas = new SkinCanvas(size, Positions(size, isFace), isFace);
        float total = look.Mix.Sum(share => share.Weight);
        foreach (SkinShare share in look.Mix)
        {
            Vec3b[] skin = Skin(share.Skin, size, isFace);
            float weight = share.Weight / total / 255;
            for (int i = 0; i < skin.Length; i++)
            {
                canvas.Colors[i] += weight * new Vector3(skin[i].Item2, skin[i].Item1, skin[i].Item0);
            }
        }

        for (int i = 0; i < canvas.Colors.Length; i++)
        {
            canvas.Colors[i] *= look.Tint;
        }

        return canvas;
    }

    /// <summary>Where each texel lies on the neutral head, cm.</summary>
    public Vector3[] Positions(int size, bool isFace) => positions.GetOrAdd((size, isFace), key => new(() => ReadPositions(key.Size, key.IsFace))).Value;

    // Blue first; kept as bytes, because all skins together are some tens of megabytes even so.
    private Vec3b[] Skin(string name, int size, bool isFace) => skins.GetOrAdd((name, size, isFace), key => new(() => ReadSkin(key.Skin, key.Size, key.IsFace))).Value;

    private Vector3[] ReadPositions(int size, bool isFace)
    {
        float[] flat = Array.ConvertAll(reader.Read<Half>(isFace ? "maps/pos_face.f16" : "maps/pos_back.f16", 3), value => (float)value);
        using Mat map = Mat.FromPixelData(MapSide, MapSide, MatType.CV_32FC3, flat);
        using var sized = new Mat();
        Cv2.Resize(map, sized, new Size(size, size), 0, 0, InterpolationFlags.Linear);
        sized.GetArray(out Vec3f[] values);
        return MemoryMarshal.Cast<Vec3f, Vector3>(values).ToArray();
    }

    private Vec3b[] ReadSkin(string name, int size, bool isFace)
    {
        AssetIndex.SkinEntry entry = reader.Index.Skins.FirstOrDefault(entry => entry.Name == name)
            ?? throw new ArgumentException($"The pack has no skin '{name}'.", nameof(name));
        using Mat picture = Cv2.ImRead(reader.PathOf(isFace ? entry.Face : entry.Back), ImreadModes.Color);
        if (picture.Empty())
        {
            throw AssetReader.Damaged($"'{entry.Face}' is no picture");
        }

        if (picture.Width != size)
        {
            Cv2.Resize(picture, picture, new Size(size, size), 0, 0, InterpolationFlags.Area);
        }

        if (isFace)
        {
            SkinRepair.Apply(picture, Positions(size, isFace));
        }

        picture.GetArray(out Vec3b[] pixels);
        return pixels;
    }
}
