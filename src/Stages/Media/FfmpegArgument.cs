using System.Globalization;
using System.Text;
using FFMpegCore.Arguments;

namespace VideoGaze.Stages.Media;

/// <summary>
/// Writes values into ffmpeg's command line. FFMpegCore joins all arguments into one string that .NET splits again, and quotes file names
/// without escaping; a name with a quotation mark in it would fall apart.
/// </summary>
internal static class FfmpegArgument
{
    /// <summary>One argument, quoted so that .NET's splitter gives back exactly <paramref name="value"/> (backslashes count only before a quotation mark).</summary>
    public static string Quote(string value)
    {
        StringBuilder quoted = new("\"");
        int backslashes = 0;
        foreach (char c in value)
        {
            if (c == '\\')
            {
                backslashes++;
                continue;
            }

            quoted.Append('\\', c == '"' ? (backslashes * 2) + 1 : backslashes).Append(c);
            backslashes = 0;
        }

        return quoted.Append('\\', backslashes * 2).Append('"').ToString();
    }

    /// <summary>A file as ffmpeg's <c>file:</c> protocol names it, so that no name is taken for an option or another protocol.</summary>
    public static string FileUrl(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>Seconds with all the digits ffmpeg keeps (microseconds).</summary>
    public static string Seconds(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>A file that ffmpeg reads.</summary>
internal sealed class FileInput(string path) : IInputArgument
{
    /// <inheritdoc/>
    public string Text => "-i " + FfmpegArgument.Quote(FfmpegArgument.FileUrl(path));

    /// <inheritdoc/>
    public void Pre(FFMpegCore.FFOptions ffOptions)
    {
    }

    /// <inheritdoc/>
    public Task During(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Post()
    {
    }
}

/// <summary>A file that ffmpeg writes, over what is there.</summary>
internal sealed class FileOutput(string path) : IOutputArgument
{
    /// <inheritdoc/>
    public string Text => FfmpegArgument.Quote(FfmpegArgument.FileUrl(path)) + " -y";

    /// <inheritdoc/>
    public void Pre(FFMpegCore.FFOptions ffOptions)
    {
    }

    /// <inheritdoc/>
    public Task During(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Post()
    {
    }
}
