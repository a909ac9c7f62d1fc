namespace VideoGaze.Faces.Models;

/// <summary>
/// What the two files of a one-shot generator look like. Pictures are 1 x R x R x 3 float32, BGR in [0, 1], aligned to the template that the metadata entry
/// <see cref="ModelContract.MetadataKey"/> names. The encoder turns one photo of a person into a vector; vectors of several photos are averaged. The generator takes a crop of the
/// video and the vector. An encoder's vectors mean something to its own generator only, so the generator's metadata name the encoder by its hash.
/// </summary>
public static class OneShotContract
{
    /// <summary><see cref="ModelContract.Id"/> of the generator.</summary>
    public const string GeneratorId = "one-shot";

    /// <summary><see cref="ModelContract.Id"/> of the encoder.</summary>
    public const string EncoderId = "one-shot-source";

    /// <summary>Key of the generator's metadata entry with the SHA-256 of the encoder's file, lower-case hexadecimal.</summary>
    public const string EncoderHashKey = "videogaze.encoder";

    /// <summary>The encoder's input: an aligned photo, 1 x R x R x 3.</summary>
    public const string Photo = "photo";

    /// <summary>The encoder's output and an input of the generator: the person, 1 x D.</summary>
    public const string Identity = "identity";

    /// <summary>The generator's input: an aligned crop of the video, 1 x R x R x 3.</summary>
    public const string Target = "target";

    /// <summary>The generator's first output: the new face, 1 x R x R x 3.</summary>
    public const string Face = "face";

    /// <summary>The generator's second output: where the new face belongs, 1 x R x R x 1; hair and what is held before the face are left out.</summary>
    public const string Mask = "mask";

    /// <summary>The path of the encoder that belongs beside a generator: <c>swap.onnx</c> has <c>swap-source.onnx</c>.</summary>
    public static string EncoderPath(string generator) =>
        Path.Combine(Path.GetDirectoryName(generator) ?? string.Empty, Path.GetFileNameWithoutExtension(generator) + "-source" + Path.GetExtension(generator));
}
