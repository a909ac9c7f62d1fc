using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Blend;

/// <summary>
/// Lays the new faces into the frame, and cuts each face's picture before and after for the gaze branch where there is one. The frame goes on, changed in place;
/// what the generator made goes back to the pool.
/// </summary>
/// <param name="pool">Lends the gaze crops.</param>
/// <param name="color">How the frames' samples are to be read.</param>
/// <param name="options">Edge, colours, sharpness, profiles.</param>
/// <param name="gaze">What the gaze branch looks at; null where gaze is not measured.</param>
/// <param name="keepEyes">Whether the frame around the eyes is kept as it was, for a repair.</param>
public sealed class BlendStage(PixelPool pool, ColorSpec color, BlendOptions? options = null, GazeRegion? gaze = null, bool keepEyes = false)
    : IFrameStage<FrameWith<SwappedFace>, FrameWith<BlendedFace>>, IDisposable
{
    private readonly BlendOptions options = options ?? new();
    private readonly Dictionary<int, TrackMemory> memories = [];

    /// <inheritdoc/>
    public string Name => "blend";

    /// <inheritdoc/>
    /// <remarks>In order: colours and masks of a track are smoothed over time.</remarks>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <inheritdoc/>
    public ValueTask<FrameWith<BlendedFace>> ProcessAsync(FrameWith<SwappedFace> item, CancellationToken cancellationToken)
    {
        PixelBuffer frame = item.Frame.Pixels;
        double seconds = item.Frame.Stamp.Seconds;
        Forget(seconds);

        int count = item.Faces.Count;
        var transforms = new SimilarityTransform[count];
        var sources = new PixelBuffer?[count];
        var outputs = new PixelBuffer?[count];
        var originals = new OriginalEyes?[count];
        var opacities = new double[count];
        try
        {
            // All sources first: where two faces overlap, the second's source must not show the first's swap.
            for (int i = 0; i < count; i++)
            {
                if (gaze is { } region)
                {
                    transforms[i] = GazeCrop.TransformFor(item.Faces[i].Aligned.SmoothMesh, region);
                    sources[i] = Cut(frame, transforms[i], region);
                }

                originals[i] = keepEyes || options.TargetEyes ? OriginalEyes.Of(frame, color, item.Faces[i].Aligned.RawMesh, pool) : null;
            }

            for (int i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TrackMemory memory = MemoryOf(item.Faces[i].Aligned.Track.TrackId, seconds);
                if (options.Irises is { } irises && originals[i] is { } kept)
                {
                    // Before anything is laid: a gate's repair lays the same eyes once more.
                    IrisColour.Give(kept, item.Faces[i].Aligned.RawMesh, irises, memory);
                }

                opacities[i] = FaceBlender.Blend(frame, color, item.Faces[i], options, memory);
                if (options.TargetEyes && opacities[i] > 0 && originals[i] is { } eyes)
                {
                    EyeRepair.Lay(frame, color, eyes, item.Faces[i].Aligned.RawMesh, EyeExtent.Openings);
                }
            }

            for (int i = 0; i < count; i++)
            {
                if (gaze is { } region)
                {
                    outputs[i] = Cut(frame, transforms[i], region);
                }
            }
        }
        catch
        {
            foreach (IDisposable? kept in (IEnumerable<IDisposable?>)[.. sources, .. outputs, .. originals])
            {
                kept?.Dispose();
            }

            throw;
        }

        if (!keepEyes)
        {
            Array.ForEach(originals, original => original?.Dispose());
            Array.Clear(originals);
        }

        var blended = new BlendedFace[count];
        for (int i = 0; i < count; i++)
        {
            AlignedFace aligned = item.Faces[i].Aligned;
            GazeCrops? crops = sources[i] is { } source && outputs[i] is { } output ? new(transforms[i], source, output) : null;
            blended[i] = new(aligned.Track, aligned.RawMesh, crops, frame.Spec.Width, frame.Spec.Height, opacities[i], originals[i]);
            item.Faces[i].Dispose();
        }

        return ValueTask.FromResult(new FrameWith<BlendedFace>(item.Frame, blended));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TrackMemory memory in memories.Values)
        {
            memory.Dispose();
        }

        memories.Clear();
    }

    private PixelBuffer Cut(PixelBuffer frame, SimilarityTransform toCrop, GazeRegion region)
    {
        PixelBuffer crop = pool.Rent(GazeCrop.SpecOf(region));
        try
        {
            FramePixels.WarpToBgr(frame, color, toCrop, crop);
            return crop;
        }
        catch
        {
            crop.Dispose();
            throw;
        }
    }

    private TrackMemory MemoryOf(int track, double seconds)
    {
        if (!memories.TryGetValue(track, out TrackMemory? memory))
        {
            memory = new();
            memories.Add(track, memory);
        }

        memory.Advance(seconds);
        return memory;
    }

    private void Forget(double seconds)
    {
        foreach ((int track, TrackMemory memory) in memories)
        {
            if (memory.IsStale(seconds))
            {
                memories.Remove(track);
                memory.Dispose();
            }
        }
    }
}
