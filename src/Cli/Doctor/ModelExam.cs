using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Models.Catalog;
using VideoGaze.Stages;

namespace VideoGaze.Cli.Doctor;

/// <summary>Loads every model that a run may need, and tries the devices with one of them: a provider that is compiled in may still find no GPU.</summary>
internal static class ModelExam
{
    private static readonly (ModelRole Role, bool Required, string Use)[] Roles =
    [
        (ModelRole.FaceDetector, true, "needed by process, extract and measure"),
        (ModelRole.FaceMesh, true, "needed by process, extract and measure"),
        (ModelRole.GazeEstimator, true, "needed to measure gaze"),
        (ModelRole.EyeContour, true, "needed to measure gaze with a public gaze network"),
        (ModelRole.EyeState, false, "without it blinks are judged by landmarks alone"),
        (ModelRole.FaceGenerator, false, "without it --identity needs a trained generator"),
        (ModelRole.FaceIdentity, false, "needed for --faces reference"),
    ];

    /// <summary>The findings.</summary>
    /// <param name="modelsOption">The value of <c>--models</c>.</param>
    /// <param name="choices">Networks asked for by name or file.</param>
    public static IReadOnlyList<Finding> Examine(string? modelsOption, ModelChoices choices)
    {
        ModelStore store;
        try
        {
            store = ModelStore.Open(modelsOption, choices);
        }
        catch (UserFacingException failure)
        {
            return [new("models", "models", FindingState.Broken, failure.Message)];
        }

        // Our own gaze network finds the eyes itself; public ones need another for the eyes of a swapped face.
        bool findsEyes = Path.GetFileName(AnyFile(store, ModelRole.GazeEstimator)) == ModelRole.GazeEstimator.FileNames[0];
        List<Finding> findings = [.. Roles.Select(entry => Model(store, entry.Role, entry.Required && !(findsEyes && entry.Role == ModelRole.EyeContour), entry.Use))];
        findings.Add(new("inference", "cpu", FindingState.Ok, "ONNX Runtime with " + string.Join(' ', OnnxSession.CompiledProviders())));
        findings.Add(Cuda(store));
        return findings;
    }

    private static Finding Model(ModelStore store, ModelRole role, bool required, string use)
    {
        try
        {
            FoundModel found = store.Find(role) ?? throw store.Missing(role);
            ModelFit.Check(role, found.Path);
            return new("models", role.Name, FindingState.Ok, $"{found.Source}: {found.Path}") { Sha256 = ManifestUpdate.HashOf(found.Path) };
        }
        catch (UserFacingException failure)
        {
            return new("models", role.Name, required ? FindingState.Broken : FindingState.Absent, $"{use}. {failure.Message}");
        }
    }

    private static string? AnyFile(ModelStore store, ModelRole role)
    {
        try
        {
            return store.TryResolve(role);
        }
        catch (UserFacingException)
        {
            // What was asked for is not there, which the finding of its role says.
            return null;
        }
    }

    private static Finding Cuda(ModelStore store)
    {
        if (Roles.Select(entry => AnyFile(store, entry.Role)).FirstOrDefault(path => path is not null) is not { } any)
        {
            return new("inference", "cuda", FindingState.Absent, "not tried, there is no model to try it with");
        }

        try
        {
            using OnnxSession session = OnnxSession.Load(any, new(InferenceDevice.Cuda));
            return new("inference", "cuda", FindingState.Ok, "works");
        }
        catch (UserFacingException failure)
        {
            return new("inference", "cuda", FindingState.Absent, failure.Message);
        }
    }
}
