namespace VideoGaze.Stages.Media;

/// <summary>
/// Ctrl+C reaches every process of the terminal's group: ffmpeg may be gone before this process has cancelled its own token.
/// What ended by the user's hand must be reported as cancelled, not as a failure of ffmpeg.
/// </summary>
internal static class Interruption
{
    /// <summary>Where ffmpeg was interrupted, gives the caller's token a moment to follow, and throws if it does.</summary>
    public static async Task AwaitAsync(FfmpegExit exit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (exit.IsInterrupted)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
        }
    }
}
