using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Align;

/// <summary>Cuts an upright crop of 256 pixels and has a network find the 478 points of the face in it: MediaPipe's or ours, whichever the file is. Not thread-safe.</summary>
internal sealed class FaceMeshEstimator : IDisposable
{
    /// <summary>Side of the crop in pixels.</summary>
    public const int InputSide = 256;

    /// <summary>Below this score there is no face to speak of; MediaPipe's own default.</summary>
    public const float MinimumScore = 0.5f;

    private readonly IMeshNetwork network;
    private readonly PixelBuffer crop;
    private readonly float[] planes = GC.AllocateArray<float>(3 * InputSide * InputSide, pinned: true);

    /// <summary>Checks the network and prepares its buffers; the session stays the caller's.</summary>
    /// <exception cref="Faces.Failures.UserFacingException">The network is neither of these.</exception>
    public FaceMeshEstimator(OnnxSession model, PixelPool pool)
    {
        network = model.Inputs.Any(input => input.Name == LandmarkMesh.Input) ? new LandmarkMesh(model) : new MediaPipeMesh(model);
        crop = pool.Rent(new PixelSpec(InputSide, InputSide, PixelFormat.Bgr24));
    }

    /// <summary>Measures the mesh of the face in a crop.</summary>
    /// <param name="picture">Where the face is.</param>
    /// <param name="toCrop">Picture pixels to the network's 256-pixel crop (see <see cref="MeshCrop"/>).</param>
    /// <returns>Picture pixels. Its score tells whether there is a face at all.</returns>
    public FaceMesh Estimate(PictureView picture, SimilarityTransform toCrop)
    {
        picture.WarpTo(toCrop, crop);
        using (Mat bgr = Mat.FromPixelData(InputSide, InputSide, MatType.CV_8UC3, crop.PinnedArray))
        {
            PlanarInput.Write(bgr, planes, redFirst: true, offset: 0, scale: 1 / 255.0);
        }

        return network.Measure(planes).Transformed(toCrop.Inverse());
    }

    /// <summary>Measures a face of which only the detector's box is known: the first mesh places the crop of the second, so the result hardly depends on the box.</summary>
    public FaceMesh EstimateTwice(PictureView picture, DetectedFace face)
    {
        FaceMesh first = Estimate(picture, DetectionCrop.Around(face, InputSide));
        return first.Score < MinimumScore ? first : Estimate(picture, MeshCrop.Around(first, InputSide));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        crop.Dispose();
    }
}
