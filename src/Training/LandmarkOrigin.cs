using System.Globalization;
using VideoGaze.Training.Data.Landmarks;

namespace VideoGaze.Training;

/// <summary>What a landmark network's file says of itself: contract, data, command, errors, licence. Travels as ONNX <c>metadata_props</c>.</summary>
internal static class LandmarkOrigin
{
    /// <summary>The entries.</summary>
    public static Dictionary<string, string> Of(LandmarkRecipeOptions options, LandmarkSet set, LandmarkRecipeResult result)
    {
        HashSet<string> used = [.. set.Real.Select(sample => sample.Source)];
        return new()
        {
            ["contract"] = $"crop (1, 3, 256, 256) RGB 0..1, upright, 1.5 x the mesh; mesh (1, 478, 3) in MediaPipe's order{(options.Registration ? ", with the mean face's features, by which skin is laid from face to face," : string.Empty)} and landmarks (1, 68, 2) in iBUG order, crop sides; openness (1, 2), image-left eye first, 0 shut, 1 at rest; presence (1, 1), probability",
            ["licence"] = "as the project's",
            ["data"] = string.Create(CultureInfo.InvariantCulture, $"{set.Rendered.Count} rendered faces with exact 68 points, irises and lids, {set.Rendered.Count(sample => sample.Registration is not null)} of them with the mesh for registration; {set.Real.Count} real faces; the other meshes, and all depths, taught by MediaPipe's mesh network (Apache-2.0)"),
            ["realUsed"] = string.Join(", ", used.Order(StringComparer.Ordinal)),
            ["realUnseen"] = string.Join(", ", result.Errors.Where(errors => errors.Kind == LandmarkErrors.RealSource).Select(errors => errors.Group).Order(StringComparer.Ordinal)),
            ["command"] = Command(options),
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["errors"] = string.Join("; ", result.Errors.Where(errors => errors.Kind == LandmarkErrors.Whole).Select(errors => errors.ToString())),
        };
    }

    /// <summary>The command line, with the last two names of each path: the rest is about one machine.</summary>
    private static string Command(LandmarkRecipeOptions options)
    {
        string[] parts =
        [
            "videogaze train landmarks",
            .. Option("--labels", options.Labels), .. Option("--held-out", options.HeldOut), .. Option("--real", options.Real), .. Option("--unseen", options.Unseen), .. Option("--empty", options.Empty),
            string.Create(CultureInfo.InvariantCulture, $"--steps {options.Steps} --batch {options.BatchSize} --learning-rate {options.LearningRate} --real-share {options.RealShare} --seed {options.Seed}"),
            .. options.Registration ? ["--registration"] : Array.Empty<string>(),
            .. options.MixedPrecision ? ["--mixed-precision"] : Array.Empty<string>(),
            .. options.StartFrom is { } start ? ["--start-from " + Short(start)] : Array.Empty<string>(),
        ];
        return string.Join(' ', parts);

        static IEnumerable<string> Option(string name, IReadOnlyList<string> paths) => paths.Count > 0 ? [name, .. paths.Select(Short)] : [];
    }

    private static string Short(string path)
    {
        string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.Combine(Path.GetFileName(Path.GetDirectoryName(whole)) ?? string.Empty, Path.GetFileName(whole));
    }
}
