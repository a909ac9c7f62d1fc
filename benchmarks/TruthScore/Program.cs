// Scores a swapped video against the rendered true swap of the same clip, inside the face. See benchmarks/README.md.
// usage: dotnet run -c Release --project benchmarks/TruthScore -- TRUE_SWAP.mp4 TRUE_SWAP.truth.ndjson VIDEO...
using System.Globalization;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Benchmarks.TruthScore;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;

if (args.Length < 3)
{
    Console.Error.WriteLine("usage: TruthScore TRUE_SWAP.mp4 TRUE_SWAP.truth.ndjson VIDEO...");
    return 2;
}

Point[][] hulls = [.. File.ReadLines(args[1]).Select(FaceHull)];
Console.WriteLine("video | frames | SSIM in face | mean absolute difference in face (0..255)");
Console.WriteLine("---|---|---|---");
foreach (string path in args[2..])
{
    var pool = new PixelPool();
    await using IAsyncEnumerator<VideoFrame> truth = await Frames(args[0], pool);
    await using IAsyncEnumerator<VideoFrame> video = await Frames(path, pool);
    List<FaceDifference> differences = [];
    int index = 0;
    while (await truth.MoveNextAsync() && await video.MoveNextAsync())
    {
        using VideoFrame a = truth.Current, b = video.Current;
        if (hulls[index++] is { Length: > 2 } hull)
        {
            differences.Add(Compare(a, b, hull));
        }
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.GetFileName(path)} | {differences.Count} | {differences.Average(d => d.Ssim):0.0000} | {differences.Average(d => d.MeanAbsolute):0.00}"));
}

return 0;

static async Task<IAsyncEnumerator<VideoFrame>> Frames(string path, PixelPool pool)
{
    FfmpegTools tools = FfmpegTools.Locate();
    MediaInfo media = await new MediaProbe(tools).ReadAsync(path, default);
    return new VideoSource(media, pool, tools, new DecodeOptions()).ReadAsync(default).GetAsyncEnumerator();
}

// The convex hull of the 68 truth landmarks: brows to chin, without the forehead.
static Point[] FaceHull(string line)
{
    using JsonDocument frame = JsonDocument.Parse(line);
    JsonElement persons = frame.RootElement.GetProperty("persons");
    return persons.GetArrayLength() == 0
        ? []
        : Cv2.ConvexHull(persons[0].GetProperty("landmarks68_px").EnumerateArray().Select(point => new Point((int)point[0].GetDouble(), (int)point[1].GetDouble())));
}

static FaceDifference Compare(VideoFrame a, VideoFrame b, Point[] hull)
{
    PixelSpec spec = a.Pixels.Spec;
    Rect box = Cv2.BoundingRect(hull);
    box.Inflate(12, 12);
    box &= new Rect(0, 0, spec.Width, spec.Height);
    ColorSpec color = new(YuvMatrix.Bt709, FullRange: false);
    using Mat x = new(box.Size, MatType.CV_8UC3), y = new(box.Size, MatType.CV_8UC3), region = new(box.Size, MatType.CV_8UC1, Scalar.All(0));
    FramePixels.ReadBgr(a.Pixels, color, box, x);
    FramePixels.ReadBgr(b.Pixels, color, box, y);
    Cv2.FillConvexPoly(region, hull.Select(point => point - box.Location), Scalar.All(255));
    return FaceDifference.Between(x, y, region);
}
