namespace VideoGaze.Training;

/// <summary>How the recipes' learning rates run.</summary>
internal static class LearningRates
{
    /// <summary>Up from 0 in a straight line, since the first gradients of a fresh optimiser are large, and from the peak along a cosine to 0 at the end.</summary>
    /// <param name="peak">The highest rate.</param>
    /// <param name="step">From 0.</param>
    /// <param name="steps">Of the whole run.</param>
    /// <param name="warmUp">Steps over which it rises.</param>
    public static double Cosine(double peak, int step, int steps, double warmUp) => peak * Math.Min(1, (step + 1.0) / warmUp) * (1 + Math.Cos(Math.PI * step / steps)) / 2;
}
