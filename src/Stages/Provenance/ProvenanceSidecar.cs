using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Provenance;

/// <summary>The file that holds a <see cref="ProvenanceRecord"/> or a <see cref="RenderedRecord"/>. It is written after the video has its name, and in one step, so that it never speaks of a video that is not there.</summary>
public static class ProvenanceSidecar
{
    /// <summary><c>talk.swapped.provenance.json</c> for <c>talk.swapped.mp4</c>.</summary>
    public static string PathFor(string output) => Path.ChangeExtension(output, ".provenance.json");

    /// <summary>Writes the sidecar of an output; one that is there is replaced, since it speaks of a video that no longer is.</summary>
    /// <param name="output">The video.</param>
    /// <param name="document">The record as JSON.</param>
    /// <param name="cancellationToken">Leaves nothing.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.DiskFull"/> or <see cref="FailureKind.OutputUnwritable"/>.</exception>
    public static async Task WriteAsync(string output, string document, CancellationToken cancellationToken)
    {
        string path = PathFor(output);
        string partial = path + ".partial";
        try
        {
            await File.WriteAllTextAsync(partial, document + "\n", cancellationToken).ConfigureAwait(false);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(partial);
            const int NoSpaceLeft = 28; // ENOSPC
            FailureKind kind = (failure.HResult & 0xFFFF) == NoSpaceLeft ? FailureKind.DiskFull : FailureKind.OutputUnwritable;
            throw new UserFacingException(
                kind,
                $"{output} is finished, but its mark {path} cannot be written ({failure.Message.TrimEnd('.')}); make room and run again with --overwrite, or write without a mark with --no-provenance.",
                failure);
        }
    }
}
