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
    // Below this the network says there is no face: a predicted place is then given up, a detected one too (a false alarm of the detector).
    private const float LeastScore = 0.5f;

    // A last mesh helps only while it lies where the face is now.
    private const float LeastOverlap = 0.4f;

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
        FaceMesh mesh = estimator.Estimate(PictureView.Of(frame.Pixels, color), Region(face, memory));
        if (mesh.Score < LeastScore && memory is not null)
        {
            // The last mesh may have led astray: ask again where the detector points.
            mesh = estimator.Estimate(PictureView.Of(frame.Pixels, color), MeshCrop.From(face.Face));
        }

        if (mesh.Score < LeastScore)
        {
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

    private static SimilarityTransform Region(TrackedFace face, Memory? memory)
    {
        if (memory is null || memory.Box.IntersectionOverUnion(face.Face.Box) < LeastOverlap)
        {
            return MeshCrop.From(face.Face);
        }

        Vector2 shift = new(
            face.Face.Box.X + (face.Face.Box.Width / 2) - memory.Box.X - (memory.Box.Width / 2),
            face.Face.Box.Y + (face.Face.Box.Height / 2) - memory.Box.Y - (memory.Box.Height / 2));
        return MeshCrop.From(memory.Mesh.Transformed(new(1, 0, shift.X, shift.Y)));
    }

    private sealed record Memory(FaceMesh Mesh, FaceBox Box, LandmarkSmoother Smoother);
}
