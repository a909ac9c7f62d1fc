using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Directing;

/// <summary>
/// Moves the mouth of someone who talks: a viseme every 80 to 160 ms (six to twelve sounds a second), opened as far as the voice is loud. The order of visemes is
/// chance: nobody reads these lips. Without a voice there are phrases of one to three seconds, with pauses.
/// </summary>
internal sealed class SpeechDirector
{
    private readonly List<(float Time, Expression Viseme)> visemes = [];
    private readonly Loudness? voice;
    private readonly List<(float Start, float End)> phrases = [];
    private readonly SmoothNoise stress;

    /// <summary>Draws speech.</summary>
    /// <param name="random">Chance.</param>
    /// <param name="seconds">Length.</param>
    /// <param name="voice">Loudness to follow, if there is a voice.</param>
    public SpeechDirector(Random random, float seconds, Loudness? voice)
    {
        this.voice = voice;
        for (float at = 0; at < seconds + 0.4f; at += random.NextSingle(0.08f, 0.16f))
        {
            visemes.Add((at, Expressions.Visemes[random.Next(Expressions.Visemes.Count)]));
        }

        for (float at = random.NextSingle(0.1f, 0.5f); at < seconds;)
        {
            float end = at + random.NextSingle(1, 3);
            phrases.Add((at, end));
            at = end + random.NextSingle(0.25f, 0.9f);
        }

        stress = new SmoothNoise(random, seconds, 0.15f, 0.25f);
    }

    /// <summary>The mouth at a time, seconds.</summary>
    public Expression At(float time)
    {
        int next = visemes.FindIndex(key => key.Time > time);
        if (next <= 0)
        {
            return Expression.Neutral;
        }

        (float from, Expression before) = visemes[next - 1];
        (float to, Expression after) = visemes[next];
        float share = MinimumJerk.Progress((time - from) / (to - from));
        float loudness = voice?.At(time) ?? Phrased(time);
        return before.Times((1 - share) * loudness).Plus(after, share * loudness);
    }

    // The lips part and shut within a tenth of a second at a phrase's ends.
    private float Phrased(float time)
    {
        const float Edge = 0.1f;
        float level = Math.Clamp(0.8f + stress.At(time), 0.3f, 1.15f);
        return level * phrases.Sum(phrase => MinimumJerk.Progress((time - phrase.Start) / Edge) - MinimumJerk.Progress((time - phrase.End) / Edge));
    }
}
