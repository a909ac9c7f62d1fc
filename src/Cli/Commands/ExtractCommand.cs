using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;
using VideoGaze.Stages.Track;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze extract</c>: from videos and photos to a face set that training reads.</summary>
internal sealed class ExtractCommand : GazeCommand
{
    private readonly Argument<string[]> inputs = new("IN") { Description = "Videos, photos and folders of photos.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> output = new("--output", "-o") { Description = "Folder that becomes the face set: crops and faces.ndjson.", HelpName = "DIR", Required = true };
    private readonly Option<int> size = SharedOptions.Number("--size", "Side of a crop in pixels.", "PIXELS", 256, 64, 1024);
    private readonly Option<int> every = SharedOptions.Number("--every", "Take every N-th frame of a video.", "N", 1, 1, 100_000);
    private readonly Option<string> faces = SharedOptions.Choice("--faces", "Which faces are cut out.", "largest", "all", "reference");
    private readonly Option<string?> reference = new("--reference")
    {
        Description = "Photo of the person to cut out; goes with --faces reference and implies it.",
        HelpName = "PHOTO",
    };

    private readonly ModelOptions models = new();
    private readonly Option<double?> start = TimeOption.Create("--start", "Where to begin in each video.");
    private readonly Option<double?> end = TimeOption.Create("--end", "Where to end in each video, not included.");
    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> allowDamaged = SharedOptions.AllowDamaged();
    private readonly Option<bool> json = SharedOptions.Json();

    public ExtractCommand(UserTerminal terminal, Interruption interruption)
        : base("extract", "Cuts aligned faces out of videos and photos, with landmarks and gaze, for training.", terminal, interruption)
    {
        Add(inputs);
        SharedOptions.AddAll(this, output, size, every, faces, reference);
        models.AddTo(this);
        SharedOptions.AddAll(this, start, end, overwrite, allowDamaged, json);
        Validators.Add(result =>
        {
            if (result.GetValue(faces) == "reference" && result.GetValue(reference) is null)
            {
                result.AddError("--faces reference needs a photo: --reference PHOTO.");
            }
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("The face whose place will be taken", "extract sample-videos/talk.mp4 -o faces/A"),
        new("The face that takes it, from a clip and photos", "extract sample-videos/identities/B/clip.mp4 sample-videos/identities/B -o faces/B"),
        new("Every fifth frame, one person of several", "extract party.mp4 -o faces/anna --every 5 --reference anna.jpg"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        string? photo = parsed.GetValue(reference);
        ExtractPipelineOptions options = new()
        {
            Inputs = parsed.GetRequiredValue(inputs),
            OutputFolder = parsed.GetRequiredValue(output),
            Size = parsed.GetValue(size),
            Every = parsed.GetValue(every),
            Faces = photo is not null ? FaceChoice.Reference : Enum.Parse<FaceChoice>(parsed.GetValue(faces)!, ignoreCase: true),
            ReferencePhoto = photo,
            ModelsFolder = models.Folder(parsed),
            Choices = models.Choices(parsed),
            Decode = new(new(parsed.GetValue(start), parsed.GetValue(end)), parsed.GetValue(allowDamaged)),
            Overwrite = parsed.GetValue(overwrite),
        };
        ExtractResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "extracting",
            progress => ExtractPipeline.RunAsync(options, new ExtractWords(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        foreach (string note in result.Notes)
        {
            Terminal.Say("note: " + note.TrimEnd('.') + ".");
        }

        long count = result.Inputs.Sum(input => input.Faces);
        Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{result.Folder}: {count} faces from {result.Inputs.Sum(input => input.Frames)} frames of {result.Inputs.Count} inputs{(result.StoppedEarly ? ", stopped by request" : string.Empty)}."));
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(ExtractDocument.Of(result).ToJson());
        }

        return result.StoppedEarly ? (int)FailureKind.Cancelled : 0;
    }
}
