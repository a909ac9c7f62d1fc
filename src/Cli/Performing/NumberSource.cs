using System.Runtime.CompilerServices;
using VideoGaze.Pipeline.Graph;

namespace VideoGaze.Cli.Performing;

/// <summary>The numbers of what is to be made: a source of frames that do not exist yet.</summary>
/// <param name="name">For reports.</param>
/// <param name="first">First number.</param>
/// <param name="end">First number not given any more.</param>
internal sealed class NumberSource(string name, int first, int end) : IFrameSource<int>
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async IAsyncEnumerable<int> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int number = first; number < end && !cancellationToken.IsCancellationRequested; number++)
        {
            yield return number;
            await Task.CompletedTask.ConfigureAwait(false);
        }
    }
}
