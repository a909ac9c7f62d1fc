using VideoGaze.Faces.Failures;

namespace VideoGaze.Training.Networks;

/// <summary>How the two identities share a DeepFaceLab autoencoder.</summary>
public enum SharedArchitecture
{
    /// <summary>One encoder and inter, a decoder for each identity.</summary>
    Df,

    /// <summary>One encoder and decoder; what the identities share goes through inter AB, what is the target's own through inter B.</summary>
    Liae,
}

/// <summary>Sizes of the autoencoder; the names are DeepFaceLab's.</summary>
/// <param name="Architecture">df or liae.</param>
/// <param name="UnitCode">Option -u: the encoder's code is scaled to unit root mean square.</param>
/// <param name="Subpixels">
/// Pixels a side that the last layer gives for each of its places: 1; 2 is DeepFaceLab's option -d, computed at half resolution; 4 is ours, -q: the network of -d at half
/// the size behind an average of 2x2 pixels, with a last layer of sixteen subpixels instead of four. So 256 px cost little more than 128, and a generator can grow.
/// </param>
/// <param name="Resolution">Side of the square crop, a multiple of 16 (of 32 with -d, of 64 with -q).</param>
/// <param name="EncoderDims">Channels of the encoder's first layer, doubled at each of the next three.</param>
/// <param name="InterDims">Width of the bottleneck.</param>
/// <param name="DecoderDims">The picture decoder has 8, 4 and 2 times as many channels.</param>
/// <param name="MaskDims">The mask decoder has 8, 4 and 2 times as many channels.</param>
public sealed record AutoencoderShape(
    SharedArchitecture Architecture = SharedArchitecture.Df,
    bool UnitCode = true,
    int Subpixels = 2,
    int Resolution = 128,
    int EncoderDims = 32,
    int InterDims = 128,
    int DecoderDims = 32,
    int MaskDims = 8)
{
    /// <summary>Architecture and options in DeepFaceLab's notation, for instance <c>df-ud</c>.</summary>
    public string Name
    {
        get
        {
            string options = (UnitCode ? "u" : string.Empty) + Subpixels switch { 2 => "d", 4 => "q", _ => string.Empty };
            return (Architecture == SharedArchitecture.Df ? "df" : "liae") + (options.Length > 0 ? "-" + options : string.Empty);
        }
    }

    /// <summary>Side of the inter's output map.</summary>
    internal int LowestSide => Resolution / Multiple;

    /// <summary>The map is doubled four times before the last layer: what <see cref="Resolution"/> is a multiple of.</summary>
    private int Multiple => 16 * Subpixels;

    /// <summary>Reads <c>df</c>, <c>liae-u</c>, <c>df-ud</c> and so on into <see cref="Architecture"/>, <see cref="UnitCode"/> and <see cref="Subpixels"/>.</summary>
    /// <exception cref="UserFacingException">It is no such name.</exception>
    public AutoencoderShape WithName(string name)
    {
        string[] parts = name.Split('-');
        string options = parts.Length == 2 ? parts[1] : string.Empty;
        if (parts.Length > 2 || parts[0] is not ("df" or "liae") || (parts.Length == 2 && options is not ("u" or "d" or "q" or "ud" or "uq")))
        {
            throw new UserFacingException(FailureKind.Usage, $"\"{name}\" is no architecture: use df or liae, with -u, -d, -q, -ud or -uq behind it.");
        }

        return this with
        {
            Architecture = parts[0] == "df" ? SharedArchitecture.Df : SharedArchitecture.Liae,
            UnitCode = options.Contains('u', StringComparison.Ordinal),
            Subpixels = options.Contains('q', StringComparison.Ordinal) ? 4 : options.Contains('d', StringComparison.Ordinal) ? 2 : 1,
        };
    }

    /// <summary>Checks that the sizes fit together.</summary>
    /// <exception cref="UserFacingException">They do not.</exception>
    public void Validate()
    {
        if (Subpixels is not (1 or 2 or 4))
        {
            throw new UserFacingException(FailureKind.Usage, $"The last layer gives 1, 2 or 4 pixels a side, not {Subpixels}.");
        }

        if (Resolution < Multiple || Resolution > 640 || Resolution % Multiple != 0)
        {
            throw new UserFacingException(FailureKind.Usage, $"Resolution {Resolution} does not suit {Name}: use a multiple of {Multiple} up to 640.");
        }

        if (EncoderDims < 1 || InterDims < 1 || DecoderDims < 1 || MaskDims < 1)
        {
            throw new UserFacingException(FailureKind.Usage, "All dimensions of the autoencoder must be at least 1.");
        }
    }
}
