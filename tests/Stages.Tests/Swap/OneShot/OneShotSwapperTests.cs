using System.Numerics;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Swap.OneShot;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap.OneShot;

public sealed class OneShotSwapperTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PixelPool pool = new();

    private OneShotStandIn StandIn => new(folder.Path);

    // The mean face over the middle of the crop.
    private static FaceMesh Mesh { get; } = new FaceMesh([.. FaceLayout.Mean, .. new Vector3[FaceMesh.PointCount - FaceLayout.PointCount]], 1)
        .Transformed(new(OneShotStandIn.Size / 4.0, 0, OneShotStandIn.Size / 2.0, OneShotStandIn.Size / 2.0));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_photos_skin_lies_on_the_targets_mesh_blue_green_red()
    {
        StandIn.Write();
        using OnnxSession session = OnnxSession.Load(StandIn.Generator);
        using OneShotSwapper swapper = OneShotSwapper.Over(session, OneShotLayout.Of(session)!, Person(40, 120, 240), null);
        Assert.Equal((AlignmentTemplate.DflWholeFace, OneShotStandIn.Size), (swapper.Template, swapper.CropSize));

        using PixelBuffer crop = Filled(9, 9, 9), face = Rent(PixelFormat.Bgr24), mask = Rent(PixelFormat.Gray8);
        for (int i = 0; i < 2; i++)
        {
            // The second time with buffers that were used before: the person stays.
            swapper.Swap(crop, Mesh, face, mask);
            int middle = (OneShotStandIn.Size / 2 * OneShotStandIn.Size) + (OneShotStandIn.Size / 2);
            Assert.Equal([40, 120, 240], face.Bytes.Slice(3 * middle, 3).ToArray());
            Assert.True(mask.Bytes[middle] > 100, "the middle of a facing face is not trusted");
            Assert.Equal([0, 0, 0, 0], [.. face.Bytes[..3], mask.Bytes[0]]);
        }
    }

    [Fact]
    public void Features_lie_where_the_person_has_them_once_the_target_was_met()
    {
        StandIn.Write();
        using OnnxSession session = OnnxSession.Load(StandIn.Generator);
        using OneShotSwapper swapper = OneShotSwapper.Over(session, OneShotLayout.Of(session)!, Stripes(), null);
        Assert.True(swapper.MeetsTarget);
        using PixelBuffer crop = Filled(9, 9, 9), face = Rent(PixelFormat.Bgr24), mask = Rent(PixelFormat.Gray8);
        byte[] before = Swapped();

        // A target whose mouth sits higher by a tenth of its mean radius: the person's goes down.
        Vector3[] points = [.. Mesh.Points];
        foreach (int point in (IEnumerable<int>)[.. MeshTopology.OuterLips, .. MeshTopology.InnerLips])
        {
            points[point].Y -= 0.1f * OneShotStandIn.Size / 4;
        }

        swapper.Meet([Mesh with { Points = points }]);
        Assert.NotEqual(before, Swapped());
        swapper.Meet([]);
        Assert.Equal(before, Swapped());

        byte[] Swapped()
        {
            swapper.Swap(crop, Mesh, face, mask);
            return face.Bytes.ToArray();
        }

        static FaceTexture Stripes()
        {
            byte[] pixels = new byte[3 * OneShotStandIn.Size * OneShotStandIn.Size];
            for (int i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (byte)(i / (3 * OneShotStandIn.Size) % 2 == 0 ? 200 : 60);
            }

            return FaceTexture.From([new(Mesh, pixels, OneShotStandIn.Size, OneShotStandIn.Size)], OneShotStandIn.Size);
        }
    }

    [Fact]
    public void A_file_of_another_contract_is_not_taken_for_a_one_shot_generator()
    {
        string path = Path.Combine(folder.Path, "pair.onnx");
        File.WriteAllBytes(path, new DfmStandIn().ToBytes());
        using OnnxSession session = OnnxSession.Load(path);
        Assert.Null(OneShotLayout.Of(session));
    }

    [Fact]
    public void A_contract_that_does_not_fit_the_tensors_is_refused()
    {
        (StandIn with { StatedSize = 128 }).Write();
        using OnnxSession session = OnnxSession.Load(StandIn.Generator);
        AssertRefused(() => OneShotLayout.Of(session), StandIn.Generator, "128", "export it again");
    }

    [Fact]
    public void A_diverged_generator_is_refused()
    {
        (StandIn with { Gain = float.PositiveInfinity }).Write();
        using OnnxSession diverged = OnnxSession.Load(StandIn.Generator);
        AssertRefused(() => OneShotSwapper.Over(diverged, OneShotLayout.Of(diverged)!, Person(1, 1, 1), null), "not finite");
    }

    [Fact]
    public void Bare_skin_of_a_photo_is_where_the_generator_says_a_face_belongs()
    {
        StandIn.Write();
        using OnnxSession session = OnnxSession.Load(StandIn.Generator);
        byte[] pixels = [.. Enumerable.Repeat<byte>(90, 3 * OneShotStandIn.Size * OneShotStandIn.Size)];
        TexturePhoto photo = BareSkin.Found(session, OneShotLayout.Of(session)!, [new(Mesh, pixels, OneShotStandIn.Size, OneShotStandIn.Size)]).Single();

        Assert.Equal(OneShotStandIn.Size * OneShotStandIn.Size, photo.Bare.Length);
        Assert.True(photo.Bare.Span[(OneShotStandIn.Size / 2 * OneShotStandIn.Size) + (OneShotStandIn.Size / 2)] > 100, "the middle of a facing face is not bare");
        Assert.Equal(0, photo.Bare.Span[0]);
    }

    private static void AssertRefused(Func<object?> act, params string[] parts)
    {
        var failure = Assert.Throws<UserFacingException>(() => act());
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    private static FaceTexture Person(byte blue, byte green, byte red) => FaceTexture.From(
        [new(Mesh, Enumerable.Repeat<byte[]>([blue, green, red], OneShotStandIn.Size * OneShotStandIn.Size).SelectMany(pixel => pixel).ToArray(), OneShotStandIn.Size, OneShotStandIn.Size)],
        OneShotStandIn.Size);

    private PixelBuffer Rent(PixelFormat format) => pool.Rent(new PixelSpec(OneShotStandIn.Size, OneShotStandIn.Size, format));

    private PixelBuffer Filled(byte blue, byte green, byte red)
    {
        PixelBuffer buffer = Rent(PixelFormat.Bgr24);
        for (int i = 0; i < buffer.Bytes.Length; i += 3)
        {
            (buffer.Bytes[i], buffer.Bytes[i + 1], buffer.Bytes[i + 2]) = (blue, green, red);
        }

        return buffer;
    }
}
