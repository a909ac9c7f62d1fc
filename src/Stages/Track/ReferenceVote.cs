namespace VideoGaze.Stages.Track;

/// <summary>
/// Decides for one track whether it is the person sought, from likenesses of a few of its pictures. It takes their mean,
/// and once decided only a clear contradiction changes it, so that a track does not flicker in and out.
/// </summary>
/// <param name="samePerson">Cosine from which two pictures show one person.</param>
internal sealed class ReferenceVote(float samePerson)
{
    /// <summary>Pictures a track is looked at; then the decision stands.</summary>
    public const int Enough = 5;

    // How far the mean must lie beyond the border to overturn a decision.
    private const float Hysteresis = 0.05f;

    private float sum;
    private int count;

    /// <summary>Whether this is the person; false before the first picture.</summary>
    public bool IsReference { get; private set; }

    /// <summary>Mean likeness so far.</summary>
    public float Similarity => count == 0 ? -1 : sum / count;

    /// <summary>Whether more pictures are wanted.</summary>
    public bool IsOpen => count < Enough;

    /// <summary>Adds a picture's likeness to the reference, cosine in [-1, 1].</summary>
    public void Add(float cosine)
    {
        sum += cosine;
        count++;
        float border = count == 1 ? samePerson : samePerson + (IsReference ? -Hysteresis : Hysteresis);
        IsReference = Similarity >= border;
    }
}
