using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Detect;

namespace VideoGaze.Stages.Swap;

/// <summary>Who is put in, by what.</summary>
/// <param name="Generator">The generator's file.</param>
/// <param name="Photos">A folder of photos, or one photo, for generators that take any person; null where only a generator was named.</param>
public sealed record ResolvedIdentity(string Generator, string? Photos);

/// <summary>Finds the generator and photos that <c>--identity</c> means, or says in one sentence what is missing.</summary>
/// <param name="photoShowsFace">Whether a photo shows a face; asked only about photos without a generator beside them.</param>
/// <param name="oneShot">The file of a generator that takes any person's photos, or null where there is none; asked only about photos.</param>
public sealed class IdentityResolver(Func<string, bool> photoShowsFace, Func<string?>? oneShot = null)
{
    /// <summary>The name a folder's generator is found by first.</summary>
    public const string GeneratorFileName = "generator.onnx";

    /// <summary>What a swap that was asked for comes to.</summary>
    /// <exception cref="UserFacingException">There is no generator, or no identity.</exception>
    internal static ResolvedIdentity Find(SwapPipelineOptions swap, ModelStore store, FacePerception perception)
    {
        string? asked = swap.Choices.Generator is null ? null : store.Resolve(ModelRole.FaceGenerator);
        return new IdentityResolver(perception.PhotoShowsFace, () => store.TryResolve(ModelRole.FaceGenerator)).Find(swap.Identity, asked);
    }

    /// <summary>The path of the generator's file.</summary>
    /// <param name="identity">A generator's file, or a folder; clips and other files in it are left alone.</param>
    /// <exception cref="UserFacingException">There is none.</exception>
    public string Resolve(string identity) => Find(identity, generator: null).Generator;

    /// <summary>The generator, and the photos it may need.</summary>
    /// <param name="identity">A generator's file, a photo, or a folder of either; clips and other files in it are left alone.</param>
    /// <param name="generator">The generator that was asked for apart from the identity, or null: then one beside the photos goes before one that takes any photos.</param>
    /// <exception cref="UserFacingException">There is none.</exception>
    public ResolvedIdentity Find(string identity, string? generator)
    {
        if (generator is not null && (File.Exists(identity) || Directory.Exists(identity)))
        {
            return new(generator, identity);
        }

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

    private ResolvedIdentity ResolveFile(string file)
    {
        if (IsGenerator(file))
        {
            return new(file, null);
        }

        return FacePhotoReader.IsPhoto(file)
            ? OneShot(file, $"The identity '{file}' is a photo")
            : throw Unusable($"The identity '{file}' is no generator: name an .onnx or .dfm file, or a folder that holds one.");
    }

    private ResolvedIdentity ResolveFolder(string folder)
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
            return new(named, folder);
        }

        string[] generators = Array.FindAll(files, IsGenerator);
        if (generators.Length == 1)
        {
            return new(generators[0], folder);
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

        return OneShot(folder, $"The identity folder '{folder}' holds photos, but no trained generator");
    }

    private ResolvedIdentity OneShot(string photos, string what) => oneShot?.Invoke() is { } generator ? new(generator, photos) : throw Untrained(what);

    private static bool IsGenerator(string file) => HasExtension(file, ".onnx", ".dfm");

    private static bool HasExtension(string file, params string[] extensions) =>
        extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static UserFacingException Untrained(string what) => Unusable(
        what + ": train one with 'videogaze extract' on a video of each person, 'videogaze train --source NEW_FACES --target VIDEO_FACES -o MODEL' "
        + $"and 'videogaze export MODEL', then put the result there as {GeneratorFileName}; or name a generator that takes photos with --generator.");

    private static UserFacingException Unusable(string message) => new(FailureKind.IdentityUnusable, message);
}
