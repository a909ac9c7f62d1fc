using VideoGaze.Cli.Performing;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Cli.Benchmarking;

/// <summary>
/// Where the clips of a set lie, and what generators made of them. The clips' folder is named after the set and the person put in, so that clips of another set are
/// never taken for these: <c>standard-v1-B-0123abcd/01.mp4</c>; what a generator made lies in a folder below it that is named after the generator's hash.
/// </summary>
internal sealed class StandardFolder : IDisposable
{
    private readonly bool isTemporary;
    private readonly string root;
    private readonly string clips;
    private readonly string swaps;

    private StandardFolder(string root, bool isTemporary, StandardJob job, string generatorHash)
    {
        this.root = root;
        this.isTemporary = isTemporary;
        clips = Path.Combine(root, $"standard-v{job.Set.Version}-{job.Source?.Name ?? "each"}-{job.Set.Fingerprint[..8]}");
        swaps = Path.Combine(clips, "swap-" + generatorHash[..12]);
        Directory.CreateDirectory(swaps);
    }

    /// <summary>Opens the folder of a run.</summary>
    /// <param name="job">What was asked for.</param>
    /// <param name="generatorHash">SHA-256 of the generator.</param>
    /// <exception cref="UserFacingException">Nothing can be written there.</exception>
    public static StandardFolder Open(StandardJob job, string generatorHash)
    {
        try
        {
            return new(job.WorkFolder ?? Directory.CreateTempSubdirectory("videogaze-standard-").FullName, job.WorkFolder is null, job, generatorHash);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"Clips cannot be written to {job.WorkFolder ?? Path.GetTempPath()} ({e.Message.TrimEnd('.')}): name another folder with --work.", e);
        }
    }

    /// <summary>The clip of a pair.</summary>
    public string ClipOf(StandardPair pair) => Path.Combine(clips, pair.Name + ".mp4");

    /// <summary>Photos of the person whose face it becomes, for generators that take photos.</summary>
    public string PhotosOf(StandardPair pair) => Path.Combine(clips, pair.Name + ".photos");

    /// <summary>What the generator makes of it.</summary>
    public string SwapOf(StandardPair pair) => Path.Combine(swaps, pair.Name + ".mp4");

    /// <summary>Whether everything of a pair was rendered. Files get their names when they are whole.</summary>
    public static bool Has(ClipJob job) => Array.TrueForAll([job.Output, job.Truth, job.SwappedOutput, job.SwappedTruth], File.Exists);

    /// <summary>A file as seen from the folder: where it lies on this machine says nothing to others.</summary>
    public string Relative(string file) => Path.GetRelativePath(root, file);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isTemporary)
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
