using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Results;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Stages;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Encode;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Provenance;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Report.Live;
using VideoGaze.Stages.Report.Page;
using VideoGaze.Stages.Track;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze process</c>: the swap itself.</summary>
internal sealed class ProcessCommand : GazeCommand
{
    private readonly Argument<string> input = new("IN") { Description = "The video to read; anything ffmpeg reads." };
    private readonly Option<string> identity = new("--identity")
    {
        Description = "Who the faces become: a folder of photos with a trained generator beside them, a generator file (generator.onnx, .dfm), or, with --generator, photos alone.",
        HelpName = "PATH",
        Required = true,
    };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "The video to write; its extension chooses the container. Without it NAME.swapped.mp4 beside the input.",
        HelpName = "OUT",
    };

    private readonly Option<string?> report = new("--report")
    {
        Description = "Write the gaze of every frame before and after as NDJSON to a file, or with - to standard output.",
        HelpName = "FILE|-",
    };

    private readonly PagePart page;
    private readonly LivePart live;
    private readonly OverlayPart overlay;
    private readonly Option<bool> noGaze = new("--no-gaze") { Description = "Do not measure gaze." };
    private readonly FrameGateOptions gate = new();
    private readonly Option<string> faces = SharedOptions.Choice("--faces", "Which faces are replaced. With all, a one-shot generator leaves mouth and brows where each face has them.", "largest", "all", "reference");
    private readonly Option<string?> reference = new("--reference")
    {
        Description = "Photo of the person to replace; goes with --faces reference and implies it.",
        HelpName = "PHOTO",
    };

    private readonly Option<string> colorTransfer = SharedOptions.Choice(
        "--color-transfer", "How the new face takes on the frame's colours: reinhard matches mean and spread of Lab, none leaves them.", "reinhard", "none");

    private readonly Option<string> eyes = SharedOptions.Choice(
        "--eyes", "Whose eyes are shown: the target's own pixels, which keep gaze and blinks; what the generator made; or, with auto, the target's where the generator means to keep them (one-shot).", "auto", "target", "generated");

    private readonly Option<string> irises = SharedOptions.Choice(
        "--irises", "Whose colour the irises have where the target's own eyes are shown: the target's, to the pixel; that of the person in the photos, in the target's light; or, with auto, the person's where the photos tell it. Gaze stays the target's.", "auto", "target", "person");

    private readonly ModelOptions models = new();
    private readonly Option<string?> second = TrustOptions.Second();
    private readonly Option<bool> noFloor = TrustOptions.NoFloor();
    private readonly Option<string?> generator = new("--generator")
    {
        Description = "Makes the faces, in place of the generator beside the photos: a file, or a name from 'videogaze models list'.",
        HelpName = "NAME|FILE",
    };

    private readonly AdaptPart adapt;
    private readonly Option<string> device = SharedOptions.Device();
    private readonly Option<int> threads = SharedOptions.Threads();
    private readonly Option<double?> start = TimeOption.Create("--start", "Where to begin.");
    private readonly Option<double?> end = TimeOption.Create("--end", "Where to end, not included.");
    private readonly Option<string?> codec = new("--codec")
    {
        Description = "Video encoder: h264, h265, vp9, av1, ffv1 or a name from 'ffmpeg -encoders'. Without it H.264, in WebM VP9.",
        HelpName = "NAME",
    };

    private readonly Option<int> crf = SharedOptions.Number("--crf", "Quality, 0 (lossless) to 51 (x264, x265) or 63 (vp9, av1); a step of 6 about halves the size.", "N", 18, 0, 63);
    private readonly Option<string> preset = new("--preset")
    {
        Description = "Encoder speed against size, as x264 names them (ultrafast ... veryslow).",
        HelpName = "NAME",
        DefaultValueFactory = _ => "medium",
    };

    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> allowDamaged = SharedOptions.AllowDamaged();
    private readonly Option<bool> noProvenance = new("--no-provenance")
    {
        Description = "Do not mark the output as synthetic, neither in its metadata nor by NAME.provenance.json beside it; a report records that.",
    };

    private readonly Option<bool> timing = SharedOptions.Timing();
    private readonly Option<bool> json = SharedOptions.Json();

    public ProcessCommand(UserTerminal terminal, Interruption interruption)
        : base("process", "Swaps the faces in a video and measures whether the eyes still look where they looked.", terminal, interruption)
    {
        page = new(terminal, interruption);
        live = new(terminal);
        overlay = new(terminal, interruption);
        adapt = new(terminal, interruption);
        Add(input);
        SharedOptions.AddAll(
            this, [identity, output, report, page.Html, page.NoPictures, live.Live, live.Host, overlay.Overlay, noGaze, .. gate.All, faces, reference, colorTransfer, eyes, irises]);
        models.AddTo(this);
        SharedOptions.AddAll(
            this, second, noFloor, generator, adapt.Steps, device, threads, start, end, codec, crf, preset, overwrite, allowDamaged, noProvenance, timing, json);
        Validators.Add(CheckTogether);
        Validators.Add(live.Check);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("Swap the sample clip's face; the result is sample-videos/talk.swapped.mp4", "process sample-videos/talk.mp4 --identity sample-videos/identities/B"),
        new("Name the output and keep a report of every frame's gaze", "process in.mp4 --identity B/ -o out.mp4 --report out.gaze.ndjson"),
        new("See every frame's gaze on a page", "process in.mp4 --identity B/ -o out.mp4 --html out.gaze.html"),
        new("Watch every frame's gaze in a browser while it runs", "process in.mp4 --identity B/ -o out.mp4 --live auto"),
        new("See gaze and error on every frame of a second video", "process in.mp4 --identity B/ -o out.mp4 --overlay out.gaze.mp4"),
        new("Repair frames whose gaze is off by more than 8 degrees with the target's own eyes", "process in.mp4 --identity B/ -o out.mp4 --max-gaze-error 8 --gate fallback"),
        new("Replace only the person on a photo, in ten seconds of the film", "process in.mkv --identity B/ -o out.mkv --reference anna.jpg --start 1:00 --end 1:10"),
        new("With a public generator and photos alone", "process in.mp4 --identity photos/ --generator hyperswap_1a_256"),
        new("With our one-shot generator, fine-tuned for these two people", "process in.mp4 --identity photos/ --adapt"),
        new("Feed the report to another program", "process in.mp4 --identity B/ --overwrite --report - | jq '.faces[]?.error'"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed) => live.WatchAsync(parsed, feed => RunAsync(parsed, feed));

    private async Task<int> RunAsync(ParseResult parsed, LiveFeed? feed)
    {
        bool replace = parsed.GetValue(overwrite);
        page.CheckFree(parsed, replace);
        bool reportForPage = (parsed.GetValue(page.Html) is not null || parsed.GetValue(overlay.Overlay) is not null) && parsed.GetValue(report) is null, adapts = adapt.IsAsked(parsed);
        using ScratchFolder? temporary = reportForPage || adapts ? new() : null;
        SwapPipelineOptions asked = SwapOptions(parsed) with { Live = feed };
        overlay.CheckFree(parsed, replace, asked.Input, asked.Output);
        asked = adapts ? await adapt.RunAsync(parsed, asked, temporary!).ConfigureAwait(false) : asked;
        SwapPipelineOptions options = reportForPage ? asked with { ReportPath = temporary!.Report } : asked;
        SwapResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            Path.GetFileName(options.Input),
            progress => SwapPipeline.RunAsync(options, new SwapProgressWords(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        feed?.Say(page.SayPending(parsed));
        string? sidecar = options.Provenance ? await MarkAsync(parsed, options, result, result.Output).ConfigureAwait(false) : null;
        Tell(options, result, sidecar);
        await page.WriteAsync(parsed, () => GazeReport.Read(options.ReportPath!), _ => new PageVideos(options.Input, result.Output.Path, []), replace).ConfigureAwait(false);
        bool overlayStopped = await DrawAsync(parsed, options, result).ConfigureAwait(false);
        feed?.End(page.SayEnd(parsed, result.Output.Frames, result.Run.StoppedEarly));
        if (parsed.GetValue(timing))
        {
            Terminal.Error.Write(result.Run.ToTable());
        }

        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(ProcessDocument.Of(asked, result, sidecar).ToJson());
        }

        return result.Run.StoppedEarly || overlayStopped ? (int)FailureKind.Cancelled : 0;
    }

    private SwapPipelineOptions SwapOptions(ParseResult parsed)
    {
        string inputPath = parsed.GetRequiredValue(input);
        string outputPath = parsed.GetValue(output) ?? Path.ChangeExtension(inputPath, ".swapped.mp4");
        bool mark = !parsed.GetValue(noProvenance);
        TimeRange range = new(parsed.GetValue(start), parsed.GetValue(end));
        string? reportTo = parsed.GetValue(report);
        string? referencePhoto = parsed.GetValue(reference);
        return new()
        {
            Input = inputPath,
            Output = outputPath,
            Identity = parsed.GetRequiredValue(identity),
            ModelsFolder = models.Folder(parsed),
            Choices = models.Choices(parsed) with { Generator = parsed.GetValue(generator) },
            Faces = referencePhoto is not null ? FaceChoice.Reference : Enum.Parse<FaceChoice>(parsed.GetValue(faces)!, ignoreCase: true),
            ReferencePhoto = referencePhoto,
            Device = Enum.Parse<InferenceDevice>(parsed.GetValue(device)!, ignoreCase: true),
            Threads = parsed.GetValue(threads),
            ColorTransfer = Enum.Parse<ColorTransfer>(parsed.GetValue(colorTransfer)!, ignoreCase: true),
            Eyes = Enum.Parse<EyeSource>(parsed.GetValue(eyes)!, ignoreCase: true),
            Irises = Enum.Parse<IrisSource>(parsed.GetValue(irises)!, ignoreCase: true),
            Decode = new(range, parsed.GetValue(allowDamaged)),
            Encode = new(
                parsed.GetValue(codec),
                parsed.GetValue(crf),
                parsed.GetValue(preset)!,
                parsed.GetValue(overwrite),
                range,
                mark ? ProvenanceMarks.Tags("videogaze " + ToolVersion.Short) : null),
            Gaze = parsed.GetValue(noGaze) ? null : new GazeOptions { Second = parsed.GetValue(second) },
            Floor = !parsed.GetValue(noFloor),
            Gate = gate.Of(parsed),
            ReportPath = reportTo is "-" ? null : reportTo,
            ReportStream = reportTo is "-" ? Terminal.OpenDataStream() : null,
            Provenance = mark,
        };
    }

    private void CheckTogether(CommandResult result)
    {
        if (result.GetValue(report) is "-" && result.GetValue(json))
        {
            result.AddError("--report - and --json both need standard output; write the report to a file.");
        }

        if (result.GetValue(report) is "-" && result.GetValue(page.Html) is not null)
        {
            result.AddError("--html is made from the report: write that to a file or leave --report out.");
        }

        if (result.GetValue(report) is "-" && result.GetValue(overlay.Overlay) is not null)
        {
            result.AddError("--overlay is made from the report: write that to a file or leave --report out.");
        }

        foreach ((Option option, string name) in (ReadOnlySpan<(Option, string)>)[(page.Html, "--html"), (live.Live, "--live"), (overlay.Overlay, "--overlay")])
        {
            if (result.GetResult(option) is not null && result.GetValue(noGaze))
            {
                result.AddError($"{name} has nothing to show with --no-gaze.");
            }
        }

        if (result.GetValue(report) is not null && result.GetValue(noGaze))
        {
            result.AddError("--report has nothing to report with --no-gaze.");
        }

        if (result.GetValue(second) is not null && result.GetValue(noGaze))
        {
            result.AddError("--second has nothing to measure with --no-gaze.");
        }

        gate.Check(result, measures: !result.GetValue(noGaze));
        if (result.GetValue(faces) == "reference" && result.GetValue(reference) is null)
        {
            result.AddError("--faces reference needs a photo: --reference PHOTO.");
        }

        adapt.CheckTogether(result, result.GetValue(reference) is null && result.GetValue(faces) == "all" ? FaceChoice.All : FaceChoice.Largest);
        if (result.GetValue(start) is { } from && result.GetValue(end) is { } to && to <= from)
        {
            result.AddError("--end must lie behind --start.");
        }
    }

    private async Task<bool> DrawAsync(ParseResult parsed, SwapPipelineOptions options, SwapResult result)
    {
        if (await overlay.WriteAsync(parsed, path => new() { Report = options.ReportPath!, Video = result.Output.Path, Output = path, Decode = new(), Encode = options.Encode }).ConfigureAwait(false) is not { } drawn)
        {
            return false;
        }

        if (options.Provenance)
        {
            await MarkAsync(parsed, options, result, drawn.Output).ConfigureAwait(false);
        }

        return drawn.StoppedEarly;
    }

    /// <summary>Writes the sidecar of a video that shows the swap; its path.</summary>
    private async Task<string> MarkAsync(ParseResult parsed, SwapPipelineOptions options, SwapResult result, EncodeResult written)
    {
        ProvenanceRecord record = new(
            ProvenanceRecord.SchemaName,
            ProvenanceRecord.CurrentVersion,
            "videogaze " + ToolVersion.Full,
            ProvenanceMarks.DigitalSourceType,
            ProvenanceMarks.Statement,
            await FileFingerprint.OfAsync(options.Input, Interruption.Abort).ConfigureAwait(false),
            await FileFingerprint.OfAsync(written.Path, Interruption.Abort).ConfigureAwait(false),
            InEffect(parsed, options.Adaptation?.Steps),
            result.Models,
            written.Frames,
            result.FacesReplaced,
            result.Gaze,
            options.Adaptation);
        await ProvenanceSidecar.WriteAsync(written.Path, record.ToJson(), Interruption.Abort).ConfigureAwait(false);
        return ProvenanceSidecar.PathFor(written.Path);
    }

    /// <summary>Options that shape the output, by name, defaults included. Paths are cut to their last name: folders are nobody's business.</summary>
    private SortedDictionary<string, string> InEffect(ParseResult parsed, int? steps)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["identity"] = LastName(parsed.GetRequiredValue(identity)),
            ["faces"] = parsed.GetValue(reference) is null ? parsed.GetValue(faces)! : "reference",
            ["color-transfer"] = parsed.GetValue(colorTransfer)!,
            ["eyes"] = parsed.GetValue(eyes)!,
            ["irises"] = parsed.GetValue(irises)!,
            ["codec"] = parsed.GetValue(codec) ?? "default",
            ["crf"] = parsed.GetValue(crf).ToString(CultureInfo.InvariantCulture),
            ["preset"] = parsed.GetValue(preset)!,
            ["allow-damaged"] = parsed.GetValue(allowDamaged) ? "true" : "false",
        };
        FrameGate? limit = gate.Of(parsed);
        AddIfGiven("max-gaze-error", limit?.Limit.ToString(CultureInfo.InvariantCulture));
        AddIfGiven("gate", limit?.Action.ToString().ToLowerInvariant());
        AddIfGiven("generator", parsed.GetValue(generator) is { } made ? LastName(made) : null);
        AddIfGiven("adapt", steps?.ToString(CultureInfo.InvariantCulture));
        AddIfGiven("reference", parsed.GetValue(reference) is { } photo ? LastName(photo) : null);
        AddIfGiven("start", parsed.GetValue(start)?.ToString(CultureInfo.InvariantCulture));
        AddIfGiven("end", parsed.GetValue(end)?.ToString(CultureInfo.InvariantCulture));
        return values;

        static string LastName(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

        void AddIfGiven(string name, string? value)
        {
            if (value is not null)
            {
                values[name] = value;
            }
        }
    }

    private void Tell(SwapPipelineOptions options, SwapResult result, string? sidecar)
    {
        foreach (string note in result.Notes.Concat(result.Output.Notes))
        {
            Terminal.Say("note: " + note.TrimEnd('.') + ".");
        }

        if (!result.Damage.IsSound)
        {
            Terminal.Say($"note: {options.Input} is damaged: {result.Damage}.");
        }

        if (result.Run.StoppedEarly)
        {
            Terminal.Say($"stopped by request: {result.Output.Path} holds the first {result.Output.Frames} frames.");
        }

        string gaze = result.Gaze is { } summary ? "; " + GazeWords.Errors(summary.Error) + GazeWords.Beside(summary.FootageFloor) : string.Empty;
        string mark = sidecar is null ? "not marked as synthetic" : "marked as synthetic, see " + Path.GetFileName(sidecar);
        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Output.Path}: {result.Output.Frames} frames, {result.FacesReplaced} faces replaced, {result.Run.FramesPerSecond:0.0} frames/s on {result.Provider}{gaze}; {mark}."));
        if (result.Gaze?.Gate is { } gated)
        {
            Terminal.Say(GazeWords.Gate(gated));
        }

        if (result.Gaze?.Second is { } agreement)
        {
            Terminal.Say(GazeWords.Second(agreement));
        }

        foreach (string finding in result.Gaze is { } measured ? GazeWords.Findings(measured) : [])
        {
            Terminal.Say(finding);
        }
    }

    /// <summary>A swap's progress in the display's terms.</summary>
    private sealed class SwapProgressWords(IProgress<RunProgress> display) : IProgress<SwapProgress>
    {
        public void Report(SwapProgress value) => display.Report(new(
            value.Frames,
            value.FramesExpected,
            "frame",
            GazeWords.Current(value.GazeErrorDegrees)));
    }
}
