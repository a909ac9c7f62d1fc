using System.CommandLine;
using VideoGaze.Cli.Terminal;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Report;

namespace VideoGaze.Cli.Commands;

/// <summary>The limits that <c>measure</c> and <c>report</c> can be given, and how a run ends that does not keep them.</summary>
internal sealed class GateOptions
{
    private readonly Option<double?> maxMean = Limit("--max-mean", "mean");
    private readonly Option<double?> maxMedian = Limit("--max-median", "median");
    private readonly Option<double?> maxP95 = Limit("--max-p95", "95th percentile");
    private readonly Option<bool> noFindings = new("--no-findings") { Description = "Fail, with exit code 18, where a fault is found by name." };

    /// <summary>In the order in which help lists them.</summary>
    public Option[] All => [maxMean, maxMedian, maxP95, noFindings];

    /// <summary>Judges a measurement; null where no limit was given.</summary>
    public GazeVerdict? Judge(ParseResult parsed, GazeSummary summary)
    {
        var gate = new GazeGate(parsed.GetValue(maxMean), parsed.GetValue(maxMedian), parsed.GetValue(maxP95), parsed.GetValue(noFindings));
        return gate.IsSet ? gate.Judge(summary) : null;
    }

    /// <summary>Says what was not kept; the exit code.</summary>
    public static int Tell(UserTerminal terminal, GazeVerdict? verdict)
    {
        if (verdict is not { Passed: false } failed)
        {
            return 0;
        }

        terminal.Say(failed.Words() + (failed.Second is { Passed: true } ? " The second estimator's measurement keeps them." : string.Empty));
        return (int)FailureKind.GateFailed;
    }

    private static Option<double?> Limit(string name, string what)
    {
        Option<double?> option = new(name) { Description = $"Fail, with exit code 18, where the {what} of the gaze error is above this.", HelpName = "DEGREES" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or >= 0 and <= 180))
            {
                result.AddError($"{name} must lie between 0 and 180 degrees.");
            }
        });
        return option;
    }
}
