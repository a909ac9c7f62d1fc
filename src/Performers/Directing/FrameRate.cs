using System.Globalization;

namespace VideoGaze.Performers.Directing;

/// <summary>Frames a second as an exact ratio: 30/1, 30000/1001.</summary>
/// <param name="Numerator">Upper number.</param>
/// <param name="Denominator">Lower number.</param>
public readonly record struct FrameRate(int Numerator, int Denominator = 1)
{
    /// <summary>Time of a frame in seconds.</summary>
    public double TimeOf(long index) => (double)index * Denominator / Numerator;

    /// <summary>Frames in a length of time, at least 1.</summary>
    public int FramesIn(float seconds) => Math.Max(1, (int)Math.Round((double)seconds * Numerator / Denominator));

    /// <summary>Reads <c>30</c>, <c>29.97</c> or <c>30000/1001</c>; rates between 1 and 240.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="rate">The rate.</param>
    public static bool TryParse(string text, out FrameRate rate)
    {
        rate = default;
        string[] parts = text.Split('/');
        if (parts.Length == 2)
        {
            if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int above) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int below) || below == 0)
            {
                return false;
            }

            rate = new(above, below);
        }
        else if (parts.Length == 1 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) && value is > 0 and <= 240)
        {
            // 23.976, 29.97 and 59.94 are short for n x 1000/1001.
            decimal whole = Math.Ceiling(value);
            rate = value == decimal.Truncate(value) ? new((int)value)
                : Math.Abs((whole * 1000 / 1001) - value) < 0.005m ? new((int)whole * 1000, 1001)
                : new((int)Math.Round(value * 1000), 1000);
        }

        return rate.Numerator >= rate.Denominator && rate.Denominator > 0 && rate.Numerator <= 240L * rate.Denominator;
    }

    /// <inheritdoc/>
    public override string ToString() => Denominator == 1 ? Numerator.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
