using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Align;

/// <summary>Measures each chosen face's mesh, steadies it, and cuts the face out as the generator wants it. Remembers each track's last mesh, so frames come in order.</summary>
/// <param name="estimator">The mesh network; stays the caller's.</param>
/// <param name="color">How frames are to be read.</param>
/// <param name="template">Where the generator wants eyes, nose and mouth.</param>
/// <param name="cropSize">Side of the generator's input in pixels.</param>
/// <param name="pool">Where crops are rented from.</param>
internal sealed class AlignStage(FaceMeshEstimator estimator, ColorSpec color, AlignmentTemplate template, int cropSize, PixelPool pool)
    : IFrameStage<FrameWith<TrackedFace>, FrameWith<AlignedFace>>
{
    // Overlap of a face's box with its last one from which the last mesh alone places the network's crop. Detector boxes jitter, and the crop's jitter
    // becomes the mesh's: its jitter is a fifth less than with crops moved along with the box (sample-videos/talk.mp4).
    private const float Still = 0.7f;

    // Overlap from which the last mesh, moved along with the box, still tells size and tilt.
    private const float Moved = 0.4f;

    private readonly Dictionary<int, Memory> memories = [];

    /// <inheritdoc/>
    public string Name => "align";

    /// <inheritdoc/>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <inheritdoc/>
    public ValueTask<FrameWith<AlignedFace>> ProcessAsync(FrameWith<TrackedFace> item, CancellationToken cancellationToken)
    {
        List<AlignedFace> aligned = [];
        try
        {
            Forget(item.Faces);
            foreach (TrackedFace face in item.Faces)
            {
                if (Align(item.Frame, face) is { } done)
                {
                    aligned.Add(done);
                }
            }
        }
        catch
        {
            aligned.ForEach(face => face.Dispose());
            throw;
        }

        return ValueTask.FromResult(new FrameWith<AlignedFace>(item.Frame, aligned));
    }

    private AlignedFace? Align(VideoFrame frame, TrackedFace face)
    {
        Memory? memory = memories.GetValueOrDefault(face.TrackId);
        FaceMesh mesh = Measure(PictureView.Of(frame.Pixels, color), face.Face, memory);
        if (mesh.Score < FaceMeshEstimator.MinimumScore)
        {
            // A predicted place without a face is given up; so is a detected one: a false alarm of the detector.
            memories.Remove(face.TrackId);
            return null;
        }

        LandmarkSmoother smoother = memory?.Smoother ?? new LandmarkSmoother();
        FaceMesh smooth = smoother.Next(frame.Stamp.Seconds, mesh);
        memories[face.TrackId] = new(mesh, face.Face.Box, smoother);
        SimilarityTransform toCrop = template.TransformFrom(MeshTopology.FivePoints(smooth), cropSize);
        PixelBuffer crop = pool.Rent(new PixelSpec(cropSize, cropSize, PixelFormat.Bgr24));
        try
        {
            FramePixels.WarpToBgr(frame.Pixels, color, toCrop, crop);
        }
        catch
        {
            crop.Dispose();
            throw;
        }

        return new AlignedFace(face, mesh, smooth, toCrop, crop);
    }

    private FaceMesh Measure(PictureView picture, DetectedFace face, Memory? memory)
    {
        float overlap = memory?.Box.IntersectionOverUnion(face.Box) ?? 0;
        if (memory is null || overlap < Moved)
        {
            return estimator.EstimateTwice(picture, face);
        }

        Vector2 shift = overlap >= Still
            ? Vector2.Zero
            : new(face.Box.X + (face.Box.Width / 2) - memory.Box.X - (memory.Box.Width / 2), face.Box.Y + (face.Box.Height / 2) - memory.Box.Y - (memory.Box.Height / 2));
        FaceMesh mesh = estimator.Estimate(picture, MeshCrop.Around(memory.Mesh.Transformed(new(1, 0, shift.X, shift.Y)), FaceMeshEstimator.InputSide));

        // The last mesh may have led astray: ask again where the detector points.
        return mesh.Score < FaceMeshEstimator.MinimumScore ? estimator.EstimateTwice(picture, face) : mesh;
    }

    /// <summary>A track that is not here any more has ended; its id never comes back.</summary>
    private void Forget(IReadOnlyList<TrackedFace> present)
    {
        foreach (int gone in memories.Keys.Where(id => present.All(face => face.TrackId != id)).ToArray())
        {
            memories.Remove(gone);
        }
    }

    private sealed record Memory(FaceMesh Mesh, FaceBox Box, LandmarkSmoother Smoother);
}
