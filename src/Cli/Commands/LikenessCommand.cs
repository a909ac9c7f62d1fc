using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;
using VideoGaze.Stages.Track;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze likeness</c>: whom the faces of a swapped video are like, on footage that has no true swap.</summary>
internal sealed class LikenessCommand : GazeCommand
{
    private readonly Argument<string> output = new("OUTPUT") { Description = "The swapped video, made by any tool." };
    private readonly Option<string> target = new("--target")
    {
        Description = "The video before the swap.",
        HelpName = "VIDEO",
        Required = true,
    };

    private readonly Option<string> identity = new("--identity")
    {
        Description = "Photos of the person put in: a folder, or one photo.",
        HelpName = "PATH",
        Required = true,
    };

    private readonly Option<string> faces = SharedOptions.Choice("--faces", "Which faces were replaced; the others do not count.", "largest", "all", "reference");
    private readonly Option<string?> reference = new("--reference")
    {
        Description = "Photo of the person who was replaced; goes with --faces reference and implies it.",
        HelpName = "PHOTO",
    };

    private readonly Option<string?> perFrame = new("--per-frame")
    {
        Description = "Write the likenesses of every frame as NDJSON to a file.",
        HelpName = "FILE",
    };

    private readonly ModelOptions models = new();
    private readonly Option<double?> start = TimeOption.Create("--start", "Where to begin in both videos.");
    private readonly Option<double?> end = TimeOption.Create("--end", "Where to end in both videos, not included.");
    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> allowDamaged = SharedOptions.AllowDamaged();
    private readonly Option<bool> json = SharedOptions.Json();

    public LikenessCommand(UserTerminal terminal, Interruption interruption)
        : base("likeness", "Measures whether the faces of a swapped video are more like the person put in than like the person replaced.", terminal, interruption)
    {
        Add(output);
        SharedOptions.AddAll(this, target, identity, faces, reference, perFrame);
        models.AddTo(this, measuresGaze: false);
        SharedOptions.AddAll(this, start, end, overwrite, allowDamaged, json);
        Validators.Add(CheckTogether);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("A swap of any footage, by any tool", "likeness out.mp4 --target in.mp4 --identity photos/ --models DIR"),
        new("The sample's own swap", "likeness sample-videos/talk.swapped.mp4 --target sample-videos/talk.mp4 --identity sample-videos/identities/B --models DIR"),
        new("Only the person on a photo was replaced", "likeness out.mkv --target in.mkv --identity B/ --reference anna.jpg --models DIR"),
        new("For a script, with every frame in a file", "likeness out.mp4 --target in.mp4 --identity photos/ --models DIR --per-frame out.likeness.ndjson --json"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        string? photo = parsed.GetValue(reference);
        LikenessPipelineOptions options = new()
        {
            Output = parsed.GetRequiredValue(output),
            Target = parsed.GetRequiredValue(target),
            Identity = parsed.GetRequiredValue(identity),
            Faces = photo is not null ? FaceChoice.Reference : Enum.Parse<FaceChoice>(parsed.GetValue(faces)!, ignoreCase: true),
            ReferencePhoto = photo,
            ModelsFolder = models.Folder(parsed),
            Choices = models.Choices(parsed),
            Decode = new(new(parsed.GetValue(start), parsed.GetValue(end)), parsed.GetValue(allowDamaged)),
            PerFramePath = parsed.GetValue(perFrame),
            Overwrite = parsed.GetValue(overwrite),
        };
        LikenessResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "comparing",
            progress => LikenessPipeline.RunAsync(options, new Words(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        foreach (string note in result.Notes)
        {
            Terminal.Say("note: " + note.TrimEnd('.') + ".");
        }

        if (LikenessWords.LeftOut(result.Likeness) is { } left)
        {
            Terminal.Say(left);
        }

        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(LikenessDocument.Of(result).ToJson());
        }
        else
        {
            Terminal.Out.Write(LikenessWords.Table(result.Likeness));
        }

        return result.StoppedEarly ? (int)FailureKind.Cancelled : 0;
    }

    private void CheckTogether(CommandResult result)
    {
        if (result.GetValue(faces) == "reference" && result.GetValue(reference) is null)
        {
            result.AddError("--faces reference needs a photo: --reference PHOTO.");
        }

        if (result.GetValue(start) is { } from && result.GetValue(end) is { } to && to <= from)
        {
            result.AddError("--end must lie behind --start.");
        }
    }

    private sealed class Words(IProgress<RunProgress> display) : IProgress<LikenessProgress>
    {
        public void Report(LikenessProgress value) => display.Report(new(
            value.Frames,
            value.FramesExpected,
            "frame",
            value.ToPhotos is { } likeness ? string.Create(CultureInfo.InvariantCulture, $"likeness to the photos {likeness:0.00}") : string.Empty));
    }
}
