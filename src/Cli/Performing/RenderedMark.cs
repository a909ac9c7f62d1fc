using System.Globalization;
using VideoGaze.Performers.Assets;
using VideoGaze.Stages.Provenance;

namespace VideoGaze.Cli.Performing;

/// <summary>Writes the document of where it comes from beside a clip and beside its true swap.</summary>
/// <param name="job">What was asked for.</param>
/// <param name="tool">Program, version and commit.</param>
/// <param name="codec">The codec as it was asked for.</param>
internal sealed class RenderedMark(ClipJob job, string tool, string codec)
{
    /// <summary>Writes the documents of a finished clip.</summary>
    /// <returns>Their paths.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(ClipResult result, CancellationToken cancellationToken)
    {
        FolderFingerprint assets = await FolderFingerprint.OfAsync(result.AssetsFolder, cancellationToken).ConfigureAwait(false);
        FileFingerprint? sound = job.Sound is { } file ? await FileFingerprint.OfAsync(file, cancellationToken).ConfigureAwait(false) : null;
        string[] cast = [.. job.Script.Roles.Select(role => role.Person.Name)];
        List<string> written = [await MarkAsync(job.Output, job.Truth, cast).ConfigureAwait(false)];
        if (job.SwapTruth is { } source)
        {
            written.Add(await MarkAsync(job.SwappedOutput, job.SwappedTruth, [source.Name, .. cast.Skip(1)]).ConfigureAwait(false));
        }

        return written;

        async Task<string> MarkAsync(string video, string truth, string[] people)
        {
            RenderedRecord record = new(
                ProvenanceRecord.SchemaName,
                ProvenanceRecord.CurrentVersion,
                tool,
                ProvenanceMarks.RenderedSourceType,
                ProvenanceMarks.RenderedStatement,
                await FileFingerprint.OfAsync(video, cancellationToken).ConfigureAwait(false),
                await FileFingerprint.OfAsync(truth, cancellationToken).ConfigureAwait(false),
                sound,
                InEffect(cast),
                job.Script.Seed,
                people,
                assets,
                PerformerAssets.Credits,
                result.Frames);
            await ProvenanceSidecar.WriteAsync(video, record.ToJson(), cancellationToken).ConfigureAwait(false);
            return ProvenanceSidecar.PathFor(video);
        }
    }

    // By name on the command line; paths are cut to their last name: folders are nobody's business.
    private SortedDictionary<string, string> InEffect(string[] cast)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["script"] = job.Script.Name,
            ["cast"] = string.Join(',', cast),
            ["size"] = string.Create(CultureInfo.InvariantCulture, $"{job.Script.Width}x{job.Script.Height}"),
            ["rate"] = job.Script.Rate.ToString(),
            ["seconds"] = job.Script.Seconds.ToString(CultureInfo.InvariantCulture),
            ["seed"] = job.Script.Seed.ToString(CultureInfo.InvariantCulture),
            ["codec"] = codec,
            ["crf"] = job.Encode.Crf.ToString(CultureInfo.InvariantCulture),
        };
        if (job.SwapTruth is { } source)
        {
            values.Add("swap-truth", source.Name);
        }

        if (job.Sound is { } sound)
        {
            values.Add("sound", Path.GetFileName(sound));
        }

        return values;
    }
}
