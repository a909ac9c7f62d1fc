using System.Collections.Concurrent;
using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// What a person's face looks like, from a few photos: its skin unrolled onto <see cref="FaceLayout"/>, and its shape. <see cref="Draw"/> lays both onto any mesh, so that a generator
/// gets the person's pores, brows and lips pixel by pixel where they belong, instead of having to remember faces. Immutable.
/// </summary>
public sealed class FaceTexture
{
    /// <summary>
    /// Planes that <see cref="Draw"/> fills: blue, green, red in [0, 1]; how well the photos show the place in [0, 1]; where the person's shape has it, to the right and down; and where the skin
    /// belongs in [0, 1]: not on eyes and the open mouth, whose movement is the target's, and fading toward the face's rim.
    /// </summary>
    public const int Planes = 7, TrustPlane = 3, ShapePlane = 4, SkinPlane = 6;

    /// <summary>The planes of shape are in this share of the crop's side: a few per cent are usual between two people, so values are about 1.</summary>
    public const float ShapeUnit = 0.1f;

    // A photo counts where it sees the skin from the front, with the cube of the cosine. The best photo has the say; each further one counts as PhotoWorth.Share has it, where it agrees: blended, photos have less grain,
    // and less of each one's light. The other half of the face, mirrored, steps in as far as this one is seen aslant or not at all: by half the square of what its trust lacks.
    private const float LeastFacing = 0.15f, LeastMirrored = 0.001f, Mirrored = 0.5f;

    // What is filled in counts this much beside what is known.
    private const float LeastKnown = 0.01f;

    // What a hole in the skin is filled with must not be the white of an eye.
    private const float LeastFilling = 0.02f;

    // The far half of a mouth, seen from the side by a third, still belongs to the near one; what is trusted less is hidden, or is something else.
    private const float SlantedFeature = 0.3f;

    // Photos may be lit very differently; a factor beyond these is a fault of the mask, not of the light.
    private const float LeastGain = 0.4f, MostGain = 2.5f;

    // The same for everybody: training makes textures by the thousand.
    private static readonly ConcurrentDictionary<int, float[]> SkinMaps = new();

    // What is half covered is not taken, nor what lies this share of the picture's width beside something: a frame of spectacles is a pixel or two wide, and a shadow with it.
    private const float LeastBare = 0.35f, WhollyBare = 0.65f, Beside = 1 / 80f;

    // Blue, green, red, and trust; what no photo shows has the colours of what lies around it.
    private readonly Vector4[] _texels;
    private readonly float[] _skin;
    private readonly Vector3[] _shape, _rest;
    private readonly int _side;

    private FaceTexture(int side, Vector4[] texels, float[] skin, Vector3[] shape, Vector3[] rest)
    {
        (_side, _texels, _skin, _shape, _rest) = (side, texels, skin, shape, rest);
    }

    /// <summary>Makes the texture.</summary>
    /// <param name="photos">One or more of the same person.</param>
    /// <param name="side">Of the texture, pixels; the size of the crops it will be drawn into keeps their detail.</param>
    public static FaceTexture From(IReadOnlyList<TexturePhoto> photos, int side)
    {
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentOutOfRangeException.ThrowIfZero(photos.Count);
        MeshRaster raster = new(side);
        Vector4[][] unrolled = [.. photos.Select(photo => Unrolled(photo, raster))];
        EvenOut(unrolled);
        PhotoAgreement.Weigh(unrolled, side);
        float[] worths = PhotoWorth.Of(photos, unrolled, side);
        int[] order = [.. Enumerable.Range(0, photos.Count).OrderByDescending(photo => worths[photo])];
        Vector4[] features = FeatureChoice.Weights(photos, unrolled, worths, side);
        Vector4[][] ordered = [.. order.Select(photo => unrolled[photo])];
        float[] shares = [.. order.Select((photo, place) => PhotoWorth.Share(place, worths[photo], worths[order[0]]))];
        foreach (Vector4[] texels in ordered)
        {
            SoftEdges.Fade(texels, side);
        }

        LocalLight.ToFirst(ordered, side);
        PhotoAgreement.WithFirst(ordered);
        Vector4[][] mirrored = [.. ordered.Select(texels => MirrorImage(texels, side))];
        LocalLight.ToFirst([ordered[0], .. mirrored], side);
        float[] skin = SkinMaps.GetOrAdd(side, Skin);
        return new(side, Combined(ordered, mirrored, shares, [.. order.Select(photo => features[photo])], skin, side), skin, ShapeFit.MeanOf(Meshes()), ShapeFit.MeanOf(Meshes(), PhotoWorth.AtRest));

        IEnumerable<FaceMesh> Meshes() => photos.Select(photo => photo.Mesh);
    }

    /// <summary>Where this person's features belong on another person's face.</summary>
    /// <param name="target">That person in pictures of the video, in any pose; none move nothing.</param>
    public FeaturePlacement PlacementOn(IReadOnlyList<FaceMesh> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Count == 0 ? FeaturePlacement.None : FeaturePlacement.Between(_rest, ShapeFit.MeanOf(target));
    }

    /// <summary>Lays skin and shape onto a face.</summary>
    /// <param name="mesh">The face's mesh in pixels of the crop.</param>
    /// <param name="raster">Of the crop's side; its content is lost.</param>
    /// <param name="planes">Filled: <see cref="Planes"/> planes of side x side, 0 off the face.</param>
    /// <param name="light">The light there; without it the skin is lit evenly.</param>
    /// <param name="placement">Where features belong on that person's face; without it they lie on the target's, but for the nose.</param>
    public void Draw(FaceMesh mesh, MeshRaster raster, Span<float> planes, FaceLight? light = null, FeaturePlacement? placement = null)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(raster);
        int side = raster.Side, area = side * side;
        Vector3[] posed = ShapeFit.Posed(_shape, mesh), placed = (placement ?? FeaturePlacement.None).Moved(NosePlacement.Moved(ShapeFit.ByEyes(posed, mesh), mesh), mesh);
        var values = new Vector4[FaceLayout.PointCount];
        for (int i = 0; i < values.Length; i++)
        {
            Vector2 place = FaceLayout.Places[i] * _side, offset = new Vector2(posed[i].X - placed[i].X, posed[i].Y - placed[i].Y) / (side * ShapeUnit);
            values[i] = new(place, offset.X, offset.Y);
        }

        raster.Draw(placed, values);
        ReadOnlySpan<Vector4> carried = raster.Values;
        planes[..(Planes * area)].Clear();
        for (int i = 0; i < area; i++)
        {
            if (raster.IsDrawn(i))
            {
                Vector4 value = carried[i], texel = At(value.X, value.Y, out float skin);
                planes[i] = texel.X;
                planes[area + i] = texel.Y;
                planes[(2 * area) + i] = texel.Z;
                planes[(TrustPlane * area) + i] = texel.W;
                planes[(ShapePlane * area) + i] = value.Z;
                planes[((ShapePlane + 1) * area) + i] = value.W;
                planes[(SkinPlane * area) + i] = skin;
            }
        }

        if (light is not null)
        {
            raster.Draw(placed, Array.ConvertAll(light.Factors(MeshNormals.Of(placed)), factor => new Vector4(factor, 1)));
            carried = raster.Values;
            for (int i = 0; i < area; i++)
            {
                if (raster.IsDrawn(i))
                {
                    planes[i] = Math.Min(planes[i] * carried[i].X, 1);
                    planes[area + i] = Math.Min(planes[area + i] * carried[i].Y, 1);
                    planes[(2 * area) + i] = Math.Min(planes[(2 * area) + i] * carried[i].Z, 1);
                }
            }
        }
    }

    private static Vector4[] Unrolled(TexturePhoto photo, MeshRaster raster)
    {
        var points = new Vector3[FaceLayout.PointCount];
        var values = new Vector4[FaceLayout.PointCount];
        Vector3[] normals = MeshNormals.Of(photo.Mesh.Points);
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new(FaceLayout.Places[i] * raster.Side, 0);
            values[i] = new(photo.Mesh.At(i), normals[i].Z, 0);
        }

        raster.Draw(points, values);
        var texels = new Vector4[raster.Side * raster.Side];
        bool[] covered = new bool[texels.Length];
        ReadOnlySpan<byte> pixels = photo.Pixels.Span, bare = photo.Bare.Span;
        for (int i = 0; i < texels.Length; i++)
        {
            Vector4 value = raster.Values[i];
            if (raster.IsDrawn(i) && value.Z > LeastFacing && value.X >= 0 && value.Y >= 0 && value.X <= photo.Width && value.Y <= photo.Height)
            {
                Vector3 colour = Colour(pixels, photo.Width, photo.Height, value.X - 0.5f, value.Y - 0.5f);
                float seen = bare.IsEmpty ? 1 : LeastAround(bare, photo.Width, photo.Height, (int)value.X, (int)value.Y);
                float trust = Math.Min(1, value.Z) * Math.Clamp((seen - LeastBare) / (WhollyBare - LeastBare), 0, 1);
                texels[i] = trust > 0 ? new(colour, trust) : default;
                covered[i] = trust <= 0;
            }
        }

        // The photo's light goes: the face that the skin is laid onto has another.
        raster.Draw(points, Array.ConvertAll(FaceLight.Of(photo).Factors(normals), factor => new Vector4(factor, 1)));
        for (int i = 0; i < texels.Length; i++)
        {
            texels[i] = texels[i].W > 0 ? Vector4.Min(texels[i] / raster.Values[i], Vector4.One) : default;
        }

        Fringe.LeaveOut(texels, raster.Side);
        CastShadow.LeaveOut(texels, covered, SkinMaps.GetOrAdd(raster.Side, Skin), raster.Side);
        return texels;
    }

    /// <summary>The least of a pixel and the four a little beside it, as a share of 255.</summary>
    private static float LeastAround(ReadOnlySpan<byte> bare, int width, int height, int x, int y)
    {
        int reach = Math.Max(1, (int)MathF.Round(width * Beside));
        (x, y) = (Math.Min(x, width - 1), Math.Min(y, height - 1));
        int left = Math.Max(0, x - reach), right = Math.Min(width - 1, x + reach), above = Math.Max(0, y - reach), below = Math.Min(height - 1, y + reach);
        byte least = Math.Min(bare[(y * width) + x], Math.Min(Math.Min(bare[(y * width) + left], bare[(y * width) + right]), Math.Min(bare[(above * width) + x], bare[(below * width) + x])));
        return least / 255f;
    }

    /// <summary>Brings all photos to the light of the one that shows most, by a factor for each colour, over what both show.</summary>
    private static void EvenOut(Vector4[][] unrolled)
    {
        Vector4[] best = unrolled.MaxBy(texels => texels.Sum(texel => texel.W))!;
        foreach (Vector4[] texels in unrolled)
        {
            if (texels == best)
            {
                continue;
            }

            Vector4 own = new(1e-6f), wanted = new(1e-6f);
            for (int i = 0; i < texels.Length; i++)
            {
                float both = Math.Min(texels[i].W, best[i].W);
                own += both * texels[i];
                wanted += both * best[i];
            }

            Vector4 gain = Vector4.Clamp(wanted / own, new(LeastGain), new(MostGain)) with { W = 1 };
            for (int i = 0; i < texels.Length; i++)
            {
                texels[i] = Vector4.Min(texels[i] * gain, Vector4.One);
            }
        }
    }

    /// <summary>The layout is symmetric.</summary>
    private static Vector4[] MirrorImage(Vector4[] texels, int side)
    {
        var image = new Vector4[texels.Length];
        for (int i = 0; i < texels.Length; i++)
        {
            image[i] = texels[(i / side * side) + side - 1 - (i % side)];
        }

        return image;
    }

    /// <summary>One texture of all photos and their mirror images, in one light: colours, and trust.</summary>
    private static Vector4[] Combined(Vector4[][] unrolled, Vector4[][] mirrored, float[] shares, Vector4[] features, float[] skinMap, int side)
    {
        float[] trust = new float[side * side], shown = new float[side * side];
        float[][] weights = [.. Enumerable.Range(0, 2 * unrolled.Length).Select(_ => new float[side * side])];
        Vector4[] maps = FeatureMaps.Of(side);
        for (int i = 0; i < trust.Length; i++)
        {
            Vector4 feature = maps[i];
            float skin = 1 - Vector4.Dot(feature, Vector4.One), seen = 0, seenBeside = 0;
            for (int photo = 0; photo < unrolled.Length; photo++)
            {
                (seen, seenBeside) = (Math.Max(seen, unrolled[photo][i].W), Math.Max(seenBeside, mirrored[photo][i].W));
            }

            trust[i] = Math.Max(seen, seenBeside);
            float mirror = LeastMirrored + (Mirrored * (1 - seen) * (1 - seen));
            float weighed = 0, believed = 0;
            for (int photo = 0; photo < unrolled.Length; photo++)
            {
                float own = unrolled[photo][i].W, beside = mirrored[photo][i].W;
                weights[photo][i] = (Vector4.Dot(feature, features[photo]) * Cube(Math.Min(1, own / SlantedFeature))) + (skin * shares[photo] * Cube(own));
                weights[unrolled.Length + photo][i] = shares[photo] * mirror * Cube(beside);
                weighed += weights[photo][i] + weights[unrolled.Length + photo][i];
                believed += (weights[photo][i] * own) + (weights[unrolled.Length + photo][i] * beside);
            }

            // How the photos share a place is one thing, how much the place says about the light around it another: a rim of fingers that nobody outweighs must not colour the cheek.
            float scale = weighed > 0 ? Cube(believed / weighed) / weighed : 0;
            foreach (float[] weight in weights)
            {
                weight[i] *= scale;
            }

            // Skin that is seen aslant is known by the square of its trust, the rest is filled in: rims are dark and stretched. A brow is all there or its edges are gone: filled by its trust, too, as it was,
            // the standard set had 81 % of its frames nearer to the true swap instead of 85.
            shown[i] = weighed > 0 ? float.Lerp(Math.Min(1, trust[i] / SlantedFeature), trust[i] * trust[i], skin) : 0;
        }

        Vector4[][] pictures = [.. unrolled.Concat(mirrored).Select(texels => Known(texels, side))];
        Vector4[] combined = MultiBandBlend.Of(pictures, weights, side), filling = new Vector4[combined.Length];
        for (int i = 0; i < combined.Length; i++)
        {
            combined[i] = Vector4.Clamp(combined[i], Vector4.Zero, Vector4.One) with { W = shown[i] };
            float known = shown[i] * Math.Max(LeastFilling, skinMap[i]);
            filling[i] = (known * combined[i]) with { W = known };
        }

        filling = TextureFill.Filled(filling, side);
        trust = SoftEdges.Softened(trust, side);
        for (int i = 0; i < combined.Length; i++)
        {
            combined[i] = Vector4.Lerp(filling[i], combined[i], shown[i]) with { W = trust[i] };
        }

        return combined;

        static float Cube(float x) => x * x * x;
    }

    /// <summary>Colours everywhere, and trust above 0.</summary>
    private static Vector4[] Known(Vector4[] texels, int side)
    {
        Vector4[] known = TextureFill.Filled([.. texels.Select(texel => texel.W > 0 ? texel with { W = 1 } : default)], side);
        for (int i = 0; i < known.Length; i++)
        {
            known[i].W = Math.Max(texels[i].W, LeastKnown);
        }

        return known;
    }

    /// <summary>Where the skin belongs, in the texture: 0 within the lids, the inner lips and at the rim, 1 a triangle farther.</summary>
    private static float[] Skin(int side)
    {
        MeshRaster raster = new(side);
        var points = new Vector3[FaceLayout.PointCount];
        var values = new Vector4[FaceLayout.PointCount];
        for (int i = 0; i < points.Length; i++)
        {
            (points[i], values[i]) = (new(FaceLayout.Places[i] * raster.Side, 0), Vector4.One);
        }

        foreach (int index in (IEnumerable<int>)[.. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightEye, .. MeshTopology.InnerLips, .. MeshTopology.FaceOval])
        {
            values[index] = Vector4.Zero;
        }

        raster.Draw(points, values);
        float[] skin = new float[raster.Side * raster.Side];
        for (int i = 0; i < skin.Length; i++)
        {
            skin[i] = raster.IsDrawn(i) ? raster.Values[i].X : 0;
        }

        return skin;
    }

    private static Vector3 Colour(ReadOnlySpan<byte> pixels, int width, int height, float x, float y)
    {
        (float left, float top) = (MathF.Floor(x), MathF.Floor(y));
        (float u, float v) = (x - left, y - top);
        int x0 = Math.Clamp((int)left, 0, width - 1), x1 = Math.Min(x0 + 1, width - 1), y0 = Math.Clamp((int)top, 0, height - 1), y1 = Math.Min(y0 + 1, height - 1);
        return Vector3.Lerp(
            Vector3.Lerp(Pixel(pixels, (y0 * width) + x0), Pixel(pixels, (y0 * width) + x1), u),
            Vector3.Lerp(Pixel(pixels, (y1 * width) + x0), Pixel(pixels, (y1 * width) + x1), u),
            v);

        static Vector3 Pixel(ReadOnlySpan<byte> pixels, int index) => new Vector3(pixels[3 * index], pixels[(3 * index) + 1], pixels[(3 * index) + 2]) / 255;
    }

    private Vector4 At(float x, float y, out float skin)
    {
        (x, y) = (x - 0.5f, y - 0.5f);
        (float left, float top) = (MathF.Floor(x), MathF.Floor(y));
        int x0 = Math.Clamp((int)left, 0, _side - 1), x1 = Math.Min(x0 + 1, _side - 1), y0 = Math.Clamp((int)top, 0, _side - 1), y1 = Math.Min(y0 + 1, _side - 1);
        Vector4 texel = Vector4.Lerp(
            Vector4.Lerp(_texels[(y0 * _side) + x0], _texels[(y0 * _side) + x1], x - left),
            Vector4.Lerp(_texels[(y1 * _side) + x0], _texels[(y1 * _side) + x1], x - left),
            y - top);

        skin = float.Lerp(
            float.Lerp(_skin[(y0 * _side) + x0], _skin[(y0 * _side) + x1], x - left),
            float.Lerp(_skin[(y1 * _side) + x0], _skin[(y1 * _side) + x1], x - left),
            y - top);

        return texel;
    }
}
