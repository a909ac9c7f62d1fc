using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Tests.Pixels;
using VideoGaze.Stages.Track;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Align;

/// <summary>Two mesh networks on the same frames of a clip, each following the face by itself, as in a run.</summary>
internal sealed class MeshComparison
{
    private readonly List<(FaceMesh? Ours, FaceMesh? Theirs)> frames = [];

    /// <summary>Frames in which both see the largest face.</summary>
    public int Both => frames.Count(pair => pair is { Ours: not null, Theirs: not null });

    /// <summary>Frames in which the network compared with sees it.</summary>
    public int Theirs => frames.Count(pair => pair.Theirs is not null);

    /// <summary>Median over frames of the mean distance of the 68 points, share of the distance of the outer eye corners.</summary>
    public double Landmarks => Median(Pairs.Select(pair => Distance(pair, MeshTopology.Ibug68)));

    /// <summary>The same of lids and corners of the eyes.</summary>
    public double Lids => Median(Pairs.Select(pair => Distance(pair, [.. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightEye])));

    /// <summary>The same of iris centres, share of the eyes' width.</summary>
    public double Irises => Median(Pairs.Select(pair => Distance(pair, [MeshTopology.ImageLeftIrisCentre, MeshTopology.ImageRightIrisCentre]) * Eyes(pair.Theirs) / EyeWidth(pair.Theirs)));

    /// <summary>Median angle between head poses, degrees.</summary>
    public double HeadDegrees => Median(Pairs.Select(pair => HeadPose.AngularDistance(HeadPose.FromMesh(pair.Ours), HeadPose.FromMesh(pair.Theirs)) * 180 / Math.PI));

    /// <summary>Frames with shut eyes by each, and by both.</summary>
    public (int Ours, int Theirs, int Both) Shut
    {
        get
        {
            BlinkDetector ours = new(), theirs = new();
            (int Ours, int Theirs, int Both) count = default;
            foreach ((FaceMesh a, FaceMesh b) in Pairs)
            {
                bool shutA = ours.Next(EyePair.FromMesh(a).Openness), shutB = theirs.Next(EyePair.FromMesh(b).Openness);
                count = (count.Ours + (shutA ? 1 : 0), count.Theirs + (shutB ? 1 : 0), count.Both + (shutA && shutB ? 1 : 0));
            }

            return count;
        }
    }

    /// <summary>Root mean square second difference of the eye corners, share of the eye distance; what the head itself does is the same for both.</summary>
    public (double Ours, double Theirs) Jitter => (JitterOf(pair => pair.Ours), JitterOf(pair => pair.Theirs));

    private IEnumerable<(FaceMesh Ours, FaceMesh Theirs)> Pairs => frames.Where(pair => pair is { Ours: not null, Theirs: not null }).Select(pair => (pair.Ours!, pair.Theirs!));

    /// <summary>Measures up to <paramref name="count"/> frames.</summary>
    /// <param name="clip">Video file.</param>
    /// <param name="ours">ONNX file of the network that is judged.</param>
    /// <param name="count">Frames at most.</param>
    /// <param name="onFrame">Given frame, picture and both meshes.</param>
    public static async Task<MeshComparison> OfAsync(string clip, string ours, int count, Action<int, Mat, FaceMesh?, FaceMesh?>? onFrame = null)
    {
        var comparison = new MeshComparison();
        using OnnxSession detector = OnnxSession.Load(SharedAssets.Model("yunet_n_dynamic.onnx"), new(InferenceDevice.Cpu));
        using OnnxSession first = OnnxSession.Load(ours, new(InferenceDevice.Cpu)), second = OnnxSession.Load(SharedAssets.Model("mediapipe_face_landmarks_478.onnx"), new(InferenceDevice.Cpu));
        var pool = new PixelPool();
        using var detect = new DetectStage(detector, Pictures.Hd);
        using FaceMeshEstimator ourMesh = new(first, pool), theirMesh = new(second, pool);
        TrackStage track = new(new FaceTracker(), new LargestFace());
        AlignStage align = new(ourMesh, Pictures.Hd, AlignmentTemplate.DflWholeFace, 64, pool), theirAlign = new(theirMesh, Pictures.Hd, AlignmentTemplate.DflWholeFace, 64, pool);
        using var video = new VideoCapture(clip, VideoCaptureAPIs.FFMPEG);
        using var picture = new Mat();
        for (int index = 0; index < count && video.Read(picture); index++)
        {
            var frame = new VideoFrame(new FrameStamp(index, index, new Rational(1, 30)), Pictures.Frame(pool, picture, Pictures.Hd));
            FrameWith<TrackedFace> tracked = await track.ProcessAsync(await detect.ProcessAsync(frame, CancellationToken.None), CancellationToken.None);

            // The second pass gets the same faces on a frame of its own, because a step owns what it is given.
            var copy = new FrameWith<TrackedFace>(new VideoFrame(frame.Stamp, Pictures.Frame(pool, picture, Pictures.Hd)), [.. tracked.Faces]);
            using FrameWith<AlignedFace> a = await align.ProcessAsync(tracked, CancellationToken.None), b = await theirAlign.ProcessAsync(copy, CancellationToken.None);
            (FaceMesh? mine, FaceMesh? other) = (a.Faces.Count > 0 ? a.Faces[0].RawMesh : null, b.Faces.Count > 0 ? b.Faces[0].RawMesh : null);
            comparison.frames.Add((mine, other));
            onFrame?.Invoke(index, picture, mine, other);
        }

        return comparison;
    }

    private double JitterOf(Func<(FaceMesh Ours, FaceMesh Theirs), FaceMesh> which)
    {
        Vector2[] middles = [.. Pairs.Select(pair => Middle(which(pair)) / Eyes(pair.Theirs))];
        double sum = 0;
        for (int i = 1; i < middles.Length - 1; i++)
        {
            sum += (middles[i + 1] - (2 * middles[i]) + middles[i - 1]).LengthSquared();
        }

        return middles.Length > 2 ? Math.Sqrt(sum / (middles.Length - 2)) : 0;
    }

    private static double Distance((FaceMesh Ours, FaceMesh Theirs) pair, IReadOnlyList<int> points) =>
        points.Average(i => Vector2.Distance(pair.Ours.At(i), pair.Theirs.At(i))) / Eyes(pair.Theirs);

    private static Vector2 Middle(FaceMesh mesh) =>
        (mesh.At(MeshTopology.ImageLeftEyeOuterCorner) + mesh.At(MeshTopology.ImageLeftEyeInnerCorner) + mesh.At(MeshTopology.ImageRightEyeInnerCorner) + mesh.At(MeshTopology.ImageRightEyeOuterCorner)) / 4;

    private static float Eyes(FaceMesh mesh) => Vector2.Distance(mesh.At(MeshTopology.ImageLeftEyeOuterCorner), mesh.At(MeshTopology.ImageRightEyeOuterCorner));

    private static float EyeWidth(FaceMesh mesh) =>
        (Vector2.Distance(mesh.At(MeshTopology.ImageLeftEyeOuterCorner), mesh.At(MeshTopology.ImageLeftEyeInnerCorner)) + Vector2.Distance(mesh.At(MeshTopology.ImageRightEyeOuterCorner), mesh.At(MeshTopology.ImageRightEyeInnerCorner))) / 2;

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is { Length: > 0 } sorted ? sorted[sorted.Length / 2] : double.NaN;
}
