using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Swap;

/// <summary>Runs a generator of the DeepFaceLab export contract: ours and any .dfm.</summary>
public sealed class DfmSwapper : IFaceSwapper
{
    // Where a model can morph between the two faces: DeepFaceLive's default, 1 being the new face wholly.
    private const float MorphValue = 0.75f;

    private readonly OnnxSession session;
    private readonly DfmLayout layout;
    private readonly IdleBuffers<OnnxBinding> idle;

    private DfmSwapper(OnnxSession session, DfmLayout layout)
    {
        this.session = session;
        this.layout = layout;
        idle = new(Bind);
        Model = new ModelRecord("face generator", session.FileName, session.Sha256);
    }

    /// <inheritdoc/>
    public AlignmentTemplate Template => layout.Template;

    /// <inheritdoc/>
    public int CropSize => layout.CropSize;

    /// <inheritdoc/>
    public int FaceSize => layout.FaceSize;

    /// <inheritdoc/>
    public bool KeepsEyes => false;

    /// <inheritdoc/>
    public Vector3? Irises => null;

    /// <inheritdoc/>
    public ModelRecord Model { get; }

    /// <inheritdoc/>
    public string Provider => session.Provider;

    /// <summary>Loads a generator and runs it once, so that a file that cannot run is found before the video is touched.</summary>
    /// <param name="path">ONNX file (.onnx or .dfm).</param>
    /// <param name="options">Device, and threads inside one call.</param>
    /// <exception cref="UserFacingException">Missing, corrupt, another kind of network, or giving no numbers.</exception>
    public static DfmSwapper Load(string path, OnnxSessionOptions? options = null)
    {
        OnnxSession session = OnnxSession.Load(path, options);
        try
        {
            return Over(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Load"/>, over a session that belongs to the result, and to the caller where this throws.</summary>
    internal static DfmSwapper Over(OnnxSession session)
    {
        DfmSwapper swapper = new(session, DfmLayout.Of(session.Path, session.Inputs, session.Outputs, session.Metadata));
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
        SwapperBuffers.Expect(crop, CropSize, PixelFormat.Bgr24);
        SwapperBuffers.Expect(face, FaceSize, PixelFormat.Bgr24);
        SwapperBuffers.Expect(mask, FaceSize, PixelFormat.Gray8);

        OnnxBinding binding = idle.Take();
        try
        {
            using (Mat picture = PlaneView.Of(crop))
            using (Mat input = View(binding.Input(layout.Crop), CropSize, MatType.CV_32FC3))
            {
                picture.ConvertTo(input, MatType.CV_32FC3, 1 / 255.0);
            }

            binding.Run();

            using Mat newFace = View(binding.Output(layout.Face), FaceSize, MatType.CV_32FC3);
            using Mat newMask = View(binding.Output(layout.FaceMask), FaceSize, MatType.CV_32FC1);
            using Mat oldMask = View(binding.Output(layout.TargetMask), FaceSize, MatType.CV_32FC1);
            using Mat faceView = PlaneView.Of(face);
            using Mat maskView = PlaneView.Of(mask);
            newFace.ConvertTo(faceView, MatType.CV_8UC3, 255);

            // The smaller of the two: the new face where both it and the old one are. A product would count the soft edge twice where they agree.
            Cv2.Min(newMask, oldMask, newMask);
            newMask.ConvertTo(maskView, MatType.CV_8UC1, 255);
        }
        finally
        {
            idle.Return(binding);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        idle.Dispose();
        session.Dispose();
    }

    private static Mat View(OnnxTensor tensor, int side, MatType type) => Mat.FromPixelData(side, side, type, tensor.Address);

    private OnnxBinding Bind()
    {
        (string, long[]) crop = (layout.Crop, [1, CropSize, CropSize, 3]);
        OnnxBinding binding = layout.Morph is null ? session.Bind(crop) : session.Bind(crop, (layout.Morph, [1]));
        if (layout.Morph is not null)
        {
            binding.Input(layout.Morph).Floats.Fill(MorphValue);
        }

        return binding;
    }

    private void TryOut()
    {
        OnnxBinding binding = idle.Take();
        idle.Return(binding);
        binding.Input(layout.Crop).Floats.Fill(0.5f);
        binding.Run();
        foreach ((string name, int channels) in (ReadOnlySpan<(string, int)>)[(layout.Face, 3), (layout.FaceMask, 1), (layout.TargetMask, 1)])
        {
            OnnxTensor output = binding.Output(name);
            if (output.Length != FaceSize * FaceSize * channels)
            {
                throw Invalid($"its output {name} gives {output.Spec}, expected 1x{FaceSize}x{FaceSize}x{channels}; export it again");
            }

            foreach (float value in output.Floats)
            {
                if (!float.IsFinite(value))
                {
                    throw Invalid($"its output {name} is not finite on a grey crop; its weights are damaged or its training diverged; export it again from an earlier checkpoint");
                }
            }
        }
    }

    private UserFacingException Invalid(string why) => new(FailureKind.ModelInvalid, $"The generator '{session.Path}' cannot be used: {why}.");
}
