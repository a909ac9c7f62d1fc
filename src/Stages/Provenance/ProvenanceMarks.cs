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
    /// URI of the IPTC term for rendered people. No trained network draws them, so "trained algorithmic media" does not fit; the face model was fitted to scans,
    /// so "pure algorithmic media" does not either. They are a composite of synthetic elements.
    /// </summary>
    public const string RenderedSourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic";

    /// <summary>The same for people.</summary>
    public const string RenderedStatement = "The people in this video are rendered and do not exist.";

    /// <summary>Tags for a rendered clip's container.</summary>
    /// <param name="tool">Program and version.</param>
    public static IReadOnlyDictionary<string, string> RenderedTags(string tool) => new Dictionary<string, string>
    {
        ["DigitalSourceType"] = RenderedSourceType,
        ["SyntheticMedia"] = $"{RenderedStatement} Made with {tool}.",
    };

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
