using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Models.Catalog;

namespace VideoGaze.Cli.Commands.Models;

/// <summary><c>videogaze models verify</c>: whether every shipped and every pulled file is the one its SHA-256 promises.</summary>
internal sealed class ModelsVerifyCommand : GazeCommand
{
    private readonly Option<string?> models = SharedOptions.Models();
    private readonly Option<bool> json = SharedOptions.Json();

    public ModelsVerifyCommand(UserTerminal terminal, Interruption interruption)
        : base("verify", "Compares the SHA-256 of every shipped and every public model on this machine with the lists.", terminal, interruption)
    {
        SharedOptions.AddAll(this, models, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Whether all is as it was published; exit code 17 if not", "models verify"),
        new("Also public models in a folder of one's own", "models verify --models ~/models"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        ModelInventory inventory = new(ModelStore.Open(parsed.GetValue(models)));
        IReadOnlyList<VerifiedFile> files = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "verifying",
            progress => Task.Run(() => inventory.Verify(path => progress.Report(new(0, null, "file", Path.GetFileName(path))), Interruption.Stop))).ConfigureAwait(false);
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new ModelsVerifyDocument("models verify", ToolVersion.Full, files.All(file => file.State == ModelState.Ok), files).ToJson());
        }
        else
        {
            foreach (VerifiedFile file in files)
            {
                Terminal.Out.WriteLine($"{Word(file.State),-10} {file.Path}");
            }
        }

        VerifiedFile[] wrong = [.. files.Where(file => file.State != ModelState.Ok)];
        if (wrong.Length == 0)
        {
            Terminal.Say($"all models are as published ({files.Count} checked).");
            return 0;
        }

        Terminal.Say($"{wrong.Length} of {files.Count} models are not as published: {string.Join("; ", wrong.Select(Describe))}; restore the program's own from its release, and fetch public ones again with 'videogaze models pull'.");
        return (int)FailureKind.ModelMismatch;
    }

    private static string Word(ModelState state) => state.ToString().ToLowerInvariant();

    private static string Describe(VerifiedFile file) => file.State switch
    {
        ModelState.Different => $"{file.Path} has SHA-256 {file.Sha256}, expected {file.Expected}",
        ModelState.Missing => $"{file.Path} is missing",
        _ => $"{file.Path} is not in the manifest",
    };
}
