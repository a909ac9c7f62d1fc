using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Swap.OneShot;

/// <summary>Runs a one-shot generator for one person, whose skin and shape it lays onto every face first.</summary>
internal sealed class OneShotSwapper : IFaceSwapper
{
    private readonly OnnxSession session;
    private readonly OneShotLayout layout;
    private readonly FaceTexture person;
    private readonly IdleBuffers<Worker> idle;
    private FeaturePlacement placement = FeaturePlacement.None;

    private OneShotSwapper(OnnxSession session, OneShotLayout layout, FaceTexture person, Vector3? irises)
    {
        this.session = session;
        this.layout = layout;
        this.person = person;
        Irises = irises;
        idle = new(() => new(session.Bind(), new(layout.Size)));
        Model = new ModelRecord("face generator", session.FileName, session.Sha256);
    }

    /// <inheritdoc/>
    public AlignmentTemplate Template => layout.Template;

    /// <inheritdoc/>
    public int CropSize => layout.Size;

    /// <inheritdoc/>
    public int FaceSize => layout.Size;

    /// <inheritdoc/>
    public bool KeepsEyes => true;

    /// <inheritdoc/>
    public Vector3? Irises { get; }

    /// <inheritdoc/>
    public ModelRecord Model { get; }

    /// <inheritdoc/>
    public string Provider => session.Provider;

    /// <summary>Takes a session over and runs it once, so that a file that cannot run is found before the video is touched.</summary>
    /// <param name="session">A one-shot generator; belongs to the result, and to the caller where this throws.</param>
    /// <param name="layout">Of the generator.</param>
    /// <param name="person">The person put in.</param>
    /// <param name="irises">The person's irises as shares of the white of the eye (<see cref="IrisReading.Share"/>); null where no photo shows them.</param>
    /// <exception cref="UserFacingException">The file gives no numbers.</exception>
    public static OneShotSwapper Over(OnnxSession session, OneShotLayout layout, FaceTexture person, Vector3? irises)
    {
        OneShotSwapper swapper = new(session, layout, person, irises);
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
    public bool MeetsTarget => true;

    /// <inheritdoc/>
    public void Meet(IReadOnlyList<FaceMesh> target) => placement = person.PlacementOn(target);

    /// <inheritdoc/>
    public void Swap(PixelBuffer crop, FaceMesh mesh, PixelBuffer face, PixelBuffer mask)
    {
        SwapperBuffers.Expect(crop, layout.Size, PixelFormat.Bgr24);
        SwapperBuffers.Expect(face, layout.Size, PixelFormat.Bgr24);
        SwapperBuffers.Expect(mask, layout.Size, PixelFormat.Gray8);
        Worker worker = idle.Take();
        try
        {
            using (Mat picture = PlaneView.Of(crop))
            using (Mat input = View(worker.Binding.Input(OneShotContract.Target), MatType.CV_32FC3))
            {
                picture.ConvertTo(input, MatType.CV_32FC3, 1 / 255.0);
            }

            TexturePhoto seen = new(mesh, crop.PinnedArray, layout.Size, layout.Size);
            person.Draw(mesh, worker.Raster, worker.Binding.Input(OneShotContract.Source).Floats, FaceLight.Of(seen), placement);
            worker.Binding.Run();
            using Mat newFace = View(worker.Binding.Output(OneShotContract.Face), MatType.CV_32FC3), newMask = View(worker.Binding.Output(OneShotContract.Mask), MatType.CV_32FC1);
            using Mat faceView = PlaneView.Of(face), maskView = PlaneView.Of(mask);
            newFace.ConvertTo(faceView, MatType.CV_8UC3, 255);
            newMask.ConvertTo(maskView, MatType.CV_8UC1, 255);
        }
        finally
        {
            idle.Return(worker);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        idle.Dispose();
        session.Dispose();
    }

    private Mat View(OnnxTensor tensor, MatType type) => Mat.FromPixelData(CropSize, CropSize, type, tensor.Address);

    private void TryOut()
    {
        Worker worker = idle.Take();
        idle.Return(worker);
        worker.Binding.Input(OneShotContract.Target).Floats.Fill(0.5f);
        worker.Binding.Input(OneShotContract.Source).Floats.Fill(0.5f);
        worker.Binding.Run();
        foreach (string output in (ReadOnlySpan<string>)[OneShotContract.Face, OneShotContract.Mask])
        {
            foreach (float value in worker.Binding.Output(output).Floats)
            {
                if (!float.IsFinite(value))
                {
                    throw new UserFacingException(
                        FailureKind.ModelInvalid,
                        $"The generator '{session.Path}' cannot be used: its output {output} is not finite on a grey crop; its weights are damaged or its training diverged; export it again from an earlier checkpoint.");
                }
            }
        }
    }

    /// <summary>What one face at a time needs.</summary>
    private sealed record Worker(OnnxBinding Binding, MeshRaster Raster) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Binding.Dispose();
    }
}
