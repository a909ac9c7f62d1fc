using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Models.Catalog;

namespace VideoGaze.Cli.Commands.Models;

/// <summary><c>videogaze models manifest</c>, for whoever adds weights to the project: writes the manifest, and docs/models.md, from the files and what they say about themselves. Not in the help.</summary>
internal sealed class ModelsManifestCommand : GazeCommand
{
    private readonly Argument<string?> folder = new("DIR") { Description = "Folder of models that ship; without it the program's own.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> write = new("--write") { Description = "Write it instead of only saying whether it is up to date." };

    public ModelsManifestCommand(UserTerminal terminal, Interruption interruption)
        : base("manifest", "Compares the manifest of shipped models with their files, or writes it.", terminal, interruption)
    {
        Hidden = true;
        Add(folder);
        SharedOptions.AddAll(this, write);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("After a file was added or replaced", "models manifest --write")];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed)
    {
        string models = parsed.GetValue(folder) ?? ModelPlaces.Shipped() ?? throw new UserFacingException(FailureKind.Usage, "No folder of models lies beside the program: name it.");
        string path = Path.Combine(models, ModelManifest.FileName);
        ModelManifest manifest = ManifestUpdate.Of(models);
        bool upToDate = Renew(path, manifest.ToJson(), parsed.GetValue(write));

        // The page shows what the manifest says, so it is written together with it where there is one.
        string page = Path.Combine(models, "..", "docs", "models.md");
        if (File.Exists(page))
        {
            ModelCatalog catalog = new(manifest.Models, PublicModelList.Read(models).Models);
            upToDate &= Renew(Path.GetFullPath(page), ModelsPage.Renew(File.ReadAllText(page), catalog), parsed.GetValue(write));
        }

        return Task.FromResult(upToDate || parsed.GetValue(write) ? 0 : (int)FailureKind.ModelMismatch);
    }

    /// <summary>Says whether a file is up to date, and writes it where that is wanted.</summary>
    private bool Renew(string path, string text, bool mayWrite)
    {
        bool same = File.Exists(path) && File.ReadAllText(path) == text;
        if (!same && mayWrite)
        {
            File.WriteAllText(path, text);
        }

        Terminal.Say(same ? $"{path} is up to date." : mayWrite ? $"{path} is written." : $"{path} is not up to date: run 'videogaze models manifest --write'.");
        return same;
    }
}
