using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Swap;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap;

public sealed class DfmSwapperTests : IDisposable
{
    // These generators look at no landmarks.
    private static readonly FaceMesh NoMesh = new([], 0);

    private readonly TemporaryFolder folder = new();
    private readonly PixelPool pool = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_identity_generator_gives_back_the_crop_to_the_bit()
    {
        using DfmSwapper swapper = Load(new DfmStandIn());
        using PixelBuffer crop = Noise(64);
        using PixelBuffer face = pool.Rent(new PixelSpec(64, 64, PixelFormat.Bgr24));
        using PixelBuffer mask = pool.Rent(new PixelSpec(64, 64, PixelFormat.Gray8));
        swapper.Swap(crop, NoMesh, face, mask);
        Assert.True(crop.Bytes.SequenceEqual(face.Bytes));
        Assert.True(mask.Bytes.IndexOfAnyExcept((byte)255) < 0);
    }

    [Fact]
    public void Channels_stay_blue_green_red()
    {
        using DfmSwapper swapper = Load(new DfmStandIn { Gain = 0, Offset = [0.2f, 0.4f, 1.5f] });
        (byte[] face, _) = Run(swapper);

        // 0.2 and 0.4 of 255; beyond 1 it clips.
        Assert.Equal([51, 102, 255], face[..3]);
    }

    [Theory]
    [InlineData(0.4f, 0.8f)]
    [InlineData(0.8f, 0.4f)]
    public void The_mask_is_the_smaller_of_the_two(float faceMask, float targetMask)
    {
        using DfmSwapper swapper = Load(new DfmStandIn { FaceMask = faceMask, TargetMask = targetMask });
        (_, byte[] mask) = Run(swapper);
        Assert.Equal(102, mask[10]);
    }

    [Theory]
    [InlineData(":0", false, false)]
    [InlineData("", false, false)]
    [InlineData(":0", true, false)]
    [InlineData(":0", true, true)]
    public void A_dfm_without_metadata_is_known_by_its_names_and_shapes(string suffix, bool morph, bool freeBatch)
    {
        using DfmSwapper swapper = Load(new DfmStandIn { Suffix = suffix, Morph = morph, FreeBatch = freeBatch });
        Assert.Equal(AlignmentTemplate.DflWholeFace, swapper.Template);
        Assert.Equal(64, swapper.CropSize);
        Assert.Equal(64, swapper.FaceSize);
        (_, byte[] mask) = Run(swapper);
        Assert.Equal(morph ? 191 : 255, mask[0]);
    }

    [Fact]
    public void A_contract_in_the_file_names_the_template()
    {
        using DfmSwapper swapper = Load(new DfmStandIn { Contract = new ModelContract(ModelContract.DfmId, "ffhq_512", 64, "stand-in").ToJson() });
        Assert.Equal(AlignmentTemplate.Ffhq, swapper.Template);
    }

    [Fact]
    public void A_contract_that_does_not_fit_the_tensors_is_refused()
    {
        AssertRefused(new DfmStandIn { Contract = new ModelContract(ModelContract.DfmId, "ffhq_512", 128, "stand-in").ToJson() }.ToBytes(), "128 px", "64 px");
        AssertRefused(new DfmStandIn { Contract = new ModelContract("inswapper", "ffhq_512", 64, "stand-in").ToJson() }.ToBytes(), "inswapper");
        AssertRefused(new DfmStandIn { Contract = new ModelContract(ModelContract.DfmId, "sideways", 64, "stand-in").ToJson() }.ToBytes(), "sideways");
        AssertRefused(new DfmStandIn { Contract = "{ half a" }.ToBytes(), "videogaze.contract");
    }

    [Fact]
    public void Another_network_is_refused_with_what_was_expected_and_found()
    {
        byte[] other = new TinyOnnx().Input("image", 1, 3, 64, 64).Output("scores", 1, 3, 64, 64).Node("Relu", ["image"], ["scores"]).ToBytes();
        AssertRefused(other, "in_face:0", "image float32 1x3x64x64", "scores float32 1x3x64x64");
    }

    [Fact]
    public void A_generator_of_wrong_shapes_is_refused_with_what_was_expected_and_found()
    {
        byte[] channelsFirst = new TinyOnnx()
            .Input("in_face:0", 1, 3, 64, 64)
            .Output("out_face_mask:0", 1, 3, 64, 64)
            .Output("out_celeb_face:0", 1, 3, 64, 64)
            .Output("out_celeb_face_mask:0", 1, 3, 64, 64)
            .Node("Relu", ["in_face:0"], ["out_face_mask:0"])
            .Node("Relu", ["in_face:0"], ["out_celeb_face:0"])
            .Node("Relu", ["in_face:0"], ["out_celeb_face_mask:0"])
            .ToBytes();
        AssertRefused(channelsFirst, "1xRxRx3", "in_face:0 float32 1x3x64x64");
    }

    [Fact]
    public void A_generator_that_gives_no_numbers_is_refused() =>
        AssertRefused(new DfmStandIn { Offset = [float.NaN, 0, 0] }.ToBytes(), "not finite");

    [Fact]
    public void A_corrupt_file_is_refused_by_name()
    {
        byte[] whole = new DfmStandIn().ToBytes();
        AssertRefused(whole[..(whole.Length / 2)], "generator.dfm");
        AssertRefused([], "generator.dfm");
    }

    [Fact]
    public void Parallel_calls_do_not_mix()
    {
        using DfmSwapper swapper = Load(new DfmStandIn());
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using PixelBuffer crop = pool.Rent(new PixelSpec(64, 64, PixelFormat.Bgr24));
            crop.Bytes.Fill((byte)i);
            using PixelBuffer face = pool.Rent(crop.Spec);
            using PixelBuffer mask = pool.Rent(new PixelSpec(64, 64, PixelFormat.Gray8));
            swapper.Swap(crop, NoMesh, face, mask);
            Assert.True(face.Bytes.IndexOfAnyExcept((byte)i) < 0);
        });
        Assert.Equal(0, pool.Leased);
    }

    private void AssertRefused(byte[] file, params string[] parts)
    {
        string path = folder.Write("generator.dfm", file);
        UserFacingException failure = Assert.Throws<UserFacingException>(() => DfmSwapper.Load(path));
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.Contains("generator.dfm", failure.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    private DfmSwapper Load(DfmStandIn standIn) => DfmSwapper.Load(folder.Write("generator.dfm", standIn.ToBytes()), new(InferenceDevice.Cpu));

    private PixelBuffer Noise(int size)
    {
        PixelBuffer crop = pool.Rent(new PixelSpec(size, size, PixelFormat.Bgr24));
        new Random(3).NextBytes(crop.Bytes);
        return crop;
    }

    private (byte[] Face, byte[] Mask) Run(DfmSwapper swapper)
    {
        using PixelBuffer crop = Noise(swapper.CropSize);
        using PixelBuffer face = pool.Rent(new PixelSpec(swapper.FaceSize, swapper.FaceSize, PixelFormat.Bgr24));
        using PixelBuffer mask = pool.Rent(new PixelSpec(swapper.FaceSize, swapper.FaceSize, PixelFormat.Gray8));
        swapper.Swap(crop, NoMesh, face, mask);
        return (face.Bytes.ToArray(), mask.Bytes.ToArray());
    }
}
