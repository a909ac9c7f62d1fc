using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models.Catalog;

namespace VideoGaze.Faces.Models.Pulling;

/// <summary>
/// Fetches a public model: the only code of this program that uses the network, and only when asked to. The file grows as <c>NAME.partial</c>, which an interrupted download
/// leaves behind and the next one goes on with; it gets its name when it is whole and its SHA-256 is the pinned one.
/// </summary>
public sealed class ModelPuller : IDisposable
{
    // A connection that is cut is taken up again this often, as long as each attempt brought something.
    private const int Attempts = 5;

    private readonly FileTransfer transfer;

    /// <summary>A puller that reaches the network as other programs do: the proxies of the environment or system hold.</summary>
    /// <param name="userAgent">Name and version, as servers are told: <c>videogaze/0.1.0</c>.</param>
    public ModelPuller(string userAgent)
        : this(userAgent, new HttpClientHandler())
    {
    }

    internal ModelPuller(string userAgent, HttpMessageHandler handler) => transfer = new(userAgent, handler);

    /// <summary>Fetches a model, or what an earlier download lacks of it.</summary>
    /// <param name="model">What to fetch.</param>
    /// <param name="folder">Where it goes; made if it does not exist.</param>
    /// <param name="progress">Told as bytes arrive.</param>
    /// <param name="stop">Ends; what has arrived is kept for the next time.</param>
    /// <exception cref="UserFacingException">No network, refused, cut, not the pinned file, disk full, not writable.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async Task<PulledModel> PullAsync(PublicModel model, string folder, IProgress<PullProgress>? progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(model);
        string path = Path.Combine(folder, model.File);
        using PartialFile partial = PartialFile.Open(path);
        if (File.Exists(path) && await Task.Run(() => ManifestUpdate.HashOf(path), stop).ConfigureAwait(false) == model.Sha256)
        {
            partial.Delete();
            return new(path, WasThere: true, 0);
        }

        long resumedFrom = partial.Length <= model.Bytes ? partial.Length : 0;
        await FetchAsync(model, partial, progress, stop).ConfigureAwait(false);
        string hash = partial.Hash();
        if (hash != model.Sha256)
        {
            long bytes = partial.Length;
            partial.Delete();
            throw new UserFacingException(
                FailureKind.ModelMismatch,
                $"What {model.Url} gave for '{model.Name}' is not the file that was checked (SHA-256 {hash} of {bytes} bytes, expected {model.Sha256} of {model.Bytes}): "
                + "it was removed; try again later, or fetch the model elsewhere.");
        }

        partial.Commit();
        return new(path, WasThere: false, resumedFrom);
    }

    /// <inheritdoc/>
    public void Dispose() => transfer.Dispose();

    private async Task FetchAsync(PublicModel model, PartialFile partial, IProgress<PullProgress>? progress, CancellationToken stop)
    {
        if (partial.Length > model.Bytes)
        {
            partial.Restart();
        }

        for (int attempt = 1; ; attempt++)
        {
            long before = partial.Length;
            try
            {
                await transfer.AppendAsync(model, partial, progress, stop).ConfigureAwait(false);
                return;
            }
            catch (TransferCutException cut) when (!stop.IsCancellationRequested)
            {
                if (attempt == Attempts || partial.Length <= before)
                {
                    throw new UserFacingException(
                        FailureKind.DownloadFailed,
                        $"The connection to {model.Url.Host} was cut after {partial.Length} of {model.Bytes} bytes of '{model.Name}' ({cut.Message.TrimEnd('.')}): run the same command again to go on from there.",
                        cut);
                }
            }
        }
    }
}
