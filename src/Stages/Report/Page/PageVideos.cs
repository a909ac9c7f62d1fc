namespace VideoGaze.Stages.Report.Page;

/// <summary>Where a page's pictures come from. Either may be null: there is no such video (a truth file took the source's place), or it was not found.</summary>
/// <param name="Source">The video whose gaze is to be kept.</param>
/// <param name="Output">The video that was measured.</param>
/// <param name="Missing">Why a video that the report names is not there, a sentence each.</param>
public sealed record PageVideos(string? Source, string? Output, IReadOnlyList<string> Missing)
{
    /// <summary>No pictures because none are wanted.</summary>
    public static PageVideos None { get; } = new(null, null, ["They were left out on request."]);

    /// <summary>Looks for the videos that a report names: as named, beside the report, or in a folder.</summary>
    /// <param name="header">Names them; reports of <c>process</c> give the last name only.</param>
    /// <param name="folders">Where to look, in order.</param>
    public static PageVideos Find(GazeReportHeader header, params IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(header);
        var missing = new List<string>();

        // measure --truth puts its truth file where a source would stand.
        string? source = header.Source is { } named && !named.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) ? named : null;
        return new(Locate(source, "source"), Locate(header.Output, "output"), missing);

        string? Locate(string? name, string role)
        {
            if (string.IsNullOrEmpty(name))
            {
                return null;
            }

            string? found = folders.SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, Path.GetFileName(name)) }).Prepend(name).FirstOrDefault(File.Exists);
            if (found is null)
            {
                missing.Add($"The {role} {Path.GetFileName(name)} was not found.");
            }

            return found;
        }
    }
}
