using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Swap;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap;

public sealed class ContractSwapperTests : IDisposable
{
    // These generators look at no landmarks.
    private static readonly FaceMesh NoMesh = new([], 0);

    private readonly TemporaryFolder folder = new();
    private readonly PixelPool pool = new();

    public static TheoryData<string> Ids => [.. SwapperContracts.All.Select(contract => contract.Id)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_generator_of_every_family_is_recognised_by_its_file_and_keeps_the_colours_of_its_crop(string id)
    {
        SwapperContract contract = Contract(id);
        using ContractSwapper swapper = Load(new(contract), out SwapperContract? recognised);
        Assert.Same(contract, recognised);
        Assert.Equal((contract.Template, contract.Size, contract.Size), (swapper.Template, swapper.CropSize, swapper.FaceSize));

        (byte[] crop, byte[] face, byte[] mask) = Run(swapper);
        Assert.True(mask.AsSpan().IndexOfAnyExcept((byte)255) < 0);
        for (int i = 0; i < crop.Length; i++)
        {
            // The stand-in gives back its input. Families whose input is moved and scaled and whose output is not show just that.
            int colour = 2 - (i % 3);
            double input = ((crop[i] / 255.0) - contract.Mean[colour]) / contract.Deviation[colour];
            double expected = contract.FaceInTargetRange ? crop[i] : Math.Clamp(255 * input, 0, 255);
            Assert.InRange(face[i], expected - 1, expected + 1);
        }
    }

    [Fact]
    public void Planes_are_red_green_blue()
    {
        using ContractSwapper swapper = Load(new(Contract("inswapper_128")) { Tint = [0.2f, 0, -1] }, out _);
        (byte[] crop, byte[] face, _) = Run(swapper, value: 100);
        Assert.Equal([0, 100, 151], face[..3]);
        Assert.Equal([100, 100, 100], crop[..3]);
    }

    [Theory]
    [InlineData("hyperswap_256")]
    [InlineData("uniface_256")]
    public void The_person_put_in_reaches_the_network(string id)
    {
        SwapperContract contract = Contract(id);
        float[] source = new float[contract.Source == SourceForm.Picture ? 3 * contract.SourceSize * contract.SourceSize : 512];
        Array.Fill(source, 0.5f);
        using ContractSwapper swapper = Load(new(contract) { SourceWeight = 0.4f }, out _, source);
        (_, byte[] face, _) = Run(swapper, value: 100);

        // 0.4 x 0.5 in the range of -1..1 is a tenth of 255.
        Assert.InRange(face[0], 125, 126);
    }

    [Fact]
    public void A_family_s_own_mask_is_used()
    {
        using ContractSwapper swapper = Load(new(Contract("hyperswap_256")) { Mask = 0.4f }, out _);
        (_, _, byte[] mask) = Run(swapper);
        Assert.True(mask.AsSpan().IndexOfAnyExcept((byte)102) < 0);
    }

    [Fact]
    public void Half_precision_inputs_and_outputs_are_spoken_too()
    {
        using ContractSwapper swapper = Load(new(Contract("inswapper_128")) { HalfPrecision = true }, out _);
        (byte[] crop, byte[] face, _) = Run(swapper);
        Assert.All(crop.Zip(face), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }

    [Fact]
    public void Families_that_look_alike_are_told_apart_by_name_or_metadata_and_never_guessed()
    {
        byte[] bytes = new SwapperStandIn(Contract("ghost_256")).ToBytes();
        Assert.Equal("ghost_256", Recognise("ghost_3_256.onnx", bytes)?.Id);
        Assert.Equal("simswap_256", Recognise("SimSwap_256.onnx", bytes)?.Id);
        Assert.Equal("hififace_unofficial_256", Recognise("hififace_unofficial_256.onnx", bytes)?.Id);
        UserFacingException failure = Assert.Throws<UserFacingException>(() => Recognise("swap.onnx", bytes));
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.Contains("simswap or ghost or hififace", failure.Message, StringComparison.Ordinal);

        string said = new ModelContract("ghost_256", "arcface_112_v1", 256, "a ghost").ToJson();
        Assert.Equal("ghost_256", Recognise("swap.onnx", new SwapperStandIn(Contract("ghost_256")) { Metadata = said }.ToBytes())?.Id);
        Assert.Throws<UserFacingException>(() => Recognise("swap.onnx", new SwapperStandIn(Contract("inswapper_128")) { Metadata = said }.ToBytes()));
        Assert.Null(Recognise("generator.onnx", new DfmStandIn().ToBytes()));
    }

    [Fact]
    public void A_person_that_gives_no_numbers_is_found_out_before_the_video()
    {
        float[] source = new float[512];
        source[0] = float.NaN;
        UserFacingException failure = Assert.Throws<UserFacingException>(() => Load(new(Contract("hyperswap_256")) { SourceWeight = 1 }, out _, source));
        Assert.Contains("not finite", failure.Message, StringComparison.Ordinal);
    }

    private static SwapperContract Contract(string id) => SwapperContracts.All.Single(contract => contract.Id == id);

    private SwapperContract? Recognise(string name, byte[] bytes)
    {
        using OnnxSession session = OnnxSession.Load(folder.Write(name, bytes), new(InferenceDevice.Cpu));
        return SwapperContracts.Recognise(session.Path, session.Inputs, session.Outputs, session.Metadata);
    }

    private ContractSwapper Load(SwapperStandIn standIn, out SwapperContract? recognised, float[]? source = null)
    {
        SwapperContract contract = standIn.Contract;
        OnnxSession session = OnnxSession.Load(folder.Write(contract.FilePrefix + "_stand-in.onnx", standIn.ToBytes()), new(InferenceDevice.Cpu));
        try
        {
            recognised = SwapperContracts.Recognise(session.Path, session.Inputs, session.Outputs, session.Metadata);
            return ContractSwapper.Over(session, contract, source ?? new float[contract.Source == SourceForm.Picture ? 3 * contract.SourceSize * contract.SourceSize : 512]);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private (byte[] Crop, byte[] Face, byte[] Mask) Run(ContractSwapper swapper, byte? value = null)
    {
        int side = swapper.CropSize;
        using PixelBuffer crop = pool.Rent(new PixelSpec(side, side, PixelFormat.Bgr24));
        using PixelBuffer face = pool.Rent(new PixelSpec(side, side, PixelFormat.Bgr24));
        using PixelBuffer mask = pool.Rent(new PixelSpec(side, side, PixelFormat.Gray8));
        for (int i = 0; i < crop.Bytes.Length; i++)
        {
            crop.Bytes[i] = value ?? (byte)(i * 37);
        }

        swapper.Swap(crop, NoMesh, face, mask);
        return (crop.Bytes.ToArray(), face.Bytes.ToArray(), mask.Bytes.ToArray());
    }
}
