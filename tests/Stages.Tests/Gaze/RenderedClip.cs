using System.Numerics;
using System.Runtime.CompilerServices;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Gaze;

/// <summary>
/// Reads a rendered clip with its truth. Faces are found from the truth's boxes instead of by a detector, so that these tests judge the gaze branch alone;
/// the mesh is the real one, run twice as a tracker would settle.
/// </summary>
internal sealed class RenderedClip : IDisposable
{
    private readonly OnnxSession session = OnnxSession.Load(SharedAssets.Model("mediapipe_face_landmarks_478.onnx"));
    private readonly OnnxBinding binding;
    private readonly PixelBuffer input;

    public RenderedClip()
    {
        binding = session.Bind();
        input = Pool.Rent(new PixelSpec(256, 256, PixelFormat.Bgr24));
    }

    public PixelPool Pool { get; } = new();

    public static string Truth(string clip) => Path.ChangeExtension(clip, null) + ".truth.ndjson";

    /// <summary>Every <paramref name="step"/>-th of the first <paramref name="count"/> frames with its truth. A frame is given back when the next is asked for.</summary>
    public async IAsyncEnumerable<(VideoFrame Frame, ColorSpec Color, TruthFrame Truth)> ReadAsync(string clip, int count, int step, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FfmpegTools tools = FfmpegTools.Locate();
        MediaInfo media = await new MediaProbe(tools).ReadAsync(clip, cancellationToken);
        IReadOnlyList<TruthFrame> truth = GazeTruth.Read(Truth(clip));
        await foreach (VideoFrame frame in new VideoSource(media, Pool, tools, new DecodeOptions()).ReadAsync(cancellationToken))
        {
            using VideoFrame owned = frame;
            if (frame.Stamp.Index >= count)
            {
                break;
            }

            if (frame.Stamp.Index % step == 0)
            {
                yield return (frame, media.Video.Color, truth[(int)frame.Stamp.Index]);
            }
        }
    }

    /// <summary>The frame's faces, cut out with meshes of their own.</summary>
    public SightedFrame Sight(VideoFrame frame, ColorSpec color, TruthFrame truth)
    {
        var faces = new List<SightedFace>();
        foreach (TruthPerson person in truth.Persons)
        {
            if (person.Box.X + (person.Box.Width / 2) < 0 || person.Box.X + (person.Box.Width / 2) > truth.Width)
            {
                continue;
            }

            FaceMesh mesh = Mesh(frame, color, person.Box);
            SimilarityTransform toCrop = GazeCrop.TransformFor(mesh);
            PixelBuffer crop = Pool.Rent(new PixelSpec(GazeCrop.Side, GazeCrop.Side, PixelFormat.Bgr24));
            FramePixels.WarpToBgr(frame.Pixels, color, toCrop, crop);
            faces.Add(new(new TrackedFace(faces.Count + 1, new DetectedFace(person.Box, [], 1), true), mesh, toCrop, crop));
        }

        return new(frame.Stamp, frame.Stamp.Seconds, truth.Width, truth.Height, faces);
    }

    public void Dispose()
    {
        input.Dispose();
        binding.Dispose();
        session.Dispose();
    }

    private FaceMesh Mesh(VideoFrame frame, ColorSpec color, FaceBox box)
    {
        double scale = 256 / (1.5 * Math.Max(box.Width, box.Height));
        var toInput = new SimilarityTransform(scale, 0, 128 - (scale * (box.X + (box.Width / 2))), 128 - (scale * (box.Y + (box.Height / 2))));
        FaceMesh mesh = Run(frame, color, toInput);
        SimilarityTransform settled = GazeCrop.TransformFor(mesh).Then(new SimilarityTransform(256.0 / GazeCrop.Side, 0, 0, 0));
        return Run(frame, color, settled);
    }

    private FaceMesh Run(VideoFrame frame, ColorSpec color, SimilarityTransform toInput)
    {
        FramePixels.WarpToBgr(frame.Pixels, color, toInput, input);
        float[] planes = new float[3 * 65536];
        Span<byte> bytes = input.Bytes;
        for (int i = 0; i < 65536; i++)
        {
            planes[i] = bytes[(3 * i) + 2] / 255f;
            planes[65536 + i] = bytes[(3 * i) + 1] / 255f;
            planes[131072 + i] = bytes[3 * i] / 255f;
        }

        binding.Input(session.Inputs[0].Name).Write(planes);
        binding.Run();
        float[] values = new float[FaceMesh.PointCount * 3];
        binding.Output("Identity").Read(values);
        float[] logit = new float[1];
        binding.Output("Identity_1").Read(logit);
        var points = new Vector3[FaceMesh.PointCount];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new(values[3 * i], values[(3 * i) + 1], values[(3 * i) + 2]);
        }

        return new FaceMesh(points, 1 / (1 + MathF.Exp(-logit[0]))).Transformed(toInput.Inverse());
    }
}
