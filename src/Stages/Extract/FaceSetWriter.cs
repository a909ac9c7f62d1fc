using System.Text;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.FaceSets;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Stages.Extract;

/// <summary>
/// Writes a face set: aligned crops and <c>faces.ndjson</c>, a line a crop. The list is written beside its final name and renamed by <see cref="Commit"/>,
/// so that a folder whose extraction failed is not mistaken for a face set. Crops that were written before a failure are removed by <see cref="Abandon"/>.
/// </summary>
internal sealed class FaceSetWriter : IDisposable
{
    /// <summary>Name of the list inside the folder.</summary>
    public const string ListName = "faces.ndjson";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string folder;
    private readonly List<string> written = [];
    private readonly StreamWriter list;

    /// <summary>Opens a face set for writing.</summary>
    /// <exception cref="UserFacingException">The folder holds a face set already and <paramref name="overwrite"/> is false, or cannot be written.</exception>
    public FaceSetWriter(string folder, bool overwrite)
    {
        this.folder = folder;
        if (!overwrite && File.Exists(Path.Combine(folder, ListName)))
        {
            throw new UserFacingException(FailureKind.OutputExists, $"{folder} holds a face set already; give another folder or --overwrite.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            list = new StreamWriter(PartialList, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"{folder} cannot be written ({failure.Message}); choose a folder you may write to.", failure);
        }
    }

    /// <summary>Crops written so far.</summary>
    public int Count => written.Count;

    private string PartialList => Path.Combine(folder, ListName + ".partial");

    /// <summary>Writes one crop and its line.</summary>
    /// <param name="crop">BGR picture of <see cref="FaceSample.Size"/> squared.</param>
    /// <param name="sample">What is known of it; <see cref="FaceSample.File"/> names the picture.</param>
    public void Add(Mat crop, FaceSample sample)
    {
        string path = Path.Combine(folder, sample.File);
        written.Add(path);
        if (!Cv2.ImWrite(path, crop))
        {
            throw new UserFacingException(FailureKind.OutputUnwritable, $"{path} could not be written; check that the disk has room.");
        }

        list.WriteLine(JsonSerializer.Serialize(sample, Json));
    }

    /// <summary>Gives the list its final name.</summary>
    public void Commit()
    {
        list.Dispose();
        File.Move(PartialList, Path.Combine(folder, ListName), overwrite: true);
    }

    /// <summary>Removes everything this writer wrote.</summary>
    public void Abandon()
    {
        list.Dispose();
        File.Delete(PartialList);
        foreach (string path in written)
        {
            File.Delete(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => list.Dispose();
}
