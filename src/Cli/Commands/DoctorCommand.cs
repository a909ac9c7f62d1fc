using System.CommandLine;
using VideoGaze.Cli.Doctor;
using VideoGaze.Cli.Help;
using VideoGaze.Cli.Running;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Cli.Commands;

/// <summary><c>videogaze doctor</c>: what is installed and what of it works. Its exit code is 0 only where an ordinary run would find all it needs.</summary>
internal sealed class DoctorCommand : GazeCommand
{
    private readonly ModelOptions models = new();
    private readonly Option<bool> json = SharedOptions.Json();

    public DoctorCommand(UserTerminal terminal, Interruption interruption)
        : base("doctor", "Says what is installed, which models and providers are there, and whether they work.", terminal, interruption)
    {
        models.AddTo(this);
        SharedOptions.AddAll(this, json);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("See whether everything is in place", "doctor"),
        new("Look at the models in a folder", "doctor --models ~/models"),
        new("The same for a script", "doctor --json"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        List<Finding> findings =
        [
            .. SystemExam.Examine(),
            .. await VideoExam.ExamineAsync(Interruption.Stop).ConfigureAwait(false),
            .. LibraryExam.Examine(),
            .. ModelExam.Examine(models.Folder(parsed), models.Choices(parsed)),
        ];
        bool healthy = findings.TrueForAll(finding => finding.State != FindingState.Broken);
        if (parsed.GetValue(json))
        {
            Terminal.Out.WriteLine(new DoctorReport("videogaze", ToolVersion.Full, healthy, findings).ToJson());
        }
        else
        {
            foreach (Finding finding in findings)
            {
                Terminal.Out.WriteLine($"{Word(finding.State),-7} {finding.Name,-28} {finding.Detail}{(finding.Sha256 is { } hash ? ", sha256 " + hash[..12] : string.Empty)}");
            }
        }

        return healthy ? 0 : (int)ExitKind(findings);
    }

    private static FailureKind ExitKind(List<Finding> findings) =>
        findings.Exists(finding => finding is { Group: "video", State: FindingState.Broken }) ? FailureKind.FfmpegFailed : FailureKind.ModelInvalid;

    private static string Word(FindingState state) => state switch
    {
        FindingState.Ok => "ok",
        FindingState.Absent => "-",
        _ => "BROKEN",
    };
}
