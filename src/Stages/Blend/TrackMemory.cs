using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Appearance;

namespace VideoGaze.Stages.Blend;

/// <summary>
/// What a blend remembers of a track from frame to frame: its parameters follow measurements slowly, so that no measurement's noise shows as flicker.
/// Times come from the video, not from the clock. Still input leaves every parameter still.
/// </summary>
internal sealed class TrackMemory : IDisposable
{
    // Time constants in seconds. Light changes within a third of a second; a hand enters a mask within a few frames.
    private const double ColorSeconds = 0.35;
    private const double SharpnessSeconds = 0.5;
    private const double MaskSeconds = 0.06;
    private const double OpacitySeconds = 0.10;

    // The colour of an iris does not change, its light does; one frame's measurement errs by a tenth.
    private const double IrisSeconds = 0.5;

    // After a cut or a long miss the old parameters say nothing about the new picture.
    private const double ForgetSeconds = 0.75;

    private readonly Mat mask = new();
    private ColorMap color;
    private double sharpness;
    private double noise;
    private double opacity;
    private IrisReading? irises;
    private double step;
    private bool fresh = true;

    /// <summary>Presentation time of the last frame the face was in.</summary>
    public double Seconds { get; private set; }

    /// <summary>Whether a track last seen then is to be forgotten now. Time running backwards (a new file) also ends it.</summary>
    public bool IsStale(double seconds) => seconds < Seconds || seconds - Seconds > ForgetSeconds;

    /// <summary>Begins a frame.</summary>
    public void Advance(double seconds)
    {
        step = seconds - Seconds;
        Seconds = seconds;
    }

    /// <summary>Ends a frame: from now on measurements are mixed with memory.</summary>
    public void Settle() => fresh = false;

    /// <summary>The smoothed colour map.</summary>
    public ColorMap Follow(ColorMap measured) => color = fresh ? measured : color.Toward(measured, (float)Share(ColorSeconds));

    /// <summary>The smoothed detail ratio.</summary>
    public double FollowSharpness(double measured) => sharpness = Mix(sharpness, measured, SharpnessSeconds);

    /// <summary>The smoothed noise level.</summary>
    public double FollowNoise(double measured) => noise = Mix(noise, measured, SharpnessSeconds);

    /// <summary>The smoothed opacity.</summary>
    public double FollowOpacity(double measured) => opacity = Mix(opacity, measured, OpacitySeconds);

    /// <summary>The smoothed colour of the irises.</summary>
    /// <param name="measured">Null while the eyes are shut: then it stays.</param>
    /// <returns>Null where it was never seen.</returns>
    public IrisReading? FollowIrises(IrisReading? measured)
    {
        if (measured is { } seen)
        {
            float share = (float)Share(IrisSeconds);
            irises = irises is { } old ? new(Vector3.Lerp(old.Iris, seen.Iris, share), Vector3.Lerp(old.White, seen.White, share)) : seen;
        }

        return irises;
    }

    /// <summary>Smooths a learned mask (8UC1, crop space) in place.</summary>
    public void FollowMask(Mat learned)
    {
        if (fresh || mask.Size() != learned.Size())
        {
            learned.ConvertTo(mask, MatType.CV_32F);
            return;
        }

        using var measured = new Mat();
        learned.ConvertTo(measured, MatType.CV_32F);
        double share = Share(MaskSeconds);
        Cv2.AddWeighted(mask, 1 - share, measured, share, 0, mask);
        mask.ConvertTo(learned, MatType.CV_8U);
    }

    /// <inheritdoc/>
    public void Dispose() => mask.Dispose();

    private double Mix(double old, double measured, double constant) => fresh ? measured : old + (Share(constant) * (measured - old));

    private double Share(double constant) => 1 - Math.Exp(-step / constant);
}
