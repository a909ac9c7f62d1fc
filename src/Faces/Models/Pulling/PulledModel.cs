namespace VideoGaze.Faces.Models.Pulling;

/// <summary>How far a download has come.</summary>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Total">Bytes of the whole file.</param>
public readonly record struct PullProgress(long Bytes, long Total);

/// <summary>A model that is on disk and has its hash.</summary>
/// <param name="Path">The file.</param>
/// <param name="WasThere">Whether it was there before, so that nothing was fetched.</param>
/// <param name="ResumedFrom">Bytes that an earlier, interrupted download had left.</param>
public sealed record PulledModel(string Path, bool WasThere, long ResumedFrom);
