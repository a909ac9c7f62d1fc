// Reads the frames of videos as every run does, side by side, and gives them back untouched: what remains of a run when nothing is done with its frames. See benchmarks/README.md.
// usage: /usr/bin/time -f "%e s, %U+%S s of processor time" dotnet run --no-build -c Release --project benchmarks/DecodeAlone -- VIDEO...
// ffmpeg's processor time counts only outside, where all processes are seen.
using System.Diagnostics;
using System.Globalization;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Media;

FfmpegTools tools = FfmpegTools.Locate();
long start = Stopwatch.GetTimestamp();
long[] frames = await Task.WhenAll(args.Select(path => Task.Run(() => CountAsync(path))));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{frames.Sum()} frames in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s"));

async Task<long> CountAsync(string path)
{
    MediaInfo media = await new MediaProbe(tools).ReadAsync(path, CancellationToken.None);
    long count = 0;
    await foreach (VideoFrame frame in new VideoSource(media, new PixelPool(), tools, new DecodeOptions()).ReadAsync(CancellationToken.None))
    {
        frame.Dispose();
        count++;
    }

    return count;
}
