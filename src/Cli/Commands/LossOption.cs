using System.CommandLine;
using VideoGaze.Faces.Failures;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary>Weight and time of a loss on the command line.</summary>
internal static class LossOption
{
    /// <summary>An option whose value is a loss term; null where it is left out, which keeps the condition's own.</summary>
    public static Option<LossTerm?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "WEIGHT[@FROM[-UNTIL]]",
        CustomParser = result =>
        {
            try
            {
                return LossTerm.Parse(result.Tokens[0].Value);
            }
            catch (UserFacingException failure)
            {
                result.AddError(failure.Message);
                return null;
            }
        },
    };
}
