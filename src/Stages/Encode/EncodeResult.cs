namespace VideoGaze.Stages.Encode;

/// <summary>What was written.</summary>
/// <param name="Path">The finished file.</param>
/// <param name="Frames">Frames in it; counted again in the file after it was closed.</param>
/// <param name="Notes">What of the original could not be carried exactly, a sentence each; empty when everything was.</param>
public sealed record EncodeResult(string Path, long Frames, IReadOnlyList<string> Notes);
