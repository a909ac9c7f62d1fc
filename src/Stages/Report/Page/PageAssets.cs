using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace VideoGaze.Stages.Report.Page;

/// <summary>The page's own files, embedded in the program.</summary>
internal static class PageAssets
{
    // Order matters: each uses what stands before it.
    private static readonly string[] ScriptNames = ["data.js", "view.js", "draw.js", "plot.js", "strip.js", "eyes.js", "figures.js", "tables.js", "main.js", "start.js"];

    // What takes a run's news; a finished page does without.
    private static readonly string[] LiveScriptNames = [.. ScriptNames.SkipLast(1), "live.js", ScriptNames[^1]];

    /// <summary>The page with a data block in it.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="title">Plain text.</param>
    /// <param name="json">JSON in which nothing can end a script element.</param>
    public static void Write(TextWriter target, string title, string json) => Write(target, title, json, ScriptNames, string.Empty);

    /// <summary>The page of a run that goes on. It may ask the server that it comes from, and nobody else.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="title">Plain text.</param>
    /// <param name="json">JSON in which nothing can end a script element.</param>
    public static void WriteLive(TextWriter target, string title, string json) => Write(target, title, json, LiveScriptNames, " connect-src 'self';");

    private static void Write(TextWriter target, string title, string json, string[] scriptNames, string connections)
    {
        string style = Text("page.css");
        string script = "(() => {\n'use strict';\n" + string.Concat(scriptNames.Select(Text)) + "})();\n";

        // Nothing is fetched, sent or run but what stands here: styles and script by their hashes, pictures from within.
        string policy = $"default-src 'none'; img-src data:;{connections} style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'";
        string page = Text("page.html");
        foreach (string part in page.Split("{{"))
        {
            int end = part.IndexOf("}}", StringComparison.Ordinal);
            target.Write(end < 0 ? string.Empty : part[..end] switch
            {
                "policy" => policy,
                "title" => System.Net.WebUtility.HtmlEncode(title),
                "style" => style,
                "data" => json,
                "script" => script,
                string unknown => throw new InvalidOperationException($"page.html has no value for '{unknown}'."),
            });
            target.Write(end < 0 ? part : part[(end + 2)..]);
        }
    }

    private static string Text(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("VideoGaze.Page." + name) ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // Browsers hash what the parser made of it, which has no carriage returns.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
