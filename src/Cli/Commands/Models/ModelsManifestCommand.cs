using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Models.Catalog;

namespace VideoGaze.Cli.Commands.Models;

/// <summary><c>videogaze models manifest</c>, for whoever adds weights to the project: writes the manifest from the files and what they say about themselves. Not in the help.</summary>
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
        string text = ManifestUpdate.Of(models).ToJson();
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            Terminal.Say($"{path} is up to date.");
            return Task.FromResult(0);
        }

        if (!parsed.GetValue(write))
        {
            Terminal.Say($"{path} is not up to date: run 'videogaze models manifest --write'.");
            return Task.FromResult((int)FailureKind.ModelMismatch);
        }

        File.WriteAllText(path, text);
        Terminal.Say($"{path} is written; say in it what the files do not: data, limits, figures by group.");
        return Task.FromResult(0);
    }
}
