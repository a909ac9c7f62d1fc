using OpenCvSharp;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Benchmarks.FaceNetworks;

/// <summary>The pictures of a clip (every n-th frame, as far as it decodes) or of a folder of photos, as 8-bit BGR.</summary>
internal static class Pictures
{
    /// <summary>One after the other; each is the caller's.</summary>
    public static async IAsyncEnumerable<(string Name, Mat Picture)> Of(string source, int every)
    {
        if (Directory.Exists(source))
        {
            foreach (string file in Directory.EnumerateFiles(source).Where(FacePhotoReader.IsPhoto).Order(StringComparer.Ordinal))
            {
                yield return (Path.GetFileNameWithoutExtension(file), Cv2.ImRead(file));
            }

            yield break;
        }

        FfmpegTools tools = FfmpegTools.Locate();
        MediaInfo media = await new MediaProbe(tools).ReadAsync(source, CancellationToken.None).ConfigureAwait(false);
        await foreach (VideoFrame frame in new VideoSource(media, new PixelPool(), tools, new DecodeOptions(AllowDamaged: true)).ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            using (frame)
            {
                if (frame.Stamp.Index % every == 0)
                {
                    PixelSpec spec = frame.Pixels.Spec;
                    var picture = new Mat(spec.Height, spec.Width, MatType.CV_8UC3);
                    FramePixels.ReadBgr(frame.Pixels, media.Video.Color, new Rect(0, 0, spec.Width, spec.Height), picture);
                    yield return (FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(source)}_{frame.Stamp.Index:000000}"), picture);
                }
            }
        }
    }
}
