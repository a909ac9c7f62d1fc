using System.CommandLine;

namespace VideoGaze.Cli.Commands;

/// <summary>Options that several commands have, with the same meaning everywhere. Each call makes a fresh one, since a parser's option belongs to one command.</summary>
internal static class SharedOptions
{
    /// <summary>Print one JSON document on standard output.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the result as one JSON document on standard output." };

    /// <summary>The folder of perception models.</summary>
    public static Option<string?> Models() => new("--models")
    {
        Description = "Folder that holds the ONNX models for detection, landmarks and gaze; without it VIDEOGAZE_MODELS names the folder.",
        HelpName = "DIR",
    };

    /// <summary>Where networks run.</summary>
    public static Option<string> Device() => Choice("--device", "Where the generator runs; cuda is an error where it does not work, auto falls back to cpu and says so.", "auto", "cpu", "cuda");

    /// <summary>Replace what is there.</summary>
    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace the output if it exists." };

    /// <summary>An option with a fixed set of words, the first being the default.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        Option<string> option = new(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => words[0] };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
