using System.CommandLine;
using VideoGaze.Training;

namespace VideoGaze.Cli.Commands;

/// <summary>Options that several commands have, with the same meaning everywhere. Each call makes a fresh one, since a parser's option belongs to one command.</summary>
internal static class SharedOptions
{
    /// <summary>Print one JSON document on standard output.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the result as one JSON document on standard output." };

    /// <summary>A folder of models that comes first.</summary>
    public static Option<string?> Models() => new("--models")
    {
        Description = "Folder of ONNX models to use before those of VIDEOGAZE_MODELS, the program's own and those pulled.",
        HelpName = "DIR",
    };

    /// <summary>Where networks run.</summary>
    public static Option<string> Device() => Choice("--device", "Where the generator runs; cuda is an error where it does not work, auto falls back to cpu and says so.", "auto", "cpu", "cuda");

    /// <summary>Where a network is trained.</summary>
    public static Option<string> TrainingDevice() => Choice("--device", "Where the network is trained; cuda is an error where it does not work.", "cpu", "cuda");

    /// <summary>What <see cref="TrainingDevice()"/> was set to.</summary>
    public static TrainingDevice TrainingDevice(ParseResult parsed, Option<string> device) => parsed.GetValue(device) == "cuda" ? Training.TrainingDevice.Cuda : Training.TrainingDevice.Cpu;

    /// <summary>Replace what is there.</summary>
    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace the output if it exists." };

    /// <summary>Go on where an input is damaged.</summary>
    public static Option<bool> AllowDamaged() => new("--allow-damaged") { Description = "Take what can be read of a damaged input instead of failing." };

    /// <summary>Threads inside one call of the largest network.</summary>
    public static Option<int> Threads() => Number("--threads", "Threads inside one call of the largest network; 0 chooses by the machine.", "N", 0, 0, 256);

    /// <summary>Print where the time went.</summary>
    public static Option<bool> Timing() => new("--timing") { Description = "Print time and queue of every step on standard error when done." };

    /// <summary>Adds options in the order in which help lists them.</summary>
    public static void AddAll(Command command, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>An option that is a whole number inside bounds.</summary>
    public static Option<int> Number(string name, string description, string helpName, int defaultValue, int least, int most)
    {
        Option<int> option = new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => defaultValue };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most))
            {
                result.AddError($"{name} must lie between {least} and {most}, not at {value}.");
            }
        });
        return option;
    }

    /// <summary>An option with a fixed set of words, the first being the default.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        Option<string> option = new(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => words[0] };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
