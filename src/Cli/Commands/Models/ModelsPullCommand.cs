using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Models.Catalog;
using VideoGaze.Faces.Models.Pulling;

namespace VideoGaze.Cli.Commands.Models;

/// <summary><c>videogaze models pull</c>: fetches a public model from its publisher. Nothing else in the program uses the network.</summary>
internal sealed class ModelsPullCommand : GazeCommand
{
    private readonly Argument<string> name = new("NAME") { Description = "A public model, as 'videogaze models list' names it." };
    private readonly Option<string?> to = new("--to")
    {
        Description = "Folder to put it in. Without it the one that every command searches last, by default ~/.local/share/videogaze/models.",
        HelpName = "DIR",
    };

    private readonly Option<bool> json = SharedOptions.Json();

    public ModelsPullCommand(UserTerminal terminal, Interruption interruption)
        : base("pull", "Fetches a public model from its publisher's address and checks that it is the pinned file.", terminal, interruption)
    {
        Add(name);
        SharedOptions.AddAll(this, to, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Fetch a detector; run it again to go on where it was interrupted", "models pull yunet_n_dynamic"),
        new("Into a folder of one's own", "models pull open-closed-eye-0001 --to ~/models"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        ModelCatalog catalog = ModelStore.Open(null).Catalog;
        PublicModel model = catalog.FindPublic(parsed.GetRequiredValue(name));
        string folder = parsed.GetValue(to) ?? ModelPlaces.Pulled;
        Terminal.Say($"{model.Name} is published under {model.Licence}: {model.Terms}");
        PulledModel pulled;
        try
        {
            using ModelPuller puller = new("videogaze/" + ToolVersion.Short);
            pulled = await ProgressDisplay.ShowAsync(
                Terminal,
                TimeProvider.System,
                model.File,
                progress => puller.PullAsync(model, folder, new Words(progress), Interruption.Stop)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Interruption.Stop.IsCancellationRequested)
        {
            Terminal.Say("stopped; what has arrived is kept, run the same command to go on.");
            return (int)FailureKind.Cancelled;
        }

        Terminal.Say(pulled.WasThere ? $"{pulled.Path} was there already, with its SHA-256." : $"{pulled.Path}: {Megabytes(model.Bytes)} MB, SHA-256 as pinned.");
        foreach (string needed in (model.Needs ?? []).Where(needed => !File.Exists(Path.Combine(folder, catalog.FindPublic(needed).File))))
        {
            Terminal.Say($"note: it needs {needed} too: videogaze models pull {needed}.");
        }

        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new ModelsPullDocument("models pull", ToolVersion.Full, model, pulled.Path, pulled.WasThere, pulled.ResumedFrom).ToJson());
        }

        return 0;
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0#}");

    private sealed class Words(IProgress<RunProgress> display) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => display.Report(new(value.Bytes / 1_000_000, Math.Max(1, value.Total / 1_000_000), "MB", string.Empty));
    }
}
