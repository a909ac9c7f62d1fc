using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Pipeline.Graph;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Extract;

/// <summary>Writes the aligned faces of one input into a face set and measures what training sorts by: gaze, head pose, openness, sharpness.</summary>
/// <param name="writer">The face set; stays the caller's, who commits it after the last input.</param>
/// <param name="gaze">The reporting estimator; stays the caller's; null leaves gaze out.</param>
/// <param name="source">File name of the input.</param>
/// <param name="template">Name of the alignment template.</param>
/// <param name="every">Take every n-th frame.</param>
/// <param name="onFrame">Told the frame's index after it was written.</param>
internal sealed class FaceSetSink(FaceSetWriter writer, IGazeEstimator? gaze, string source, string template, int every, Action<long>? onFrame) : IFrameSink<FrameWith<AlignedFace>>
{
    /// <inheritdoc/>
    public string Name => "write";

    /// <summary>Crops written by this sink.</summary>
    public long Faces { get; private set; }

    /// <inheritdoc/>
    public ValueTask WriteAsync(FrameWith<AlignedFace> item, CancellationToken cancellationToken)
    {
        FrameStamp stamp = item.Frame.Stamp;
        if (stamp.Index % every == 0)
        {
            foreach (AlignedFace face in item.Faces)
            {
                string stem = Path.GetFileNameWithoutExtension(source);
                Add($"{stem}_{stamp.Index:000000}_{face.Track.TrackId}.png", face, stamp.Index, stamp.Seconds, item.Frame.Pixels.Spec);
            }
        }

        onFrame?.Invoke(stamp.Index);
        item.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes one face.</summary>
    public void Add(string file, AlignedFace face, long frameIndex, double seconds, PixelSpec picture)
    {
        FaceMesh inCrop = face.RawMesh.Transformed(face.ToCrop);
        var head = HeadPose.FromMesh(face.RawMesh);
        using Mat crop = PlaneView.Of(face.Crop);
        writer.Add(crop, new FaceSample(
            file,
            source,
            frameIndex,
            Math.Round(seconds, 6),
            face.Track.TrackId,
            template,
            crop.Width,
            [face.ToCrop.A, face.ToCrop.B, face.ToCrop.Tx, face.ToCrop.Ty],
            [.. inCrop.Points.Select(point => new[] { MathF.Round(point.X, 2), MathF.Round(point.Y, 2) })],
            GazeOf(face, inCrop, head, picture),
            [Math.Round(head.YawDegrees, 2), Math.Round(head.PitchDegrees, 2), Math.Round(head.RollDegrees, 2)],
            [MathF.Round(MeshTopology.ImageLeftEyeAspect(inCrop), 3), MathF.Round(MeshTopology.ImageRightEyeAspect(inCrop), 3)],
            Math.Round(Sharpness(crop), 1),
            Math.Round(face.Track.Face.Score, 3)));
        Faces++;
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask AbandonAsync() => ValueTask.CompletedTask;

    private double[]? GazeOf(AlignedFace face, FaceMesh inCrop, HeadPose head, PixelSpec picture)
    {
        if (gaze is null)
        {
            return null;
        }

        EyePair inFrame = EyePair.FromMesh(face.RawMesh);
        Vector2 between = (inFrame.Left.Centre + inFrame.Right.Centre) / 2;
        var ray = CameraRay.Through(between, picture.Width, picture.Height, CameraRay.DefaultFocalRatio);
        double rotation = face.ToCrop.Rotation;
        GazeEstimate seen = gaze.Estimate(new GazeView(face.Crop, EyePair.FromMesh(inCrop), GazeStage.BoundsOf(face.RawMesh, face.ToCrop), head.Turned(rotation)));
        GazeAngles angles = ray.ToCamera(seen.Combined, rotation);
        return [Math.Round(angles.YawDegrees, 2), Math.Round(angles.PitchDegrees, 2)];
    }

    private static double Sharpness(Mat crop)
    {
        using Mat luma = new(), detail = new();
        Cv2.CvtColor(crop, luma, ColorConversionCodes.BGR2GRAY);
        Cv2.Laplacian(luma, detail, MatType.CV_32F);
        Cv2.MeanStdDev(detail, out _, out Scalar deviation);
        return deviation.Val0 * deviation.Val0;
    }
}
