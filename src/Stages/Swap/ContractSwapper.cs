using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Swap;

/// <summary>Runs any generator that a <see cref="SwapperContract"/> describes, for one person who is put in.</summary>
public sealed class ContractSwapper : IFaceSwapper
{
    internal const string Source = "source", Target = "target";

    private readonly OnnxSession session;
    private readonly SwapperContract contract;
    private readonly float[] source;
    private readonly IdleBuffers<Buffers> idle;

    private ContractSwapper(OnnxSession session, SwapperContract contract, float[] source)
    {
        this.session = session;
        this.contract = contract;
        this.source = source;
        idle = new(() => new Buffers(Bind(), contract.Size));
        Model = new ModelRecord("face generator", session.FileName, session.Sha256);
    }

    /// <inheritdoc/>
    public AlignmentTemplate Template => contract.Template;

    /// <inheritdoc/>
    public int CropSize => contract.Size;

    /// <inheritdoc/>
    public int FaceSize => contract.Size;

    /// <inheritdoc/>
    public bool KeepsEyes => false;

    /// <inheritdoc/>
    public Vector3? Irises => null;

    /// <inheritdoc/>
    public ModelRecord Model { get; }

    /// <inheritdoc/>
    public string Provider => session.Provider;

    /// <summary>Takes a session over and runs it once, so that a file that cannot run is found before the video is touched.</summary>
    /// <param name="session">A generator of the contract; belongs to the result, and to the caller where this throws.</param>
    /// <param name="contract">How to speak to it.</param>
    /// <param name="source">The person put in, in the form that the contract asks for.</param>
    /// <exception cref="UserFacingException">It gives other shapes, or no numbers.</exception>
    public static ContractSwapper Over(OnnxSession session, SwapperContract contract, float[] source)
    {
        ArgumentNullException.ThrowIfNull(session);
        ContractSwapper swapper = new(session, contract, source);
        try
        {
            swapper.TryOut();
            return swapper;
        }
        catch
        {
            swapper.idle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Swap(PixelBuffer crop, FaceMesh mesh, PixelBuffer face, PixelBuffer mask)
    {
        SwapperBuffers.Expect(crop, contract.Size, PixelFormat.Bgr24);
        SwapperBuffers.Expect(face, contract.Size, PixelFormat.Bgr24);
        SwapperBuffers.Expect(mask, contract.Size, PixelFormat.Gray8);
        Buffers buffers = idle.Take();
        try
        {
            using (Mat picture = PlaneView.Of(crop))
            {
                Planes.Write(picture, buffers.Picture, contract.Mean, contract.Deviation);
            }

            buffers.Binding.Input(Target).Write(buffers.Picture);
            buffers.Binding.Run();
            buffers.Binding.Output(session.Outputs[0].Name).Read(buffers.Picture);
            using (Mat made = PlaneView.Of(face))
            {
                bool back = contract.FaceInTargetRange;
                Planes.Read(buffers.Picture, made, back ? contract.Mean : default, back ? contract.Deviation : System.Numerics.Vector3.One);
            }

            WriteMask(buffers, mask);
        }
        finally
        {
            idle.Return(buffers);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        idle.Dispose();
        session.Dispose();
    }

    /// <summary>The network's own mask; where it has none the whole crop, which blending cuts along the landmarks.</summary>
    private void WriteMask(Buffers buffers, PixelBuffer mask)
    {
        if (!contract.HasMask)
        {
            mask.Bytes.Fill(byte.MaxValue);
            return;
        }

        buffers.Binding.Output(session.Outputs[1].Name).Read(buffers.Mask);
        using Mat values = Planes.View(buffers.Mask, 0, contract.Size);
        using Mat view = PlaneView.Of(mask);
        values.ConvertTo(view, MatType.CV_8UC1, 255);
    }

    private OnnxBinding Bind()
    {
        long[] sourceShape = contract.Source == SourceForm.Picture ? [1, 3, contract.SourceSize, contract.SourceSize] : [1, SourceEmbedder.Length];
        OnnxBinding binding = session.Bind((Target, [1, 3, contract.Size, contract.Size]), (Source, sourceShape));
        binding.Input(Source).Write(source);
        return binding;
    }

    private void TryOut()
    {
        Buffers buffers = idle.Take();
        idle.Return(buffers);
        buffers.Binding.Run();
        foreach ((string name, float[] goal) in (ReadOnlySpan<(string, float[])>)[(session.Outputs[0].Name, buffers.Picture), (session.Outputs[^1].Name, contract.HasMask ? buffers.Mask : buffers.Picture)])
        {
            OnnxTensor output = buffers.Binding.Output(name);
            if (output.Length != goal.Length)
            {
                throw Invalid($"its output {name} gives {output.Spec}, expected {goal.Length} values for a side of {contract.Size}");
            }

            output.Read(goal);
            if (Array.Exists(goal, value => !float.IsFinite(value)))
            {
                throw Invalid($"its output {name} is not finite for this person; give other photos, or another copy of the file");
            }
        }
    }

    private UserFacingException Invalid(string why) => new(FailureKind.ModelInvalid, $"The generator '{session.Path}' cannot be used as {contract.Id}: {why}.");

    /// <summary>What one call needs; there are as many as calls at once.</summary>
    private sealed class Buffers(OnnxBinding binding, int side) : IDisposable
    {
        public OnnxBinding Binding { get; } = binding;

        /// <summary>Planes of red, green and blue.</summary>
        public float[] Picture { get; } = GC.AllocateArray<float>(3 * side * side, pinned: true);

        public float[] Mask { get; } = GC.AllocateArray<float>(side * side, pinned: true);

        public void Dispose() => Binding.Dispose();
    }
}
