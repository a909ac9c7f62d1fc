using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Encode;

/// <summary>The output's two names: the one it is written under and the one it gets when it is whole.</summary>
/// <param name="Final">The name asked for.</param>
internal sealed record OutputFile(string Final)
{
    /// <summary><c>talk.partial.mp4</c> for <c>talk.mp4</c>: the extension stays, ffmpeg chooses the container by it.</summary>
    public string Partial { get; } = Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(Final)) ?? ".", Path.GetFileNameWithoutExtension(Final) + ".partial" + Path.GetExtension(Final));

    /// <summary>Finds out before anything runs whether the file can be written.</summary>
    /// <param name="input">The file that is read and may not be replaced; empty where nothing is.</param>
    /// <param name="overwrite">Whether an existing output may be replaced.</param>
    public void Check(string input, bool overwrite)
    {
        if (input.Length > 0 && Path.GetFullPath(input) == Path.GetFullPath(Final))
        {
            throw new UserFacingException(FailureKind.Usage, $"{Final} is the input itself: name another output with -o.");
        }

        if (Directory.Exists(Final))
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"{Final} is a folder: name a file in it.");
        }

        if (File.Exists(Final) && !overwrite)
        {
            throw Exists();
        }

        try
        {
            // Not deleted on the way out by anything else: this is the file ffmpeg is about to replace.
            File.Create(Partial).Dispose();
            File.Delete(Partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw IsDiskFull(e)
                ? Media.FfmpegFailures.DiskFull(Final, e)
                : new UserFacingException(FailureKind.OutputUnwritable, $"{Final} cannot be written ({Reason(e)}): choose another folder with -o.", e);
        }
    }

    /// <summary>Gives the whole file its name.</summary>
    public void Finish(bool overwrite)
    {
        try
        {
            File.Move(Partial, Final, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(Final))
        {
            throw Exists();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"{Final} cannot be written ({Reason(e)}): choose another folder with -o.", e);
        }
    }

    /// <summary>Removes what was written under the partial name, if anything.</summary>
    public void Discard()
    {
        try
        {
            File.Delete(Partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder went away or became read-only meanwhile: nothing more can be done, and the run's own failure is what the user must hear.
        }
    }

    // ENOSPC is 28; .NET gives it as the low half of HResult.
    private static bool IsDiskFull(Exception e) => (e.HResult & 0xFFFF) == 28 || e.Message.Contains("No space left", StringComparison.Ordinal);

    private static string Reason(Exception e) => e switch
    {
        DirectoryNotFoundException => "its folder does not exist",
        UnauthorizedAccessException => "permission denied",
        _ => e.Message.TrimEnd('.'),
    };

    private UserFacingException Exists() => new(FailureKind.OutputExists, $"{Final} exists already: add --overwrite, or name another output with -o.");
}
