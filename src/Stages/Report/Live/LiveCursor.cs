using System.Globalization;

namespace VideoGaze.Stages.Report.Live;

/// <summary>What a viewer has had of a run.</summary>
/// <param name="Lines">Frames.</param>
/// <param name="Pictures">Number that the next picture has at least; pictures are numbered as they come, also those that were thinned out.</param>
/// <param name="Figures">Version of the figures.</param>
/// <param name="State">Version of the words about the run.</param>
internal readonly record struct LiveCursor(int Lines, int Pictures, int Figures = 0, int State = 0)
{
    /// <summary>As the browser keeps it and gives it back when it connects again. Figures and words are sent anew then.</summary>
    public string ToId(string run) => string.Create(CultureInfo.InvariantCulture, $"{run}.{Lines}.{Pictures}");

    /// <summary>Reads such an identifier; null where it is none of this run.</summary>
    public static LiveCursor? Parse(string id, string run)
    {
        string[] parts = id.Split('.');
        return parts.Length == 3 && parts[0] == run
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int lines)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int pictures)
            ? new(lines, pictures)
            : null;
    }
}
