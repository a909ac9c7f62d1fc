using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VideoGaze.Cli.Benchmarking;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Performing;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Stages;
using VideoGaze.Stages.Score;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze score</c>: how near a swapped video, whatever tool made it, comes to the rendered true swap.</summary>
internal sealed class ScoreCommand : GazeCommand
{
    private readonly Argument<string?> output = new("OUTPUT") { Description = "The swapped video to score, made by any tool from the rendered clip.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> truth = new("--truth")
    {
        Description = "Truth file of the clip before the swap (NAME.truth.ndjson): where the eyes looked. Required with OUTPUT.",
        HelpName = "FILE",
    };

    private readonly Option<string?> trueSwap = new("--true-swap")
    {
        Description = "The rendered true swap: the person put in, under the same pose, expression, gaze and light. Required with OUTPUT.",
        HelpName = "VIDEO",
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

    private readonly Option<string?> generator = new("--generator")
    {
        Description = "Score a generator instead of a video: render the standard set of clips, swap each and score it.",
        HelpName = "PATH",
    };

    private readonly Option<string?> source = new("--source")
    {
        Description = "Whose face the generator makes: a name of the cast, or p1, p2, ... for people by chance. A generator that takes photos may do without: each clip then gets a person of its own.",
        HelpName = "B",
    };

    private readonly Option<string?> assets = new("--assets")
    {
        Description = "Folder of the performers' asset pack; without it VIDEOGAZE_PERFORMERS names the folder.",
        HelpName = "DIR",
    };

    private readonly Option<string?> work = new("--work")
    {
        Description = "Keep clips and swaps in this folder; the clips that are there are not rendered again.",
        HelpName = "DIR",
    };

    private readonly Option<int> pairs = SharedOptions.Number("--pairs", "Take only the first N pairs of the standard set.", "N", StandardSet.V1.Pairs.Count, 1, StandardSet.V1.Pairs.Count);
    private readonly Option<string> device = SharedOptions.Device();
    private readonly ModelOptions models = new();
    private readonly Option<double?> start = TimeOption.Create("--start", "Where to begin in all videos.");
    private readonly Option<double?> end = TimeOption.Create("--end", "Where to end in all videos, not included.");
    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> allowDamaged = SharedOptions.AllowDamaged();
    private readonly Option<bool> json = SharedOptions.Json();

    public ScoreCommand(UserTerminal terminal, Interruption interruption)
        : base("score", "Scores a swapped video against the rendered true swap: gaze, blinks, landmarks, picture, identity, flicker, seam.", terminal, interruption)
    {
        Add(output);
        SharedOptions.AddAll(this, truth, trueSwap, swapTruth, target, identity, person, perFrame, start, end, overwrite, allowDamaged, generator, source, assets, work, pairs, device);
        models.AddTo(this);
        SharedOptions.AddAll(this, json);
        Validators.Add(CheckTogether);
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
        new(
            "A generator on the standard set; the clips stay in a folder for the next generator",
            "score --generator sample-videos/identities/B/generator.onnx --source B --identity sample-videos/identities/B --assets performers --work standard"),
        new("A generator that takes photos: each clip has its own person, whose photos are rendered", "score --generator models/swap.onnx --assets performers --work standard"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed) => parsed.GetValue(generator) is { } path ? SetAsync(parsed, path) : PairAsync(parsed);

    private async Task<int> SetAsync(ParseResult parsed, string path)
    {
        StandardJob job = new()
        {
            Set = StandardSet.V1.First(parsed.GetValue(pairs)),
            Generator = path,
            Source = parsed.GetValue(source) is { } name ? CastNames.Find(name) : null,
            Identity = parsed.GetValue(identity),
            AssetsFolder = parsed.GetValue(assets),
            ModelsFolder = models.Folder(parsed),
            Choices = models.Choices(parsed),
            WorkFolder = parsed.GetValue(work),
            Device = Enum.Parse<InferenceDevice>(parsed.GetValue(device)!, ignoreCase: true),
        };
        StandardResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "standard set",
            progress => new StandardPipeline(job, new StandardWords(progress, job.Set.Pairs.Count), Interruption.Stop, Interruption.Abort).RunAsync()).ConfigureAwait(false);

        Tell(result.Notes, result.Pairs.SelectMany(pair => pair.Absent).Distinct());
        foreach (FailedPair failed in result.Run.Failed)
        {
            Terminal.Say($"pair {failed.Pair} was not scored: {failed.Reason}");
        }

        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"standard set {result.Run.Version}: {result.Pairs.Count} of {job.Set.Pairs.Count} pairs scored, {result.Run.Failed.Count} failed{(result.StoppedEarly ? ", stopped by request" : string.Empty)}."));
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(ScoreDocument.Of(result).ToJson());
        }
        else if (result.Pairs.Count > 0)
        {
            Terminal.Out.Write(ScoreTable.Of(result.Pairs).ToText());
        }

        return result.StoppedEarly ? (int)FailureKind.Cancelled : result.Pairs.Count == 0 ? (int)FailureKind.NoFace : 0;
    }

    private void CheckTogether(CommandResult result)
    {
        bool isSet = result.GetValue(generator) is not null;
        if (isSet == result.GetValue(output) is not null)
        {
            result.AddError("Give a swapped video to score, or --generator to run the standard set.");
            return;
        }

        Option[] foreign = isSet
            ? [truth, trueSwap, swapTruth, target, person, perFrame, start, end, overwrite, allowDamaged]
            : [source, assets, work, pairs, device];
        foreach (Option option in foreign.Where(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError(isSet ? $"{option.Name} belongs to a single video, not to --generator." : $"{option.Name} goes with --generator.");
        }

        Option<string?>[] needed = isSet ? [] : [truth, trueSwap];
        foreach (Option<string?> option in needed.Where(option => result.GetValue(option) is null))
        {
            result.AddError($"Option '{option.Name}' is required.");
        }

        if (isSet && result.GetValue(source) is { } name && CastNames.Find(name) is null)
        {
            result.AddError(CastNames.Unknown(name));
        }
    }

    private async Task<int> PairAsync(ParseResult parsed)
    {
        ScorePipelineOptions options = new()
        {
            Output = parsed.GetValue(output)!,
            Truth = parsed.GetValue(truth)!,
            TrueSwap = parsed.GetValue(trueSwap)!,
            SwapTruth = parsed.GetValue(swapTruth),
            Target = parsed.GetValue(target),
            Identity = parsed.GetValue(identity),
            Person = parsed.GetValue(person),
            ModelsFolder = models.Folder(parsed),
            Choices = models.Choices(parsed),
            Decode = new(new(parsed.GetValue(start), parsed.GetValue(end)), parsed.GetValue(allowDamaged)),
            PerFramePath = parsed.GetValue(perFrame),
            Overwrite = parsed.GetValue(overwrite),
        };
        ScoreResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "scoring",
            progress => ScorePipeline.RunAsync(options, new Words(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        Tell(result.Notes, result.Score.Absent);
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

    private void Tell(IEnumerable<string> notes, IEnumerable<AbsentMeasure> absences)
    {
        foreach (string note in notes)
        {
            Terminal.Say("note: " + note.TrimEnd('.') + ".");
        }

        foreach (AbsentMeasure absent in absences)
        {
            Terminal.Say($"not measured: {absent.Measure}, because {absent.Reason}.");
        }
    }

    private sealed class StandardWords(IProgress<RunProgress> display, int pairs) : IProgress<StandardProgress>
    {
        public void Report(StandardProgress value) =>
            display.Report(new(value.Frames, value.FramesExpected, "frame", string.Create(CultureInfo.InvariantCulture, $"pair {value.Pair} of {pairs}, {value.Step}")));
    }

    private sealed class Words(IProgress<RunProgress> display) : IProgress<ScoreProgress>
    {
        public void Report(ScoreProgress value) => display.Report(new(value.Frames, value.FramesExpected, "frame", GazeWords.Current(value.Latest.Output?.GazeError)));
    }
}
