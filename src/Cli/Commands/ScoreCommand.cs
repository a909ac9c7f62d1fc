using System.CommandLine;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;
using VideoGaze.Stages.Score;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze score</c>: how near a swapped video, whatever tool made it, comes to the rendered true swap.</summary>
internal sealed class ScoreCommand : GazeCommand
{
    private readonly Argument<string> output = new("OUTPUT") { Description = "The swapped video to score, made by any tool from the rendered clip." };
    private readonly Option<string> truth = new("--truth")
    {
        Description = "Truth file of the clip before the swap (NAME.truth.ndjson): where the eyes looked.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> trueSwap = new("--true-swap")
    {
        Description = "The rendered true swap: the person put in, under the same pose, expression, gaze and light.",
        HelpName = "VIDEO",
        Required = true,
    };

    private readonly Option<string?> swapTruth = new("--swap-truth")
    {
        Description = "Truth file of the true swap, for landmarks and irises; without it the one beside the true swap.",
        HelpName = "FILE",
    };

    private readonly Option<string?> target = new("--target")
    {
        Description = "The clip before the swap, for seams and likeness to the person replaced; without it the one beside the truth file.",
        HelpName = "VIDEO",
    };

    private readonly Option<string?> identity = new("--identity")
    {
        Description = "Folder of photos of the person put in, for the likeness to them.",
        HelpName = "DIR",
    };

    private readonly Option<string?> person = new("--person")
    {
        Description = "Who was swapped, as the truth file names the person; without it the first.",
        HelpName = "ID",
    };

    private readonly Option<string?> perFrame = new("--per-frame")
    {
        Description = "Write every measure of every frame as NDJSON to a file.",
        HelpName = "FILE",
    };

    private readonly Option<string?> models = SharedOptions.Models();
    private readonly Option<double?> start = TimeOption.Create("--start", "Where to begin in all videos.");
    private readonly Option<double?> end = TimeOption.Create("--end", "Where to end in all videos, not included.");
    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> allowDamaged = SharedOptions.AllowDamaged();
    private readonly Option<bool> json = SharedOptions.Json();

    public ScoreCommand(UserTerminal terminal, Interruption interruption)
        : base("score", "Scores a swapped video against the rendered true swap: gaze, blinks, landmarks, picture, identity, flicker, seam.", terminal, interruption)
    {
        Add(output);
        SharedOptions.AddAll(this, truth, trueSwap, swapTruth, target, identity, person, perFrame, models, start, end, overwrite, allowDamaged, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new(
            "The sample clip's swap against its true swap; truth and clip are found beside the files named",
            "score sample-videos/talk.swapped.mp4 --truth sample-videos/talk.truth.ndjson --true-swap sample-videos/talk.swapped-truth.mp4 --identity sample-videos/identities/B"),
        new(
            "The benchmark's own floor: the true swap against itself",
            "score sample-videos/talk.swapped-truth.mp4 --truth sample-videos/talk.truth.ndjson --true-swap sample-videos/talk.swapped-truth.mp4"),
        new(
            "For a script, with every frame in a file",
            "score out.mp4 --truth talk.truth.ndjson --true-swap talk.swapped-truth.mp4 --per-frame out.score.ndjson --json"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        ScorePipelineOptions options = new()
        {
            Output = parsed.GetRequiredValue(output),
            Truth = parsed.GetRequiredValue(truth),
            TrueSwap = parsed.GetRequiredValue(trueSwap),
            SwapTruth = parsed.GetValue(swapTruth),
            Target = parsed.GetValue(target),
            Identity = parsed.GetValue(identity),
            Person = parsed.GetValue(person),
            ModelsFolder = parsed.GetValue(models),
            Decode = new(new(parsed.GetValue(start), parsed.GetValue(end)), parsed.GetValue(allowDamaged)),
            PerFramePath = parsed.GetValue(perFrame),
            Overwrite = parsed.GetValue(overwrite),
        };
        ScoreResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "scoring",
            progress => ScorePipeline.RunAsync(options, new Words(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        foreach (string note in result.Notes)
        {
            Terminal.Say("note: " + note.TrimEnd('.') + ".");
        }

        foreach (AbsentMeasure absent in result.Score.Absent)
        {
            Terminal.Say($"not measured: {absent.Measure}, because {absent.Reason}.");
        }

        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(ScoreDocument.Of(result).ToJson());
        }
        else
        {
            Terminal.Out.Write(ScoreTable.Of(result.Score).ToText());
        }

        return result.StoppedEarly ? (int)FailureKind.Cancelled : 0;
    }

    private sealed class Words(IProgress<RunProgress> display) : IProgress<ScoreProgress>
    {
        public void Report(ScoreProgress value) => display.Report(new(value.Frames, value.FramesExpected, "frame", GazeWords.Current(value.Latest.Output?.GazeError)));
    }
}
