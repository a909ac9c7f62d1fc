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

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_photos_colours_come_out_as_the_face_blue_green_red()
    {
        StandIn.Write();
        using OnnxSession session = OnnxSession.Load(StandIn.Generator);
        using OneShotEncoder encoder = OneShotEncoder.For(session);
        Assert.Equal((AlignmentTemplate.DflWholeFace, OneShotStandIn.Size), (encoder.Template, encoder.Size));
        using PixelBuffer photo = Filled(40, 120, 240);
        using OneShotSwapper swapper = OneShotSwapper.Over(session, OneShotLayout.OfGenerator(session)!, encoder.Encode(photo));

        using PixelBuffer crop = Filled(9, 9, 9), face = Rent(PixelFormat.Bgr24), mask = Rent(PixelFormat.Gray8);
        swapper.Swap(crop, face, mask);
        Assert.Equal([40, 120, 240], face.Bytes[^3..].ToArray());
        Assert.Equal(128, mask.Bytes[0]);

        // Again, with buffers that were used before: the person stays.
        swapper.Swap(crop, face, mask);
        Assert.Equal([40, 120, 240], face.Bytes[..3].ToArray());
    }

    [Fact]
    public void A_file_of_another_contract_is_not_taken_for_a_one_shot_generator()
    {
        string path = Path.Combine(folder.Path, "pair.onnx");
        File.WriteAllBytes(path, new DfmStandIn().ToBytes());
        using OnnxSession session = OnnxSession.Load(path);
        Assert.Null(OneShotLayout.OfGenerator(session));
        Assert.Null(OneShotLayout.OfEncoder(session));
    }

    [Fact]
    public void A_contract_that_does_not_fit_the_tensors_is_refused()
    {
        (StandIn with { StatedSize = 64 }).Write();
        using OnnxSession session = OnnxSession.Load(StandIn.Generator);
        AssertRefused(() => OneShotLayout.OfGenerator(session), StandIn.Generator, "64", "export it again");
    }

    [Fact]
    public void The_encoder_must_be_there_and_be_the_generators_own()
    {
        (StandIn with { EncoderHash = new string('0', 64) }).Write();
        using OnnxSession session = OnnxSession.Load(StandIn.Generator);
        AssertRefused(() => OneShotEncoder.For(session), "swap-source.onnx", "is not the one");
        File.Copy(StandIn.Generator, StandIn.Encoder, overwrite: true);
        AssertRefused(() => OneShotEncoder.For(session), "is no encoder");
        File.Delete(StandIn.Encoder);
        AssertRefused(() => OneShotEncoder.For(session), "swap-source.onnx", "beside it");
    }

    [Fact]
    public void Vectors_of_another_length_and_a_diverged_generator_are_refused()
    {
        (StandIn with { Length = 5 }).Write();
        using (OnnxSession session = OnnxSession.Load(StandIn.Generator))
        {
            AssertRefused(() => OneShotSwapper.Over(session, OneShotLayout.OfGenerator(session)!, new float[3]), "5 numbers");
        }

        (StandIn with { Gain = float.PositiveInfinity }).Write();
        using OnnxSession diverged = OnnxSession.Load(StandIn.Generator);
        AssertRefused(() => OneShotSwapper.Over(diverged, OneShotLayout.OfGenerator(diverged)!, [1, 1, 1]), "not finite");
    }

    private static void AssertRefused(Func<object?> act, params string[] parts)
    {
        var failure = Assert.Throws<UserFacingException>(() => act());
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

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
