using System.CommandLine;
using VideoGaze.Faces.Models;

namespace VideoGaze.Cli.Commands;

/// <summary>Which networks a command uses: a folder of them, and single ones by name or file. The same options with the same meaning everywhere.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> folder = SharedOptions.Models();
    private readonly Option<string?> detector = Choice(ModelRole.FaceDetector, "Finds the faces");
    private readonly Option<string?> landmarks = Choice(ModelRole.FaceMesh, "Measures their landmarks");
    private readonly Option<string?> gaze = Choice(ModelRole.GazeEstimator, "Measures where the eyes look");

    /// <summary>The value of <c>--models</c>, or null.</summary>
    public string? Folder(ParseResult parsed) => parsed.GetValue(folder);

    /// <summary>Networks that were asked for by name or file.</summary>
    public ModelChoices Choices(ParseResult parsed) => new(parsed.GetValue(detector), parsed.GetValue(landmarks), parsed.GetValue(gaze));

    /// <summary>Adds the options to a command, in the order in which help lists them.</summary>
    /// <param name="command">The command.</param>
    /// <param name="measuresGaze">Whether it has a use for a gaze network.</param>
    public void AddTo(Command command, bool measuresGaze = true) => SharedOptions.AddAll(command, [folder, detector, landmarks, .. measuresGaze ? (Option[])[gaze] : []]);

    private static Option<string?> Choice(ModelRole role, string does) => new("--" + role.Key)
    {
        Description = $"{does}: a file, or a name from 'videogaze models list'; without it the first that is found.",
        HelpName = "NAME|FILE",
    };
}
