using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Models.Catalog;

namespace VideoGaze.Cli.Commands.Models;

/// <summary><c>videogaze models list</c>: every model that ships or can be fetched, and where this machine has it.</summary>
internal sealed class ModelsListCommand : GazeCommand
{
    private readonly Option<string?> models = SharedOptions.Models();
    private readonly Option<bool> json = SharedOptions.Json();

    public ModelsListCommand(UserTerminal terminal, Interruption interruption)
        : base("list", "Lists the models that ship, those that can be fetched, and where each lies on this machine.", terminal, interruption)
    {
        SharedOptions.AddAll(this, models, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("What is there; a star marks what a run takes without being told", "models list"),
        new("For a script", "models list --json | jq '.models[] | select(.isDefault)'"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed)
    {
        IReadOnlyList<InventoryRow> rows = new ModelInventory(ModelStore.Open(parsed.GetValue(models))).List();
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new ModelsListDocument("models list", ToolVersion.Full, rows).ToJson());
            return Task.FromResult(0);
        }

        TextTable table = new("", "name", "role", "source", "MB", "licence", "file");
        foreach (InventoryRow row in rows)
        {
            table.Add(row.IsDefault ? "*" : string.Empty, row.Name, row.Role, row.Source, string.Create(CultureInfo.InvariantCulture, $"{row.Bytes / 1e6:0.0#}"), row.Licence, row.Path ?? "-");
        }

        Terminal.Out.Write(table.ToString());
        return Task.FromResult(0);
    }
}
