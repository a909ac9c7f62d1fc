using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Performing;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Performers.Datasets;
using VideoGaze.Performers.Directing;
using VideoGaze.Performers.People;
using VideoGaze.Stages.Provenance;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze perform</c>: clips and data sets of people who do not exist, with exact truth.</summary>
internal sealed class PerformCommand : GazeCommand
{
    private readonly Argument<string?> scriptName = new("SCRIPT") { Description = "What is played; --list names the scripts.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "The video to write, with NAME.truth.ndjson beside it; with --dataset the folder. Required unless --list is given.",
        HelpName = "OUT",
    };

    private readonly Option<string?> assets = new("--assets")
    {
        Description = "Folder of the performers' asset pack; without it VIDEOGAZE_PERFORMERS names the folder.",
        HelpName = "DIR",
    };

    private readonly Option<string?> cast = new("--cast")
    {
        Description = "Who plays, role by role: names of the cast, or p1, p2, ... for people by chance. Without it each script's own.",
        HelpName = "A,B",
    };

    private readonly Option<string?> swapTruth = new("--swap-truth")
    {
        Description = "Also write the true swap, NAME.swapped-truth.mp4 with its truth: every frame with this person's face on the first role.",
        HelpName = "B",
    };

    private readonly Option<string?> size = new("--size")
    {
        Description = "Size of the picture, WIDTHxHEIGHT; with --dataset the side in pixels, 256 without it.",
        HelpName = "SIZE",
    };

    private readonly Option<FrameRate?> rate = new("--rate") { Description = "Frames a second: 25, 29.97, 30000/1001. Without it the script's own, 30.", HelpName = "RATE", CustomParser = ParseRate };
    private readonly Option<double?> seconds = TimeOption.Create("--seconds", "Length of the clip; what happens is stretched along.");
    private readonly Option<string?> sound = new("--sound")
    {
        Description = "File whose sound goes along and moves the mouths by its loudness.",
        HelpName = "FILE",
    };

    private readonly Option<int> seed = SharedOptions.Number("--seed", "Of everything left to chance: the same seed gives the same pixels and truth.", "N", 1, 0, int.MaxValue);
    private readonly Option<string?> codec = new("--codec")
    {
        Description = "Video encoder: h264, h265, vp9, av1, ffv1 or a name from 'ffmpeg -encoders'. Without it H.264, in WebM VP9.",
        HelpName = "NAME",
    };

    private readonly Option<int> crf = SharedOptions.Number("--crf", "Quality, 0 (lossless) to 51 (x264, x265) or 63 (vp9, av1); a step of 6 about halves the size.", "N", 16, 0, 63);
    private readonly Option<int?> dataset = new("--dataset") { Description = "Make a data set of N entries instead of a clip; run again to resume or to add.", HelpName = "N" };
    private readonly Option<string> kind = SharedOptions.Choice("--kind", "Entries of the data set: single faces with labels and masks, or swap triplets (source photos, target, true swap).", "faces", "triplets");
    private readonly Option<int> first = SharedOptions.Number("--first", "Number of the data set's first entry, to spread one over machines.", "N", 0, 0, 1_000_000_000);
    private readonly Option<bool> list = new("--list") { Description = "List the scripts and the cast." };
    private readonly Option<bool> noProvenance = new("--no-provenance")
    {
        Description = "Do not mark a clip as synthetic, neither in its metadata nor by NAME.provenance.json beside it.",
    };

    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> json = SharedOptions.Json();

    public PerformCommand(UserTerminal terminal, Interruption interruption)
        : base("perform", "Renders clips and data sets of people who do not exist, with exact truth of where the eyes look.", terminal, interruption)
    {
        Add(scriptName);
        SharedOptions.AddAll(this, output, assets, cast, swapTruth, size, rate, seconds, sound, seed, codec, crf, dataset, kind, first, list, noProvenance, overwrite, json);
        Validators.Add(CheckTogether);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("A clip, its truth, and the true swap to measure a swap against", "perform talk -o talk.mp4 --swap-truth B"),
        new("Two people by chance in vertical format, with a voice", "perform two -o two.mp4 --cast p7,p8 --size 720x1280 --sound voice.wav"),
        new("How well the gaze estimator does on it", "measure talk.mp4 --truth talk.truth.ndjson"),
        new("Ten thousand labelled pictures; run again to go on after an interruption", "perform --dataset 10000 -o faces --size 256"),
        new("A thousand swap triplets, the second half on another machine", "perform --dataset 500 -o triplets-2 --kind triplets --first 500"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed) =>
        parsed.GetValue(list) ? Task.FromResult(List(parsed)) : parsed.GetValue(dataset) is { } count ? DatasetAsync(parsed, count) : ClipAsync(parsed);

    private int List(ParseResult parsed)
    {
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new PerformListDocument("perform", ToolVersion.Full, Scripts.All, [.. Cast.All.Select(identity => identity.Name)]).ToJson());
            return 0;
        }

        foreach (ScriptTitle title in Scripts.All)
        {
            Terminal.Out.WriteLine($"{title.Name,-10}{title.Summary}");
        }

        Terminal.Out.WriteLine($"{"cast",-10}{string.Join(", ", Cast.All.Select(identity => identity.Name))}; p1, p2, ... for people by chance");
        return 0;
    }

    private async Task<int> ClipAsync(ParseResult parsed)
    {
        ClipJob job = Job(parsed);
        ClipResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            Path.GetFileName(job.Output),
            progress => ClipPipeline.RunAsync(job, frames => progress.Report(new(frames, job.Script.Frames, "frame", string.Empty)), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        if (!parsed.GetValue(noProvenance))
        {
            RenderedMark mark = new(job, "videogaze " + ToolVersion.Full, parsed.GetValue(codec) ?? "default");
            result = result with { Files = [.. result.Files, .. await mark.WriteAsync(result, Interruption.Abort).ConfigureAwait(false)] };
        }

        foreach (string note in result.Notes)
        {
            Terminal.Say("note: " + note.TrimEnd('.') + ".");
        }

        Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", result.Files)}: {result.Frames} frames{(result.StoppedEarly ? $" of {job.Script.Frames}, stopped by request" : string.Empty)}."));
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(PerformDocument.Of(job, result).ToJson());
        }

        return result.StoppedEarly ? (int)FailureKind.Cancelled : 0;
    }

    private ClipJob Job(ParseResult parsed)
    {
        ScriptWishes wishes = new()
        {
            Cast = [.. Names(parsed.GetValue(cast)).Select(name => CastNames.Find(name)!)],
            Size = Sides(parsed.GetValue(size)) is [var width, var height] ? (width, height) : null,
            Rate = parsed.GetValue(rate),
            Seconds = (float?)parsed.GetValue(seconds),
            Seed = parsed.GetValue(seed),
        };
        return new()
        {
            Script = Scripts.Write(parsed.GetValue(scriptName)!, wishes),
            Output = parsed.GetValue(output)!,
            AssetsFolder = parsed.GetValue(assets),
            SwapTruth = parsed.GetValue(swapTruth) is { } name ? CastNames.Find(name) : null,
            Sound = parsed.GetValue(sound),
            Encode = new(parsed.GetValue(codec), parsed.GetValue(crf), Overwrite: parsed.GetValue(overwrite), ExtraMetadata: parsed.GetValue(noProvenance) ? null : ProvenanceMarks.RenderedTags("videogaze " + ToolVersion.Short)),
        };
    }

    private async Task<int> DatasetAsync(ParseResult parsed, int count)
    {
        DatasetPlan plan = new(Enum.Parse<DatasetKind>(parsed.GetValue(kind)!, ignoreCase: true), Sides(parsed.GetValue(size)) is [var side] ? side : 256, parsed.GetValue(seed));
        DatasetJob job = new(plan, parsed.GetValue(first), count, parsed.GetValue(output)!, parsed.GetValue(assets), "videogaze " + ToolVersion.Full, parsed.GetValue(overwrite));
        DatasetResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            Path.GetFileName(job.Folder),
            progress => DatasetPipeline.RunAsync(job, entries => progress.Report(new(entries, count, plan.Kind == DatasetKind.Faces ? "picture" : "triplet", string.Empty)), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{result.Folder}: {result.Entries} entries, {result.Made} of them made now{(result.StoppedEarly ? ", stopped by request; run again to go on" : string.Empty)}."));
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(PerformDatasetDocument.Of(job, result).ToJson());
        }

        return result.StoppedEarly ? (int)FailureKind.Cancelled : 0;
    }

    private void CheckTogether(CommandResult result)
    {
        if (result.GetValue(list))
        {
            return;
        }

        string? script = result.GetValue(scriptName);
        bool makesDataset = result.GetResult(dataset) is not null;
        if ((script is null) != makesDataset)
        {
            result.AddError("Give a script (perform --list names them) or --dataset N.");
            return;
        }

        if (result.GetValue(output) is null)
        {
            result.AddError(makesDataset ? "Option '-o' is required: the folder of the data set." : "Option '-o' is required: the video to write.");
        }

        if (makesDataset)
        {
            CheckDataset(result);
        }
        else
        {
            CheckClip(result, script!);
        }
    }

    private void CheckDataset(CommandResult result)
    {
        if (result.GetValue(dataset) is not (> 0 and <= 100_000_000))
        {
            result.AddError("--dataset must lie between 1 and 100000000.");
        }

        if (result.GetValue(size) is { } asked && Sides(asked) is not [>= 64 and <= 1024])
        {
            result.AddError("With --dataset, --size is one side in pixels between 64 and 1024.");
        }

        foreach (Option option in (Option[])[cast, swapTruth, rate, seconds, sound, codec, crf, noProvenance])
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                result.AddError($"{option.Name} belongs to a clip, not to --dataset.");
            }
        }
    }

    private void CheckClip(CommandResult result, string script)
    {
        ScriptTitle? title = Scripts.All.FirstOrDefault(one => one.Name == script);
        if (title is null)
        {
            result.AddError($"There is no script '{script}'; there are {string.Join(", ", Scripts.All.Select(one => one.Name))}.");
            return;
        }

        // A script by chance takes as many as are cast.
        int most = title.Name == "random" ? 2 : title.Roles;
        string[] people = Names(result.GetValue(cast));
        if (people.Length > most)
        {
            result.AddError($"'{script}' has {(most == 1 ? "one role" : $"{most} roles")}, but --cast names {people.Length} people.");
        }

        IEnumerable<string> named = result.GetValue(swapTruth) is { } swap ? people.Append(swap) : people;
        if (named.FirstOrDefault(name => CastNames.Find(name) is null) is { } unknown)
        {
            result.AddError(CastNames.Unknown(unknown));
        }

        if (result.GetValue(size) is { } asked && Sides(asked) is not [>= 64 and <= ClipPipeline.LargestSide, >= 64 and <= ClipPipeline.LargestSide])
        {
            result.AddError($"--size is WIDTHxHEIGHT, each between 64 and {ClipPipeline.LargestSide}, for instance 1280x720.");
        }

        // Its own parser complains of what is no time.
        if (result.GetResult(seconds) is { Tokens: [var time] } && TimeOption.Seconds(time.Value) is { } length && length is not (> 0 and <= 36_000))
        {
            result.AddError("--seconds must be more than 0 and at most 36000.");
        }

        foreach (Option option in (Option[])[kind, first])
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                result.AddError($"{option.Name} goes with --dataset.");
            }
        }
    }

    private static string[] Names(string? people) => people?.Split(',', StringSplitOptions.TrimEntries) ?? [];

    // 1280x720 or 256; null where it is no size.
    private static int[]? Sides(string? text)
    {
        string[] parts = text?.Split('x') ?? [];
        return parts.Length > 0 && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? [.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture))] : null;
    }

    private static FrameRate? ParseRate(ArgumentResult result)
    {
        if (FrameRate.TryParse(result.Tokens[0].Value, out FrameRate rate))
        {
            return rate;
        }

        result.AddError($"'{result.Tokens[0].Value}' is no frame rate; write 25, 29.97 or 30000/1001, between 1 and 240.");
        return null;
    }
}
