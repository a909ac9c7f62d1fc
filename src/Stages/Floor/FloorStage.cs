using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Floor;

/// <summary>Measures faces that were laid back unchanged, and keeps them, so that the same faces can be measured once more when their frames come back from the encoder. Owns what it keeps.</summary>
/// <param name="gaze">Measures, under names of persons that a run does not use; null only lets the picture through.</param>
internal sealed class FloorStage(GazeStage? gaze) : IFrameStage<FrameWith<BlendedFace>, VideoFrame>, IDisposable
{
    private readonly List<(double Seconds, IReadOnlyList<BlendedFace> Faces)> kept = [];

    /// <inheritdoc/>
    public string Name => "floor";

    /// <inheritdoc/>
    public StageConcurrency Concurrency => StageConcurrency.Sequential;

    /// <summary>Frames that passed.</summary>
    public int Frames => kept.Count;

    /// <summary>Errors of the faces as they passed.</summary>
    public List<float> Errors { get; } = [];

    /// <inheritdoc/>
    public ValueTask<VideoFrame> ProcessAsync(FrameWith<BlendedFace> item, CancellationToken cancellationToken)
    {
        double seconds = item.Frame.Stamp.Seconds;
        foreach (BlendedFace face in gaze is null ? [] : item.Faces)
        {
            Add(Errors, gaze!.Measure(Named(face, -2 * face.Track.TrackId), seconds));
        }

        kept.Add((seconds, item.Faces));
        return ValueTask.FromResult(item.Frame);
    }

    /// <summary>Measures the faces of a frame in another picture of it.</summary>
    /// <param name="place">Which frame, from 0.</param>
    /// <param name="picture">As it came back from the encoder; stays the caller's.</param>
    /// <param name="color">How its samples are to be read.</param>
    /// <param name="errors">Errors are added here.</param>
    public void MeasureIn(int place, PixelBuffer picture, ColorSpec color, List<float> errors)
    {
        if (gaze is null || place >= kept.Count)
        {
            return;
        }

        foreach (BlendedFace face in kept[place].Faces)
        {
            FramePixels.WarpToBgr(picture, color, face.Crops!.ToCrop, face.Crops.Output);
            Add(errors, gaze.Measure(Named(face, (-2 * face.Track.TrackId) - 1), kept[place].Seconds));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BlendedFace face in kept.SelectMany(frame => frame.Faces))
        {
            face.Dispose();
        }

        kept.Clear();
    }

    private static BlendedFace Named(BlendedFace face, int person) => face with { Track = face.Track with { TrackId = person } };

    private static void Add(List<float> errors, FaceGazeRecord record)
    {
        if (record.Error is { } error)
        {
            errors.Add((float)error);
        }
    }
}
