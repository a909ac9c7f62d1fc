using System.Globalization;
using System.Text;
using VideoGaze.Faces.Models.Catalog;

namespace VideoGaze.Cli.Help;

/// <summary>The parts of docs/models.md that the lists of models decide. A test holds the page to them.</summary>
internal static class ModelsPage
{
    private const string ShippedStart = "<!-- shipped models: written by 'videogaze models manifest --write' -->";
    private const string PublicStart = "<!-- public models: written by 'videogaze models manifest --write' -->";
    private const string End = "<!-- end -->";

    /// <summary>The page with its tables made anew.</summary>
    public static string Renew(string page, ModelCatalog catalog) => Replace(Replace(page, ShippedStart, Cards(catalog.Shipped)), PublicStart, PublicTable(catalog.Public));

    private static string Replace(string page, string start, string content)
    {
        int from = page.IndexOf(start, StringComparison.Ordinal);
        int to = from < 0 ? -1 : page.IndexOf(End, from, StringComparison.Ordinal);
        return to < 0 ? page : $"{page[..(from + start.Length)]}\n{content}{page[to..]}";
    }

    private static string Cards(IReadOnlyList<ShippedModel> models)
    {
        StringBuilder text = new();
        text.Append("\n| model | role | MB | licence | SHA-256 |\n|---|---|---|---|---|\n");
        foreach (ShippedModel model in models)
        {
            text.Append(CultureInfo.InvariantCulture, $"| [`{model.File}`](#{model.Name}) | {model.Role} | {model.Bytes / 1e6:0.0#} | {model.Licence} | `{model.Sha256[..16]}...` |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{models.Sum(model => model.Bytes) / 1e6:0.0} MB together; at most 60 MB ship.\n");
        foreach (ShippedModel model in models)
        {
            Card(text, model);
        }

        return text.Append('\n').ToString();
    }

    private static void Card(StringBuilder text, ShippedModel model)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {model.Name}\n\n");
        Row("Contract", model.Contract);
        Row("Trained on", model.TrainingData);
        Row("By", model.Command.Length == 0 ? string.Empty : $"`{model.Command}`{(model.Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $", seed {seed}") : string.Empty)}");
        Row("Time", model.Time);
        Row("Quality", string.Join("; ", model.Quality.Select(figure => $"{figure.Key}: {figure.Value}")));
        Row("Known limits", model.KnownLimits);
        Row("Real clips used", string.Join(", ", model.RealClipsUsed));
        Row("Real clips kept unseen", string.Join(", ", model.RealClipsUnseen));
        if (model.Groups.Count > 0)
        {
            string[] figures = [.. model.Groups.SelectMany(group => group.Figures.Keys).Distinct()];
            text.Append(CultureInfo.InvariantCulture, $"\n| group | {string.Join(" | ", figures)} |\n|---|{string.Concat(figures.Select(_ => "---|"))}\n");
            foreach (GroupQuality group in model.Groups)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {group.Group} | {string.Join(" | ", figures.Select(figure => group.Figures.GetValueOrDefault(figure, "-")))} |\n");
            }
        }

        void Row(string name, string value)
        {
            if (value.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"- **{name}:** {value}\n");
            }
        }
    }

    private static string PublicTable(IReadOnlyList<PublicModel> models)
    {
        StringBuilder text = new("\n| name | role | MB | licence | in plain words | needs |\n|---|---|---|---|---|---|\n");
        foreach (PublicModel model in models)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{model.Name}` | {model.Role} | {model.Bytes / 1e6:0.0#} | {model.Licence} | {model.Terms} | {string.Join(", ", model.Needs ?? [])} |\n");
        }

        return text.Append('\n').ToString();
    }
}
