using System.Runtime.CompilerServices;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Calibrate;

/// <summary>Reads sets of pictures with known gaze: label files of pictures (a line a picture, which it names) and truth files of clips (a line a frame, the clip beside them).</summary>
/// <param name="tools">Decodes clips.</param>
/// <param name="pool">Where frames are rented from.</param>
/// <param name="every">Take every so many frames of a clip: neighbours say the same thing twice.</param>
internal sealed class CalibrationSets(FfmpegTools tools, PixelPool pool, int every)
{
    private const string TruthEnding = ".truth.ndjson";

    /// <summary>The pictures of a set, one after the other. The consumer owns each.</summary>
    /// <param name="path">A label file or a truth file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UserFacingException">The file, or a picture or clip that belongs to it, is missing or unreadable.</exception>
    public IAsyncEnumerable<CalibrationPicture> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"The labels {path} do not exist: name a label file of pictures or the NAME.truth.ndjson of a clip.");
        }

        return path.EndsWith(TruthEnding, StringComparison.Ordinal) ? ReadClipAsync(path, cancellationToken) : ReadPicturesAsync(path, cancellationToken);
    }

    private static async IAsyncEnumerable<CalibrationPicture> ReadPicturesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(path) ?? string.Empty;
        int number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            number++;
            (string file, PinholeCamera camera, IReadOnlyList<TruthPerson> persons) = Parse(path, number, line);
            string picture = Path.Combine(folder, file);
            Mat bgr = File.Exists(picture) ? Cv2.ImRead(picture, ImreadModes.Color) : new Mat();
            if (bgr.Empty())
            {
                bgr.Dispose();
                throw new UserFacingException(
                    File.Exists(picture) ? FailureKind.InputUnreadable : FailureKind.InputMissing,
                    $"The picture {picture}, named in line {number} of {path}, cannot be read: put the pictures beside their labels.");
            }

            yield return new(Path.GetFileName(path), bgr, camera, persons);
        }
    }

    private static (string File, PinholeCamera Camera, IReadOnlyList<TruthPerson> Persons) Parse(string path, int number, string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement, camera = root.GetProperty("intrinsics_px");
            return (
                root.GetProperty("file").GetString()!,
                new(camera[0].GetSingle(), new(camera[2].GetSingle(), camera[3].GetSingle())),
                GazeTruth.Persons(root));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new UserFacingException(FailureKind.InputUnreadable, $"Line {number} of {path} labels no picture: each needs file, intrinsics_px and persons.", failure);
        }
    }

    private async IAsyncEnumerable<CalibrationPicture> ReadClipAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string clip = path[..^TruthEnding.Length] + ".mp4";
        MediaInfo media = await new MediaProbe(tools).ReadAsync(clip, cancellationToken).ConfigureAwait(false);
        using IEnumerator<TruthFrame> truth = GazeTruth.Enumerate(path).GetEnumerator();
        await foreach (VideoFrame frame in new VideoSource(media, pool, tools, new DecodeOptions()).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            using VideoFrame owned = frame;
            if (!truth.MoveNext())
            {
                yield break;
            }

            if (frame.Stamp.Index % every != 0 || truth.Current.Persons.Count == 0)
            {
                continue;
            }

            int width = frame.Pixels.Spec.Width, height = frame.Pixels.Spec.Height;
            Mat bgr = new(height, width, MatType.CV_8UC3);
            FramePixels.ReadBgr(frame.Pixels, media.Video.Color, new Rect(0, 0, width, height), bgr);
            float focal = (float)(truth.Current.FocalRatio * Math.Max(width, height));
            yield return new(Path.GetFileName(clip), bgr, new(focal, new(width / 2f, height / 2f)), truth.Current.Persons);
        }
    }
}
