namespace VideoGaze.Performers.Posing;

/// <summary>Something of each eye. Left and right are the person's.</summary>
/// <param name="Left">Of the person's left eye, seen on the image's right.</param>
/// <param name="Right">Of the person's right eye.</param>
public readonly record struct EyePair<T>(T Left, T Right)
{
    /// <summary>The same of something derived.</summary>
    public EyePair<TResult> Select<TResult>(Func<T, TResult> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        return new(convert(Left), convert(Right));
    }
}
