using System.Text;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Extract;

/// <summary>Writes a frame set: whole pictures and <c>frames.ndjson</c>, which gets its name only when all is there. Pictures of a run that failed stay; the list is what counts.</summary>
internal sealed class FrameSetWriter : IDisposable
{
    // The encoder's artefacts must not become what training learns to tell frames by.
    private static readonly ImageEncodingParam[] Jpeg = [new(ImwriteFlags.JpegQuality, 95)];
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string folder;
    private readonly StreamWriter list;

    /// <summary>Opens a frame set for writing.</summary>
    /// <exception cref="UserFacingException">The folder holds one already and <paramref name="overwrite"/> is false, or cannot be written.</exception>
    public FrameSetWriter(string folder, bool overwrite)
    {
        this.folder = folder;
        if (!overwrite && File.Exists(Path.Combine(folder, FrameSample.ListName)))
        {
            throw new UserFacingException(FailureKind.OutputExists, $"{folder} holds a frame set already; give another folder or --overwrite.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            list = new StreamWriter(PartialList, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"{folder} cannot be written ({failure.Message}); choose a folder you may write to.", failure);
        }
    }

    /// <summary>Pictures written so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Faces on them.</summary>
    public long Faces { get; private set; }

    private string PartialList => Path.Combine(folder, FrameSample.ListName + ".partial");

    /// <summary>Writes one picture and its line.</summary>
    public void Add(Mat bgr, string source, long index, IReadOnlyList<DetectedFace> faces)
    {
        string file = FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(source)}_{index:000000}.jpg");
        if (!Cv2.ImWrite(Path.Combine(folder, file), bgr, Jpeg))
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"{Path.Combine(folder, file)} could not be written; check that the disk has room.");
        }

        list.WriteLine(JsonSerializer.Serialize(new FrameSample(file, Path.GetFileName(source), index, bgr.Width, bgr.Height, [.. faces.Select(Sample)]), Json));
        Frames++;
        Faces += faces.Count;
    }

    /// <summary>Gives the list its final name.</summary>
    public void Commit()
    {
        list.Dispose();
        File.Move(PartialList, Path.Combine(folder, FrameSample.ListName), overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => list.Dispose();

    private static FrameFace Sample(DetectedFace face) => new(
        [Rounded(face.Box.X), Rounded(face.Box.Y), Rounded(face.Box.Width), Rounded(face.Box.Height)],
        [.. face.Points.Select(point => new[] { Rounded(point.X), Rounded(point.Y) })],
        MathF.Round(face.Score, 3));

    private static float Rounded(float pixels) => MathF.Round(pixels, 2);
}
