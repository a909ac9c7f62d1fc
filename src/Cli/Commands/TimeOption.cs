using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace VideoGaze.Cli.Commands;

/// <summary>Points in time on the command line, as ffmpeg users type them: <c>12.5</c>, <c>1:02.5</c> or <c>1:00:02.5</c>.</summary>
internal static class TimeOption
{
    /// <summary>An option whose value is seconds.</summary>
    public static Option<double?> Create(string name, string description) => new(name)
    {
        Description = description + " Seconds or [[HH:]MM:]SS.",
        HelpName = "TIME",
        CustomParser = Parse,
    };

    /// <summary>Seconds of a time as typed; null where it is none.</summary>
    internal static double? Seconds(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 3)
        {
            return null;
        }

        double seconds = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            // Only the last part may have a fraction, and after the first part 60 is the next minute or hour.
            NumberStyles style = i == parts.Length - 1 ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
            if (!double.TryParse(parts[i], style, CultureInfo.InvariantCulture, out double part) || !double.IsFinite(part) || (i > 0 && part >= 60))
            {
                return null;
            }

            seconds = (seconds * 60) + part;
        }

        return seconds;
    }

    private static double? Parse(ArgumentResult result)
    {
        double? seconds = Seconds(result.Tokens[0].Value);
        if (seconds is null)
        {
            result.AddError($"'{result.Tokens[0].Value}' is no time; write seconds (12.5) or [[HH:]MM:]SS (1:02.5).");
        }

        return seconds;
    }
}
