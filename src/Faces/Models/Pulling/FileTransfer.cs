using System.Net;
using System.Net.Http.Headers;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models.Catalog;

namespace VideoGaze.Faces.Models.Pulling;

/// <summary>One HTTP request for the part of a file that is not there yet.</summary>
internal sealed class FileTransfer : IDisposable
{
    private const int BlockBytes = 1 << 17;

    // A server that says nothing for this long says nothing more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient client;

    public FileTransfer(string userAgent, HttpMessageHandler handler)
    {
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(ProductInfoHeaderValue.Parse(userAgent));
    }

    /// <summary>Appends what a model's file lacks. A server that knows no ranges starts it anew.</summary>
    /// <exception cref="UserFacingException">No network, or the server refuses; the disk is full.</exception>
    /// <exception cref="TransferCutException">The transfer broke off.</exception>
    public async Task AppendAsync(PublicModel model, PartialFile partial, IProgress<PullProgress>? progress, CancellationToken stop)
    {
        if (partial.Length == model.Bytes)
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using HttpResponseMessage response = await RequestAsync(model, partial, patience.Token).ConfigureAwait(false);
            using Stream body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            byte[] block = new byte[BlockBytes];
            progress?.Report(new(partial.Length, model.Bytes));
            while (await body.ReadAsync(block, patience.Token).ConfigureAwait(false) is > 0 and int count)
            {
                await partial.AppendAsync(block.AsMemory(0, count)).ConfigureAwait(false);
                progress?.Report(new(partial.Length, model.Bytes));

                // More than the pinned file has is another file, and might never end.
                if (partial.Length > model.Bytes)
                {
                    return;
                }

                patience.CancelAfter(Patience);
            }

            // Without a stated length an end and a cut look alike.
            if (partial.Length < model.Bytes && response.Content.Headers.ContentLength is null)
            {
                throw new TransferCutException("the server closed it");
            }
        }
        catch (Exception failure) when (!stop.IsCancellationRequested && failure is IOException or HttpRequestException or OperationCanceledException)
        {
            throw failure is OperationCanceledException ? new TransferCutException($"nothing came for {Patience.TotalSeconds:0} seconds", failure) : new TransferCutException(failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> RequestAsync(PublicModel model, PartialFile partial, CancellationToken patience)
    {
        HttpResponseMessage response = await SendAsync(model, partial.Length, patience).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            response.Dispose();
            partial.Restart();
            response = await SendAsync(model, 0, patience).ConfigureAwait(false);
        }

        if (response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == partial.Length)
        {
            return response;
        }

        if (response.StatusCode == HttpStatusCode.OK)
        {
            partial.Restart();
            return response;
        }

        using (response)
        {
            string status = $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
            string gone = response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone ? "has the model no more" : "does not give the model out";
            throw Failed(model, $"The address {model.Url} {gone} (HTTP {status})", null);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(PublicModel model, long from, CancellationToken patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, model.Url);
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }

        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            throw Failed(model, $"The address {model.Url} cannot be reached ({failure.Message.TrimEnd('.')})", failure);
        }
    }

    private static UserFacingException Failed(PublicModel model, string what, Exception? inner) => new(
        FailureKind.DownloadFailed,
        $"{what}: see to the network and run the command again, or fetch '{model.File}' (SHA-256 {model.Sha256}) yourself and name its folder with --models DIR.",
        inner);
}
