using System.Globalization;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Faces.Identity;

/// <summary>
/// The cosine from which an identity network takes two pictures to show one person. Networks spread their vectors differently, so a file may state its own.
/// </summary>
public static class SamePerson
{
    /// <summary>Where a file states it in its metadata.</summary>
    public const string MetadataKey = "samePerson";

    /// <summary>
    /// MobileFaceNet's, for files that state none. Measured on 80 pictures of 11 people: of pairs that show one person 95 % lie above 0.36 (median 0.78),
    /// of pairs that do not 95 % below 0.31 (median 0.05).
    /// </summary>
    public const float Usual = 0.36f;

    /// <summary>The value for a file's metadata.</summary>
    public static string Text(double cosine) => cosine.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>What a file states, or the usual.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="metadata">Its <c>metadata_props</c>.</param>
    /// <exception cref="UserFacingException">It states what is no cosine.</exception>
    public static float Of(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(MetadataKey, out string? text))
        {
            return Usual;
        }

        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float cosine) && cosine is > -1 and < 1
            ? cosine
            : throw new UserFacingException(FailureKind.ModelInvalid, $"The model file '{path}' states '{text}' as the likeness of one person, which is no cosine between -1 and 1: replace it by a sound one.");
    }
}
