using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Directing;

/// <summary>One blink. Times in seconds.</summary>
/// <param name="Start">When the lids begin to fall.</param>
/// <param name="Depth">How far they fall: 1 shut, less for half blinks.</param>
/// <param name="Closing">How long they fall.</param>
/// <param name="Hold">How long they stay.</param>
/// <param name="Opening">How long they rise.</param>
public sealed record Blink(float Start, float Depth, float Closing, float Hold, float Opening)
{
    /// <summary>When the lids are up again.</summary>
    public float End => Start + Closing + Hold + Opening;

    /// <summary>Weight of the blink at a time, 0 to <see cref="Depth"/>. Lids rise fast at first: two thirds of the way in the first half.</summary>
    public float WeightAt(float time)
    {
        float t = time - Start;
        if (t <= 0 || t >= End - Start)
        {
            return 0;
        }

        if (t < Closing)
        {
            return Depth * t / Closing;
        }

        float rise = (t - Closing - Hold) / Opening;
        return rise <= 0 ? Depth : Depth * (rise < 0.5f ? 1 - (1.3f * rise) : 0.7f * (1 - rise));
    }
}

/// <summary>
/// When people blink. In conversation about 26 times a minute, at rest 17 (Bentivoglio et al., Mov. Disord. 1997); lids fall in 60 to 80 ms and take about
/// twice as long to rise (VanderWerf et al., J. Neurophysiol. 2003).
/// </summary>
internal sealed class BlinkDirector
{
    private readonly Blink[] blinks;

    /// <summary>Takes blinks as they are.</summary>
    public BlinkDirector(IEnumerable<Blink> blinks) => this.blinks = [.. blinks.OrderBy(blink => blink.Start)];

    /// <summary>Draws blinks.</summary>
    /// <param name="random">Chance.</param>
    /// <param name="seconds">Length.</param>
    /// <param name="pause">Least and greatest seconds from blink to blink.</param>
    public static BlinkDirector Draw(Random random, float seconds, (float Least, float Greatest) pause)
    {
        List<Blink> drawn = [];
        for (float at = random.NextSingle(0.4f, 1.5f); at < seconds; at += random.NextSingle(pause.Least, pause.Greatest))
        {
            // One in seven does not shut the eye.
            float depth = random.NextSingle() < 0.85f ? 1 : random.NextSingle(0.4f, 0.7f);
            drawn.Add(new(at, depth, random.NextSingle(0.06f, 0.08f), random.NextSingle(0.02f, 0.04f), random.NextSingle(0.11f, 0.15f)));
        }

        return new(drawn);
    }

    /// <summary>How far blinks have shut the lids at a time, 0 to 1.</summary>
    public float WeightAt(float time)
    {
        float most = 0;
        foreach (Blink blink in blinks)
        {
            if (blink.Start >= time)
            {
                break;
            }

            most = Math.Max(most, blink.WeightAt(time));
        }

        return most;
    }
}
