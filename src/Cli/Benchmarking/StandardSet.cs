using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VideoGaze.Performers.Directing;

namespace VideoGaze.Cli.Benchmarking;

/// <summary>
/// The clips that generators are compared on. A version never changes once results of it are published: another choice of people, scripts or length is another version.
/// docs/benchmark.md tells what is in it.
/// </summary>
/// <param name="Version">Number of the set.</param>
/// <param name="Side">Width and height of the pictures, pixels.</param>
/// <param name="Focal">Focal length over the side.</param>
/// <param name="Rate">Frames a second.</param>
/// <param name="Frames">Frames of each clip.</param>
/// <param name="Pairs">The clips; the first few are as varied as all.</param>
internal sealed record StandardSet(int Version, int Side, float Focal, FrameRate Rate, int Frames, IReadOnlyList<StandardPair> Pairs)
{
    /// <summary>
    /// Version 1. Targets are the first people by chance, from 1000 on, who give ten women and ten men, three or four of each skin tone, six or seven of each age and four with
    /// spectacles, without tinted lenses and without hair that hangs over an eye. 24 frames at 15 a second are 1.6 s, in which everybody blinks once.
    /// At a focal length of 2.4 sides, heads at the director's 80 to 125 cm fill about half to five sixths of the picture's height. The scripts' own, made for wide pictures, leave a
    /// quarter: too small a face to tell a sharp eye from a soft one.
    /// </summary>
    public static StandardSet V1 { get; } = new(1, 512, 2.4f, new(15), 24,
    [
        new("01", "random", 1, 1088, 5001),
        new("02", "talk", 2, 1162, 5002),
        new("03", "random", 3, 1200, 5003),
        new("04", "profile", 4, 1586, 5004),
        new("05", "random", 5, 1590, 5005),
        new("06", "lowlight", 6, 1608, 5006),
        new("07", "random", 7, 1734, 5007),
        new("08", "talk", 8, 1821, 5008),
        new("09", "random", 9, 2055, 5009),
        new("10", "profile", 10, 2062, 5010),
        new("11", "random", 11, 2152, 5011),
        new("12", "talk", 12, 2183, 5012),
        new("13", "random", 13, 2453, 5013),
        new("14", "lowlight", 14, 2513, 5014),
        new("15", "random", 15, 2531, 5015),
        new("16", "profile", 16, 2614, 5016),
        new("17", "random", 17, 2652, 5017),
        new("18", "talk", 18, 2823, 5018),
        new("19", "random", 19, 2833, 5019),
        new("20", "lowlight", 20, 2853, 5020),
    ]);

    /// <summary>SHA-256 of version, sizes, length, people and seeds, in hexadecimal digits: two sets with the same one are the same set.</summary>
    public string Fingerprint
    {
        get
        {
            StringBuilder text = new(string.Create(CultureInfo.InvariantCulture, $"{Version} {Side} {Focal} {Rate} {Frames}\n"));
            foreach (StandardPair pair in Pairs)
            {
                text.Append(CultureInfo.InvariantCulture, $"{pair.Name} {pair.Script} {pair.Seed} {pair.Target} {pair.Source}\n");
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    /// <summary>The first pairs only.</summary>
    public StandardSet First(int count) => this with { Pairs = [.. Pairs.Take(count)] };
}
