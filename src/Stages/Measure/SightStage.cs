using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Measure;

/// <summary>Measures the landmarks of every tracked face, cuts the gaze crops and gives the frame back, or hands it on. In order: the mesh of a face places the crop of its next.</summary>
/// <param name="mesh">Stays the caller's.</param>
/// <param name="video">The stream the frames come from.</param>
/// <param name="pool">Where crops are rented from.</param>
/// <param name="keepPixels">Whether the whole picture goes on with the faces.</param>
internal sealed class SightStage(FaceMeshEstimator mesh, VideoStreamInfo video, PixelPool pool, bool keepPixels = false) : IFrameStage<FrameWith<TrackedFace>, SightedFrame>
{
    private Dictionary<int, FaceMesh> before = [];

    /// <inheritdoc/>
    public string Name => "sight";

    /// <inheritdoc/>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <inheritdoc/>
    public ValueTask<SightedFrame> ProcessAsync(FrameWith<TrackedFace> item, CancellationToken cancellationToken)
    {
        VideoFrame frame = item.Frame;
        var view = PictureView.Of(frame.Pixels, video.Color);
        var seen = new Dictionary<int, FaceMesh>();
        var faces = new List<SightedFace>();
        try
        {
            foreach (TrackedFace face in item.Faces)
            {
                if (Measure(view, face) is { } landmarks)
                {
                    seen[face.TrackId] = landmarks;
                    SimilarityTransform toCrop = GazeCrop.TransformFor(landmarks);
                    PixelBuffer crop = pool.Rent(new PixelSpec(GazeCrop.Side, GazeCrop.Side, PixelFormat.Bgr24));
                    faces.Add(new(face, landmarks, toCrop, crop));
                    FramePixels.WarpToBgr(frame.Pixels, video.Color, toCrop, crop);
                }
            }
        }
        catch
        {
            faces.ForEach(face => face.Dispose());
            throw;
        }

        before = seen;

        // Seconds since the stream's own first frame: a copy of a video may begin at another time of its container.
        var start = frame.Stamp with { Pts = frame.Stamp.Pts - video.StartPts };
        var sighted = new SightedFrame(frame.Stamp, start.Seconds, frame.Pixels.Spec.Width, frame.Pixels.Spec.Height, faces)
        {
            Pixels = keepPixels ? frame.Pixels : null,
        };
        if (!keepPixels)
        {
            item.Dispose();
        }

        return ValueTask.FromResult(sighted);
    }

    private FaceMesh? Measure(PictureView view, TrackedFace face)
    {
        if (before.TryGetValue(face.TrackId, out FaceMesh? last) && mesh.Estimate(view, MeshCrop.Around(last, FaceMeshEstimator.InputSide)) is { Score: >= FaceMeshEstimator.MinimumScore } followed)
        {
            return followed;
        }

        FaceMesh fresh = mesh.EstimateTwice(view, face.Face);
        return fresh.Score >= FaceMeshEstimator.MinimumScore ? fresh : null;
    }
}
