using System.CommandLine;
using System.Globalization;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages;
using VideoGaze.Stages.Features;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze features</c>: the gaze features that detectors of swapped faces are trained on.</summary>
internal sealed class FeaturesCommand : GazeCommand
{
    private readonly Argument<string> input = new("IN") { Description = "The video to measure; anything ffmpeg reads." };
    private readonly Option<string?> label = new("--label") { Description = "What the rows are labelled as for training.", HelpName = "real|swapped" };
    private readonly Option<string?> csv = new("--csv") { Description = "Write the features as CSV to a file, or with - to standard output.", HelpName = "FILE|-" };
    private readonly Option<string?> ndjson = new("--ndjson") { Description = "Write them as NDJSON, a line a window, to a file, or with - to standard output.", HelpName = "FILE|-" };
    private readonly Option<string?> parquet = new("--parquet") { Description = "Write them as Apache Parquet.", HelpName = "FILE" };
    private readonly Option<int> window = SharedOptions.Number("--window", "Frames a window.", "N", 64, 16, 4096);
    private readonly Option<int> step = SharedOptions.Number("--step", "Frames from one window's start to the next; 0: half a window.", "N", 0, 0, 4096);
    private readonly ModelOptions models = new();
    private readonly Option<double?> start = TimeOption.Create("--start", "Where to begin.");
    private readonly Option<double?> end = TimeOption.Create("--end", "Where to end, not included.");
    private readonly Option<bool> overwrite = SharedOptions.Overwrite();
    private readonly Option<bool> allowDamaged = SharedOptions.AllowDamaged();

    public FeaturesCommand(UserTerminal terminal, Interruption interruption)
        : base("features", "Writes the gaze features of a video, window by window, for training detectors of swapped faces.", terminal, interruption)
    {
        label.AcceptOnlyFromAmong("real", "swapped");
        Add(input);
        SharedOptions.AddAll(this, label, csv, ndjson, parquet, window, step);
        models.AddTo(this);
        SharedOptions.AddAll(this, start, end, overwrite, allowDamaged);
        Validators.Add(result =>
        {
            if (result.GetValue(csv) is null && result.GetValue(ndjson) is null && result.GetValue(parquet) is null)
            {
                result.AddError("Say where the features go: --csv, --ndjson or --parquet.");
            }

            if (result.GetValue(csv) is "-" && result.GetValue(ndjson) is "-")
            {
                result.AddError("--csv - and --ndjson - both need standard output; write one of them to a file.");
            }
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("A real video and a swap of it, for training", "features talk.mp4 --label real --parquet talk.parquet"),
        new("The swap", "features talk.swapped.mp4 --label swapped --parquet talk.swapped.parquet"),
        new("Windows of two seconds, a line each, to another program", "features in.mp4 --window 60 --step 60 --ndjson - | jq .gaze_dispersion"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        bool replace = parsed.GetValue(overwrite);
        foreach (string file in Files(parsed))
        {
            // Before a long run, not after it.
            if (File.Exists(file) && !replace)
            {
                throw new UserFacingException(FailureKind.OutputExists, $"The table {file} exists: name another file or allow --overwrite.");
            }
        }

        int length = parsed.GetValue(window);
        FeaturesPipelineOptions options = new()
        {
            Input = parsed.GetRequiredValue(input),
            Label = parsed.GetValue(label) is { } word ? Enum.Parse<FeatureLabel>(word, ignoreCase: true) : null,
            Window = length,
            Step = parsed.GetValue(step) is > 0 and var frames ? frames : length / 2,
            ModelsFolder = models.Folder(parsed),
            Choices = models.Choices(parsed),
            Decode = new(new(parsed.GetValue(start), parsed.GetValue(end)), parsed.GetValue(allowDamaged)),
        };
        FeaturesResult result = await ProgressDisplay.ShowAsync(
            Terminal,
            TimeProvider.System,
            "measuring",
            progress => FeaturesPipeline.RunAsync(options, new Words(progress), Interruption.Stop, Interruption.Abort)).ConfigureAwait(false);

        await WriteTextAsync(parsed.GetValue(csv), "--csv", writer => FeatureFiles.WriteCsv(result.Table, writer)).ConfigureAwait(false);
        await WriteTextAsync(parsed.GetValue(ndjson), "--ndjson", writer => FeatureFiles.WriteNdjson(result.Table, writer)).ConfigureAwait(false);
        if (parsed.GetValue(parquet) is { } columns)
        {
            await WholeFile.WriteAsync(columns, "table", "--parquet", replace, stream => FeatureFiles.WriteParquetAsync(result.Table, stream, Interruption.Abort)).ConfigureAwait(false);
        }

        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Input}: {result.Table.Count} windows of {options.Window} frames from {result.Frames} frames, {result.Table.Persons} {(result.Table.Persons == 1 ? "person" : "persons")}{(result.StoppedEarly ? ", stopped by request" : string.Empty)}."));
        return result.StoppedEarly ? (int)FailureKind.Cancelled : 0;

        async Task WriteTextAsync(string? path, string option, Action<TextWriter> write)
        {
            if (path is "-")
            {
                write(Terminal.Out);
            }
            else if (path is not null)
            {
                await WholeFile.WriteAsync(path, "table", option, replace, async stream =>
                {
                    var writer = new StreamWriter(stream);
                    await using (writer.ConfigureAwait(false))
                    {
                        write(writer);
                    }
                }).ConfigureAwait(false);
            }
        }
    }

    private IEnumerable<string> Files(ParseResult parsed) =>
        ((Option<string?>[])[csv, ndjson, parquet]).Select(option => parsed.GetValue(option)).OfType<string>().Where(file => file != "-");

    private sealed class Words(IProgress<RunProgress> display) : IProgress<MeasureProgress>
    {
        public void Report(MeasureProgress value) => display.Report(new(value.Frames, value.FramesExpected, "frame", string.Empty));
    }
}
