using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace VideoGaze.Stages.Tests.Media;

/// <summary>Makes tiny clips with ffmpeg and reads files back with ffmpeg and ffprobe themselves, independently of the code under test.</summary>
internal static class Clip
{
    /// <summary>A moving test picture: 25 frames, 64 x 48, of which every third or so is a B-frame.</summary>
    public const string Picture = "-f lavfi -i testsrc2=size=64x48:rate=25:duration=1";

    /// <summary>H.264 with B-frames, as small and fast as it gets.</summary>
    public const string H264 = "-c:v libx264 -preset ultrafast -bf 2 -g 12 -pix_fmt yuv420p";

    // Starting ffmpeg costs more than coding a second of these clips: the same clip is made once a run.
    private static readonly ConcurrentDictionary<(string Extension, string Arguments), byte[]> Made = new();

    /// <summary>Runs ffmpeg with these arguments and the output's name; arguments hold no spaces of their own.</summary>
    public static string Make(string path, string arguments)
    {
        byte[] clip = Made.GetOrAdd((Path.GetExtension(path), arguments), made =>
        {
            (int exitCode, _, string errors) = Run("ffmpeg", ["-v", "error", "-y", .. made.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), path]);
            Assert.True(exitCode == 0, "ffmpeg could not make the clip: " + errors);
            return File.ReadAllBytes(path);
        });
        File.WriteAllBytes(path, clip);
        return path;
    }

    /// <summary>Presentation times of the video's packets, sorted, in picoseconds. AVI stores decoding times only, which are the same where there are no B-frames.</summary>
    public static IReadOnlyList<Int128> Times(string path)
    {
        IReadOnlyList<string> lines = Probe(path, "-select_streams V:0 -show_entries packet=pts,dts:stream=time_base -of compact=nokey=1");
        string[] timeBase = Assert.Single(lines, static l => l.StartsWith("stream|", StringComparison.Ordinal)).Split('|')[1].Split('/');
        long numerator = long.Parse(timeBase[0], CultureInfo.InvariantCulture), denominator = long.Parse(timeBase[1], CultureInfo.InvariantCulture);
        return
        [
            .. lines.Select(static line => line.Split('|')).Where(static fields => fields[0] == "packet")
                .Select(fields => (Int128)long.Parse(fields[1] == "N/A" ? fields[2] : fields[1], CultureInfo.InvariantCulture) * numerator * 1_000_000_000_000 / denominator)
                .Order(),
        ];
    }

    /// <summary>The same, rounded to the milliseconds that Matroska stores.</summary>
    public static IReadOnlyList<Int128> Milliseconds(string path) => [.. Times(path).Select(static t => (t + 500_000_000) / 1_000_000_000)];

    /// <summary>Hashes of every packet of the chosen streams, with their number and kind.</summary>
    public static IReadOnlyList<string> PacketHashes(string path, string streams) =>
        [.. Output("ffmpeg", ["-v", "error", "-i", path, "-map", "0:" + streams, "-c", "copy", "-f", "streamhash", "-hash", "md5", "-"]).Select(static l => l[(l.IndexOf(',') + 1)..])];

    /// <summary>Hashes of every decoded, upright frame.</summary>
    public static IReadOnlyList<string> FrameHashes(string path, string options = "") =>
    [
        .. Output(
                "ffmpeg",
                ["-v", "error", "-i", path, "-map", "0:V:0", "-fps_mode", "passthrough", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-f", "framehash", "-hash", "md5", "-"])
            .Where(static l => !l.StartsWith('#'))
            .Select(static l => l[(l.LastIndexOf(',') + 1)..].Trim()),
    ];

    /// <summary>What ffprobe prints, by lines.</summary>
    public static IReadOnlyList<string> Probe(string path, string arguments) => Output("ffprobe", ["-v", "error", .. arguments.Split(' '), path]);

    /// <summary>One field of the video stream.</summary>
    public static string VideoField(string path, string field) => Probe(path, $"-select_streams V:0 -show_entries stream={field} -of default=nokey=1:noprint_wrappers=1")[0];

    /// <summary>Several fields of the video stream, by name, as ffprobe prints them.</summary>
    public static IReadOnlyList<string> VideoFields(string path, string fields) => Probe(path, $"-select_streams V:0 -show_entries stream={fields} -of default=noprint_wrappers=1");

    /// <summary>The running ffmpeg whose command line holds the text; null if none.</summary>
    public static Process? Running(string text)
    {
        foreach (Process process in Process.GetProcessesByName("ffmpeg"))
        {
            try
            {
                if (File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(text, StringComparison.Ordinal))
                {
                    return process;
                }
            }
            catch (IOException)
            {
                // It ended in between.
            }

            process.Dispose();
        }

        return null;
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output, string Errors) Run(string program, IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static string[] Output(string program, IEnumerable<string> arguments)
    {
        (int exitCode, string output, string errors) = Run(program, arguments);
        Assert.True(exitCode == 0, $"{program} failed: {errors}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
