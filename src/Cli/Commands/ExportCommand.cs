using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze export</c>: from a checkpoint to an ONNX file that <c>process</c> and other DFM tools run.</summary>
internal sealed class ExportCommand : GazeCommand
{
    private readonly Argument<string> checkpoint = new("MODEL") { Description = "Folder of a training run, or a checkpoint in it." };
    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "The file to write, .onnx or .dfm (the same format). Without it generator.onnx beside the checkpoint, of a one-shot generator swap.onnx.",
        HelpName = "FILE",
    };

    private readonly Option<string?> description = new("--description")
    {
        Description = "What it was trained on, in one sentence; travels inside the file.",
        HelpName = "TEXT",
    };

    private readonly Option<bool> fullWeights = new("--full-weights") { Description = "Store weights in 32 bits instead of 16: twice the file." };
    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> json = SharedOptions.Json();

    public ExportCommand(UserTerminal terminal, Interruption interruption)
        : base("export", "Writes a trained generator as ONNX and checks that the file computes the same.", terminal, interruption)
    {
        Add(checkpoint);
        SharedOptions.AddAll(this, output, description, fullWeights, overwrite, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Put the generator beside an identity's photos, where process finds it", "export models/A-to-B -o identities/B/generator.onnx"),
        new("For DeepFaceLive and FaceFusion", "export models/A-to-B -o B.dfm"),
        new("A one-shot generator, two files", "export models/swap -o models/swap.onnx"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        string model = parsed.GetRequiredValue(checkpoint);
        bool oneShot = SwapExporter.IsCheckpoint(model);
        string file = parsed.GetValue(output) ?? Path.Combine(Directory.Exists(model) ? model : Path.GetDirectoryName(Path.GetFullPath(model))!, oneShot ? "swap.onnx" : "generator.onnx");
        if (File.Exists(file) && !parsed.GetValue(overwrite))
        {
            throw new UserFacingException(FailureKind.OutputExists, $"{file} exists already: add --overwrite, or name another output with -o.");
        }

        GeneratorExportOptions options = new(model, file, parsed.GetValue(description) ?? string.Empty, HalfWeights: !parsed.GetValue(fullWeights));
        GeneratorExport result = await Task.Run(() => oneShot ? SwapExporter.Export(options) : GeneratorExporter.Export(options)).ConfigureAwait(false);
        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Path}: {result.Contract.Size} px, {result.Steps} steps, {result.Bytes / 1e6:0.0} MB; differs from the trained network by at most {result.LargestDifference:0.0e+0}."));
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new ExportDocument("export", ToolVersion.Full, result).ToJson());
        }

        return 0;
    }
}
