using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Detect;

namespace VideoGaze.Stages.Swap;

/// <summary>Finds the generator that <c>--identity</c> means, or says in one sentence what is missing.</summary>
/// <param name="photoShowsFace">Whether a photo shows a face; asked only about folders that hold photos and no generator.</param>
public sealed class IdentityResolver(Func<string, bool> photoShowsFace)
{
    /// <summary>The name a folder's generator is found by first.</summary>
    public const string GeneratorFileName = "generator.onnx";

    /// <summary>The path of the generator's file.</summary>
    /// <param name="identity">A generator's file, or a folder; clips and other files in it are left alone.</param>
    /// <exception cref="UserFacingException">There is none.</exception>
    public string Resolve(string identity)
    {
        if (File.Exists(identity))
        {
            return ResolveFile(identity);
        }

        if (!Directory.Exists(identity))
        {
            throw new UserFacingException(
                FailureKind.InputMissing,
                $"The identity '{identity}' does not exist: name a folder of photos, or a folder or file that holds a trained generator ({GeneratorFileName} or .dfm).");
        }

        return ResolveFolder(identity);
    }

    private static string ResolveFile(string file)
    {
        if (IsGenerator(file))
        {
            return file;
        }

        throw FacePhotoReader.IsPhoto(file)
            ? Untrained($"The identity '{file}' is a photo")
            : Unusable($"The identity '{file}' is no generator: name an .onnx or .dfm file, or a folder that holds one.");
    }

    private string ResolveFolder(string folder)
    {
        string[] files;
        try
        {
            files = Directory.GetFiles(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserFacingException(FailureKind.IdentityUnusable, $"The identity folder '{folder}' cannot be read ({failure.Message}): see to its permissions.", failure);
        }

        Array.Sort(files, StringComparer.Ordinal);
        if (files.FirstOrDefault(file => Path.GetFileName(file) == GeneratorFileName) is { } named)
        {
            return named;
        }

        string[] generators = Array.FindAll(files, IsGenerator);
        if (generators.Length == 1)
        {
            return generators[0];
        }

        if (generators.Length > 1)
        {
            throw Unusable(
                $"The identity folder '{folder}' holds {generators.Length} generators ({string.Join(", ", generators.Select(Path.GetFileName))}): "
                + $"name one of the files, or call one {GeneratorFileName}.");
        }

        if (files.Length == 0)
        {
            throw Unusable($"The identity folder '{folder}' is empty: put a trained generator ({GeneratorFileName} or .dfm) into it, or name another folder.");
        }

        string[] photos = Array.FindAll(files, FacePhotoReader.IsPhoto);
        if (photos.Length == 0)
        {
            throw Unusable($"The identity folder '{folder}' holds neither a generator ({GeneratorFileName} or .dfm) nor photos: name another folder.");
        }

        if (!photos.Any(photoShowsFace))
        {
            throw Unusable(
                photos.Length == 1
                    ? $"The only photo in the identity folder '{folder}' shows no face: put photos of the person into it."
                    : $"None of the {photos.Length} photos in the identity folder '{folder}' shows a face: put photos of the person into it.");
        }

        throw Untrained($"The identity folder '{folder}' holds photos, but no trained generator");
    }

    private static bool IsGenerator(string file) => HasExtension(file, ".onnx", ".dfm");

    private static bool HasExtension(string file, params string[] extensions) =>
        extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static UserFacingException Untrained(string what) => Unusable(
        what + ": train one with 'videogaze extract' on a video of each person, 'videogaze train --source NEW_FACES --target VIDEO_FACES -o MODEL' "
        + $"and 'videogaze export MODEL', then put the result there as {GeneratorFileName}.");

    private static UserFacingException Unusable(string message) => new(FailureKind.IdentityUnusable, message);
}
