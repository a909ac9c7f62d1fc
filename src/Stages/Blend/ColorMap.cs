using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace VideoGaze.Stages.Blend;

/// <summary>
/// A change of colours channel by channel in Lab: (x - pivot) x gain + pivot + shift. It gives one picture the mean and spread of another
/// (Reinhard, Ashikhmin, Gooch, Shirley 2001, "Color transfer between images"), within limits that keep a failed measurement from showing.
/// </summary>
/// <param name="Pivot">Mean of the picture that is changed.</param>
/// <param name="Gain">Ratio of spreads.</param>
/// <param name="Shift">Difference of means.</param>
internal readonly record struct ColorMap(Vector3 Pivot, Vector3 Gain, Vector3 Shift)
{
    // A face's spread is light and shade; beyond these ratios it is an occlusion or a broken crop. Set on talk, two, edges and real clips.
    private const float LeastGain = 0.7f;
    private const float MostGain = 1.4f;
    private static readonly Vector3 MostShift = new(40, 25, 25);

    /// <summary>Changes nothing.</summary>
    public static ColorMap None { get; } = new(Vector3.Zero, Vector3.One, Vector3.Zero);

    /// <summary>The map that gives a picture of moments <paramref name="from"/> those of <paramref name="to"/>.</summary>
    public static ColorMap Between(LabMoments from, LabMoments to)
    {
        // Half a unit of deviation is the noise of 8-bit codes: the ratio of two flat pictures is 1, not noise over noise.
        Vector3 floor = new(0.5f);
        Vector3 gain = (to.Deviation + floor) / (from.Deviation + floor);
        return new(
            from.Mean,
            Vector3.Clamp(gain, new(LeastGain), new(MostGain)),
            Vector3.Clamp(to.Mean - from.Mean, -MostShift, MostShift));
    }

    /// <summary>A map between this one and another; 0 is this one.</summary>
    public ColorMap Toward(ColorMap other, float share) =>
        new(Vector3.Lerp(Pivot, other.Pivot, share), Vector3.Lerp(Gain, other.Gain, share), Vector3.Lerp(Shift, other.Shift, share));

    /// <summary>Applies it to a Lab picture (32FC3) in place.</summary>
    public void Apply(Mat lab)
    {
        Vector3 offset = Pivot + Shift - (Pivot * Gain);
        int rows = lab.Rows;
        for (int y = 0; y < rows; y++)
        {
            foreach (ref Vector3 color in MemoryMarshal.Cast<Vec3f, Vector3>(lab.RowSpan<Vec3f>(y)))
            {
                color = (color * Gain) + offset;
            }
        }
    }
}
