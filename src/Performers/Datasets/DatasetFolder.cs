using System.Globalization;
using System.Text;
using System.Text.Json;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Performers.Datasets;

/// <summary>
/// A data set on disk: <c>dataset.json</c>, <c>images/</c>, <c>masks/</c>, <c>labels.ndjson</c>, <c>labels-heldout.ndjson</c>, <c>identities.ndjson</c>. Entries are
/// written in order, an entry's line after its files, so a run that ends anywhere can be taken up again at the first entry that has no line. One writer.
/// </summary>
public sealed class DatasetFolder : IDisposable
{
    private const string SchemaName = "videogaze.performers-dataset";

    private readonly string folder;
    private readonly FileStream train;
    private readonly FileStream heldOut;
    private readonly FileStream people;

    private DatasetFolder(string folder, bool anew)
    {
        this.folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        Directory.CreateDirectory(Path.Combine(folder, "masks"));
        FileMode mode = anew ? FileMode.Create : FileMode.OpenOrCreate;
        train = new(Path.Combine(folder, "labels.ndjson"), mode, FileAccess.ReadWrite);
        heldOut = new(Path.Combine(folder, "labels-heldout.ndjson"), mode, FileAccess.ReadWrite);
        people = new(Path.Combine(folder, "identities.ndjson"), mode, FileAccess.ReadWrite);
    }

    /// <summary>Number of the entry that comes next.</summary>
    public int Next { get; private set; }

    /// <summary>Begins a data set, or takes one up again that was begun with the same plan.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="plan">What.</param>
    /// <param name="first">Number of its first entry.</param>
    /// <param name="tool">Program and version.</param>
    /// <param name="sourceType">IPTC term of what the pictures are.</param>
    /// <param name="overwrite">Begin anew even if there is one; pictures are replaced as they are made.</param>
    /// <exception cref="UserFacingException"><see cref="FailureKind.OutputExists"/>: the folder holds something else; <see cref="FailureKind.OutputUnwritable"/>.</exception>
    public static DatasetFolder Open(string folder, DatasetPlan plan, int first, string tool, string sourceType, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(plan);
        string about = Describe(plan, first, tool, sourceType);
        string description = Path.Combine(folder, "dataset.json");
        try
        {
            bool isThere = File.Exists(description) && !overwrite;
            if (isThere && File.ReadAllText(description) != about)
            {
                throw new UserFacingException(FailureKind.OutputExists, $"{folder} holds a data set of other options or of another version: name another folder with -o, or begin anew with --overwrite.");
            }

            if (!isThere && !overwrite && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new UserFacingException(FailureKind.OutputExists, $"{folder} is not empty and holds no data set: name another folder with -o.");
            }

            Directory.CreateDirectory(folder);
            File.WriteAllText(description, about);
            var opened = new DatasetFolder(folder, anew: !isThere);
            opened.Next = first + Resume(opened.train) + Resume(opened.heldOut);
            Resume(opened.people);
            return opened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, e);
        }
    }

    /// <summary>Writes a group's entries.</summary>
    /// <exception cref="UserFacingException"><see cref="FailureKind.DiskFull"/> or <see cref="FailureKind.OutputUnwritable"/>.</exception>
    public void Write(DatasetGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        try
        {
            foreach (string person in group.People)
            {
                people.Write(Encoding.UTF8.GetBytes(person + "\n"));
            }

            foreach (DatasetEntry entry in group.Entries)
            {
                if (entry.Index != Next)
                {
                    throw new ArgumentException($"Entry {entry.Index} came where {Next} was to come.", nameof(group));
                }

                foreach ((string name, byte[] content) in entry.Files)
                {
                    File.WriteAllBytes(Path.Combine(folder, name), content);
                }

                (entry.IsHeldOut ? heldOut : train).Write(Encoding.UTF8.GetBytes(entry.Line + "\n"));
                Next++;
            }

            people.Flush();
            train.Flush();
            heldOut.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        train.Dispose();
        heldOut.Dispose();
        people.Dispose();
    }

    // Cuts off what a run that was killed left of a line, and counts the lines.
    private static int Resume(FileStream file)
    {
        int lines = 0;
        long whole = 0, at = 0;
        var buffer = new byte[1 << 16];
        for (int read; (read = file.Read(buffer)) > 0; at += read)
        {
            for (int i = 0; i < read; i++)
            {
                if (buffer[i] == '\n')
                {
                    lines++;
                    whole = at + i + 1;
                }
            }
        }

        file.SetLength(whole);
        file.Position = whole;
        return lines;
    }

    private static string Describe(DatasetPlan plan, int first, string tool, string sourceType)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("schema", SchemaName);
            json.WriteNumber("version", 1);
            json.WriteString("tool", tool);
            json.WriteString("digitalSourceType", sourceType);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(plan.Kind.ToString()));
            json.WriteNumber("size", plan.Size);
            json.WriteNumber("seed", plan.Seed);
            json.WriteNumber("first", first);
            json.WriteStartObject("maskClasses");
            foreach (MaskClass value in Enum.GetValues<MaskClass>())
            {
                json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), (byte)value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    private static UserFacingException Unwritable(string folder, Exception e)
    {
        const int NoSpaceLeft = 28; // ENOSPC
        return (e.HResult & 0xFFFF) == NoSpaceLeft
            ? new(FailureKind.DiskFull, $"The disk is full while writing {folder}: free some space and run again; it goes on where it stopped.", e)
            : new(FailureKind.OutputUnwritable, string.Create(CultureInfo.InvariantCulture, $"{folder} cannot be written ({e.Message.TrimEnd('.')}): choose another folder with -o."), e);
    }
}
