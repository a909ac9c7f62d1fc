using System.Globalization;
using VideoGaze.Faces.Failures;

namespace VideoGaze.Training;

/// <summary>Weight of a loss and when it acts.</summary>
/// <param name="Weight">Factor on the loss; 0 is off.</param>
/// <param name="From">First step, counted from 0.</param>
/// <param name="Until">First step where it acts no more; null for never.</param>
public readonly record struct LossTerm(double Weight, int From = 0, int? Until = null)
{
    /// <summary>Does nothing at any step.</summary>
    public static LossTerm Off => default;

    /// <summary>The weight at a step, 0 outside its time.</summary>
    public double At(int step) => step >= From && (Until is null || step < Until) ? Weight : 0;

    /// <summary>Reads <c>WEIGHT</c>, <c>WEIGHT@FROM</c> or <c>WEIGHT@FROM-UNTIL</c>, for instance <c>300</c> or <c>20@4000-9000</c>.</summary>
    /// <exception cref="UserFacingException">It is none of these.</exception>
    public static LossTerm Parse(string text)
    {
        string[] parts = text.Split('@');
        string[] range = parts.Length == 2 ? parts[1].Split('-') : [];
        int from = 0, until = 0;
        bool sound = parts.Length <= 2 && range.Length <= 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && weight >= 0 && double.IsFinite(weight)
            && (range.Length < 1 || int.TryParse(range[0], NumberStyles.None, CultureInfo.InvariantCulture, out from))
            && (range.Length < 2 || (int.TryParse(range[1], NumberStyles.None, CultureInfo.InvariantCulture, out until) && until > from));
        return sound
            ? new(double.Parse(parts[0], CultureInfo.InvariantCulture), from, range.Length == 2 ? until : null)
            : throw new UserFacingException(FailureKind.Usage, $"\"{text}\" is no loss weight: write WEIGHT, WEIGHT@FROM or WEIGHT@FROM-UNTIL, for instance 300 or 20@4000-9000.");
    }

    /// <summary>What <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Weight}") + (Until is not null ? $"@{From}-{Until}" : From > 0 ? $"@{From}" : string.Empty);
}
