using System.Text.Json;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>What rendered people are grouped by when errors are stated: skin and spectacles, from the identities beside a label file.</summary>
internal static class PersonGroups
{
    /// <summary>Kind of the groups by skin.</summary>
    public const string Skin = "skin";

    /// <summary>Kind of the groups by spectacles.</summary>
    public const string Spectacles = "spectacles";

    /// <summary>(kind, group) by person; empty where the file is absent. Sets that do not record spectacles give no such group.</summary>
    public static Dictionary<string, List<(string Kind, string Group)>> Beside(string labels)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(labels))!, "identities.ndjson");
        var groups = new Dictionary<string, List<(string Kind, string Group)>>();
        if (!File.Exists(path))
        {
            return groups;
        }

        foreach (string line in File.ReadLines(path))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (!root.TryGetProperty("name", out JsonElement name) || !root.TryGetProperty("skin", out JsonElement skin) || !skin.TryGetProperty("mix", out JsonElement mix))
            {
                continue;
            }

            // Skins are mixed of baked ones that are named after what they show.
            float dark = mix.EnumerateArray().Where(part => part.GetProperty("skin").GetString()!.Contains("darkskinned", StringComparison.Ordinal)).Sum(part => part.GetProperty("weight").GetSingle());
            groups[name.GetString()!] =
            [
                (Skin, dark < 1 / 3f ? "light skin" : dark < 2 / 3f ? "brown skin" : "dark skin"),
                (Spectacles, root.TryGetProperty("glasses", out _) ? "with spectacles" : "without spectacles"),
            ];
        }

        return groups;
    }
}
