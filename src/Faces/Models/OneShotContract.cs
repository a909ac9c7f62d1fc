namespace VideoGaze.Faces.Models;

/// <summary>
/// What the file of a one-shot generator looks like: float32 tensors, aligned to the template that the metadata entry <see cref="ModelContract.MetadataKey"/> names. The person put in comes as
/// planes that <see cref="Appearance.FaceTexture.Draw"/> laid onto the target's mesh; of a person there is nothing else, no vector and no second file.
/// </summary>
public static class OneShotContract
{
    /// <summary><see cref="ModelContract.Id"/> of the generator.</summary>
    public const string Id = "one-shot-texture";

    /// <summary>An input: an aligned crop of the video, 1 x R x R x 3, BGR in [0, 1].</summary>
    public const string Target = "target";

    /// <summary>The other input: the person put in, 1 x 7 x R x R, planes as <see cref="Appearance.FaceTexture"/> says.</summary>
    public const string Source = "source";

    /// <summary>The first output: the new face, 1 x R x R x 3.</summary>
    public const string Face = "face";

    /// <summary>The second output: where the new face belongs, 1 x R x R x 1; hair and what is held before the face are left out.</summary>
    public const string Mask = "mask";
}
