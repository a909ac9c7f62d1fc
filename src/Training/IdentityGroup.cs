using System.Globalization;

namespace VideoGaze.Training;

/// <summary>How well pairs within one group of held-out people are told apart.</summary>
/// <param name="Name">Which people.</param>
/// <param name="Pairs">Pairs compared.</param>
/// <param name="Accepted">Share of the pairs of one person that are taken for that.</param>
/// <param name="False">Share of the pairs of two people that are taken for one.</param>
public sealed record IdentityGroup(string Name, int Pairs, double Accepted, double False)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Pairs} pairs): accepted {Accepted:0.0%}, false {False:0.0%}");
}
