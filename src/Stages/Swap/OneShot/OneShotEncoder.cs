using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Swap.OneShot;

/// <summary>Turns photos of a person into the vector that a one-shot generator takes. Not thread-safe.</summary>
internal sealed class OneShotEncoder : IDisposable
{
    private readonly OnnxSession session;
    private readonly OnnxBinding binding;
    private readonly OneShotLayout layout;

    private OneShotEncoder(OnnxSession session, OneShotLayout layout)
    {
        this.session = session;
        this.layout = layout;
        binding = session.Bind();
        Model = new ModelRecord("source encoder", session.FileName, session.Sha256);
    }

    /// <summary>How photos are aligned.</summary>
    public AlignmentTemplate Template => layout.Template;

    /// <summary>Side of an aligned photo in pixels.</summary>
    public int Size => layout.Size;

    /// <summary>The network's file and hash, for reports.</summary>
    public ModelRecord Model { get; }

    /// <summary>Opens the encoder that belongs to a generator: the file beside it.</summary>
    /// <exception cref="UserFacingException">It is missing, another kind of network, or another generator's.</exception>
    public static OneShotEncoder For(OnnxSession generator)
    {
        string path = OneShotContract.EncoderPath(generator.Path);
        if (!File.Exists(path))
        {
            throw new UserFacingException(
                FailureKind.ModelInvalid,
                $"The generator '{generator.Path}' needs the encoder of its photos, '{Path.GetFileName(path)}', beside it: put both files of an export into one folder.");
        }

        OnnxSession session = OnnxSession.Load(path, new OnnxSessionOptions(InferenceDevice.Cpu));
        try
        {
            OneShotLayout layout = OneShotLayout.OfEncoder(session)
                ?? throw new UserFacingException(FailureKind.ModelInvalid, $"The model file '{path}' is no encoder of a one-shot generator: put both files of an export into one folder.");
            if (generator.Metadata.TryGetValue(OneShotContract.EncoderHashKey, out string? hash) && hash != session.Sha256)
            {
                throw new UserFacingException(
                    FailureKind.ModelInvalid,
                    $"The encoder '{path}' is not the one that '{generator.FileName}' was trained with: put both files of one export into one folder.");
            }

            return new(session, layout);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The vector of one photo.</summary>
    /// <param name="crop"><see cref="PixelFormat.Bgr24"/>, <see cref="Size"/> square, aligned to <see cref="Template"/>.</param>
    public float[] Encode(PixelBuffer crop)
    {
        using (Mat picture = PlaneView.Of(crop))
        using (Mat input = Mat.FromPixelData(Size, Size, MatType.CV_32FC3, binding.Input(OneShotContract.Photo).Address))
        {
            picture.ConvertTo(input, MatType.CV_32FC3, 1 / 255.0);
        }

        binding.Run();
        return binding.Output(OneShotContract.Identity).Floats.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        session.Dispose();
    }
}
