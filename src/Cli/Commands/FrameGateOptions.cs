using System.CommandLine;
using System.CommandLine.Parsing;
using VideoGaze.Stages.Report;

namespace VideoGaze.Cli.Commands;

/// <summary>The limit that <c>process</c> holds every frame to.</summary>
internal sealed class FrameGateOptions
{
    private readonly Option<double?> limit = new("--max-gaze-error")
    {
        Description = "Most gaze error that a face of a frame may have; what happens above says --gate. Shut eyes and doubtful measurements are never above.",
        HelpName = "DEGREES",
    };

    private readonly Option<string> action = SharedOptions.Choice(
        "--gate",
        "What happens to a frame above --max-gaze-error: flag marks it in the report, fail ends the run with exit code 20 and no output, fallback lays the target's own eyes back in before the frame is encoded.",
        "flag",
        "fail",
        "fallback");

    public FrameGateOptions() => limit.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<double?>() is not (null or >= 0 and <= 180))
        {
            result.AddError("--max-gaze-error must lie between 0 and 180 degrees.");
        }
    });

    /// <summary>In the order in which help lists them.</summary>
    public Option[] All => [limit, action];

    /// <summary>The gate that was asked for; null for none.</summary>
    public FrameGate? Of(ParseResult parsed) =>
        parsed.GetValue(limit) is { } degrees ? new(degrees, Enum.Parse<GateAction>(parsed.GetValue(action)!, ignoreCase: true)) : null;

    /// <summary>Refuses what makes no sense together.</summary>
    public void Check(CommandResult result, bool measures)
    {
        if (result.GetResult(action) is { Implicit: false } && result.GetValue(limit) is null)
        {
            result.AddError("--gate needs a limit: --max-gaze-error DEGREES.");
        }

        if (result.GetValue(limit) is not null && !measures)
        {
            result.AddError("--max-gaze-error has nothing to judge with --no-gaze.");
        }
    }
}
