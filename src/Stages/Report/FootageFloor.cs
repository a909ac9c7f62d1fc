using System.Text.Json.Serialization;

namespace VideoGaze.Stages.Report;

/// <summary>
/// What a report would say of this very footage if nothing had been swapped: some frames of the source, each face cut out, laid back unchanged as a new face would be, and encoded,
/// measured against the source in the report's own way. Degrees. An error at this floor is no evidence of a loss.
/// </summary>
/// <param name="Frames">Frames that were tried.</param>
/// <param name="Runs">Runs of neighbouring frames that they are.</param>
/// <param name="Encoding">How they were encoded.</param>
/// <param name="Reblended">Cut out and laid back, not encoded: what an error of <c>process</c> compares with, which measures before the encoder. Null in reports of <c>measure</c>.</param>
/// <param name="Encoded">Encoded as well: what <c>measure</c> says of a file. Null where nothing could be measured.</param>
public sealed record FootageFloor(long Frames, int Runs, string Encoding, ErrorStatistics? Reblended, ErrorStatistics? Encoded)
{
    /// <summary>The one that the report's errors compare with.</summary>
    [JsonIgnore]
    public ErrorStatistics? Own => Reblended ?? Encoded;
}
