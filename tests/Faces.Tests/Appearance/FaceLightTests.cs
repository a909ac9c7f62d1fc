using System.Numerics;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Tests.Appearance;

public sealed class FaceLightTests
{
    private const int Side = 128;

    // Points of the image's left and right cheek.
    private const int LeftCheek = 50, RightCheek = 280;

    private static FaceMesh Face { get; } = new FaceMesh([.. FaceLayout.Mean, .. new Vector3[FaceMesh.PointCount - FaceLayout.PointCount]], 1).Transformed(new(Side * 0.27, 0, Side / 2.0, Side / 2.0));

    private static Vector3[] Normals { get; } = MeshNormals.Of(Face.Points);

    [Fact]
    public void Evenly_lit_skin_of_any_colour_has_no_light_of_its_own()
    {
        byte[] pixels = [.. Enumerable.Range(0, Side * Side).SelectMany(_ => new byte[] { 60, 90, 150 })];
        Assert.All(FaceLight.Of(new(Face, pixels, Side, Side)).Factors(Normals), factor => Assert.True((factor - Vector3.One).Length() < 0.02f, $"{factor}"));
    }

    [Fact]
    public void Light_from_the_left_is_found_for_each_colour_and_the_skins_own_colour_is_not()
    {
        Vector3[] factors = FaceLight.Of(new(Face, Lit(0.5f, red: 0.1f), Side, Side)).Factors(Normals);
        float blue = factors[LeftCheek].X / factors[RightCheek].X, red = factors[LeftCheek].Z / factors[RightCheek].Z;
        float wanted = Shading(LeftCheek, 0.5f) / Shading(RightCheek, 0.5f);

        // A part of it is believed, and red is hardly lit from the side at all.
        Assert.InRange(blue, 1 + ((wanted - 1) * 0.4f), wanted);
        Assert.InRange(red, 1.005f, 1 + ((blue - 1) * 0.5f));
        Vector3 mean = factors.Where((_, i) => Normals[i].Z > 0.5f).Aggregate(Vector3.Zero, (sum, factor) => sum + factor) / Normals.Count(normal => normal.Z > 0.5f);
        Assert.InRange(mean.X, 0.9f, 1.1f);
    }

    [Fact]
    public void The_light_of_a_mirrored_face_is_mirrored()
    {
        byte[] pixels = Lit(0.4f, red: 0.4f), mirrored = new byte[pixels.Length];
        for (int i = 0; i < Side * Side; i++)
        {
            pixels.AsSpan(3 * i, 3).CopyTo(mirrored.AsSpan(3 * ((i / Side * Side) + Side - 1 - (i % Side))));
        }

        FaceMesh other = MeshTopology.Mirrored(Face, Side);
        Vector3[] here = FaceLight.Of(new(Face, pixels, Side, Side)).Factors(Normals), there = FaceLight.Of(new(other, mirrored, Side, Side)).Factors(MeshNormals.Of(other.Points));
        for (int i = 0; i < here.Length; i++)
        {
            Assert.Equal(here[i].X, there[MeshTopology.Mirror(i)].X, 0.05f);
        }
    }

    [Fact]
    public void A_dark_patch_is_the_persons_and_what_hides_the_skin_is_nobodys()
    {
        byte[] patch = [.. Enumerable.Repeat<byte>(140, 3 * Side * Side)], bare = [.. Enumerable.Repeat<byte>(255, Side * Side)], hidden = [.. patch];
        for (int i = 0; i < Side * Side; i++)
        {
            if (Vector2.Distance(Face.At(LeftCheek), new(i % Side, i / Side)) < 6)
            {
                patch.AsSpan(3 * i, 3).Fill(50);
            }

            // Hair over a whole half of the face.
            if (i % Side < Side * 0.42f)
            {
                hidden.AsSpan(3 * i, 3).Fill(15);
                bare[i] = 0;
            }
        }

        Assert.All(FaceLight.Of(new(Face, patch, Side, Side)).Factors(Normals), factor => Assert.InRange(factor.X, 0.85f, 1.15f));
        Assert.True(FaceLight.Of(new(Face, hidden, Side, Side)).Factors(Normals).Min(factor => factor.X) < 0.6f, "the hair is not dark enough to matter");
        Assert.All(FaceLight.Of(new(Face, hidden, Side, Side, bare)).Factors(Normals), factor => Assert.InRange(factor.X, 0.95f, 1.05f));
    }

    [Fact]
    public void A_photo_lit_from_the_left_is_more_even_on_an_evenly_lit_face_and_itself_again_in_its_own_light()
    {
        TexturePhoto photo = new(Face, Lit(0.5f, red: 0.5f), Side, Side);
        FaceTexture person = FaceTexture.From([photo], 2 * Side);
        float[] even = new float[FaceTexture.Planes * Side * Side], own = new float[even.Length];
        person.Draw(Face, new(Side), even, FaceLight.Of(new(Face, Enumerable.Repeat<byte>(128, 3 * Side * Side).ToArray(), Side, Side)));
        person.Draw(Face, new(Side), own, FaceLight.Of(photo));
        float there = Ratio(i => photo.Pixels.Span[3 * i] / 255f);
        Assert.True(there > 1.3f);
        Assert.InRange(Ratio(i => own[i]), there * 0.96f, there * 1.04f);
        Assert.InRange(Ratio(i => even[i]), 1, 1 + (0.6f * (there - 1)));

        static float Ratio(Func<int, float> at) => at(Pixel(LeftCheek)) / at(Pixel(RightCheek));
        static int Pixel(int point) => (int)Face.At(point).X + ((int)Face.At(point).Y * Side);
    }

    private static float Shading(int point, float strength) => MathF.Exp(strength * Normals[point].X);

    /// <summary>Brown skin under light from the image's left, by each point's normal (which points into the head: to the right where the skin looks left).</summary>
    private static byte[] Lit(float strength, float red)
    {
        MeshRaster raster = new(Side);
        raster.Draw([.. Face.Points.Take(FaceLayout.PointCount)], [.. Enumerable.Range(0, FaceLayout.PointCount).Select(i => new Vector4(80 * Shading(i, strength), 100 * Shading(i, strength), 140 * Shading(i, red), 1))]);
        byte[] pixels = new byte[3 * Side * Side];
        for (int i = 0; i < Side * Side; i++)
        {
            Vector4 colour = raster.IsDrawn(i) ? raster.Values[i] : Vector4.Zero;
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = ((byte)Math.Min(255, colour.X), (byte)Math.Min(255, colour.Y), (byte)Math.Min(255, colour.Z));
        }

        return pixels;
    }
}
