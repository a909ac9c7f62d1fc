namespace VideoGaze.Stages.Provenance;

/// <summary>
/// The machine-readable statement that a video is synthetic, as it stands in the container's metadata and in the sidecar.
/// The vocabulary is the IPTC's digital source type; of its terms, a face swap on real footage is a composite that includes trained algorithmic media.
/// </summary>
public static class ProvenanceMarks
{
    /// <summary>URI of the IPTC term.</summary>
    public const string DigitalSourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

    /// <summary>The same for people.</summary>
    public const string Statement = "Faces in this video were replaced by a trained generator.";

    /// <summary>
    /// Tags for the output's container. None of the standard names (title, comment) is used: those are the original's and are copied.
    /// </summary>
    /// <param name="tool">Program and version.</param>
    public static IReadOnlyDictionary<string, string> Tags(string tool) => new Dictionary<string, string>
    {
        ["DigitalSourceType"] = DigitalSourceType,
        ["SyntheticMedia"] = $"{Statement} Made with {tool}.",
    };
}
