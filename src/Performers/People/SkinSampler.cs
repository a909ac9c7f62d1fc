using System.Numerics;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.People;

/// <summary>
/// Draws skins of a tone. The pack has few skins, and no dark woman's whose origin is proved to the byte; so a mix is tinted to the tone that is wanted, with
/// a share of a dark skin's own detail in dark ones.
/// </summary>
internal static class SkinSampler
{
    // Mean sRGB of cheeks and forehead of each skin, measured on the pack. Skins whose pixels could not be proved to be the CC0 originals are left out.
    private static readonly (string Name, Vector3 Mean, bool IsDark, bool IsFemale, bool IsYoung)[] Skins =
    [
        ("young_lightskinned_male", new(0.930f, 0.716f, 0.586f), false, false, true),
        ("young_lightskinned_male2", new(0.839f, 0.660f, 0.550f), false, false, true),
        ("young_lightskinned_male3", new(0.839f, 0.660f, 0.550f), false, false, true),
        ("middleage_lightskinned_male", new(0.864f, 0.671f, 0.548f), false, false, false),
        ("middleage_lightskinned_male2", new(0.873f, 0.676f, 0.549f), false, false, false),
        ("young_lightskinned_female2", new(0.930f, 0.743f, 0.644f), false, true, true),
        ("young_lightskinned_female3", new(0.932f, 0.755f, 0.644f), false, true, true),
        ("middleage_lightskinned_female2", new(0.911f, 0.735f, 0.628f), false, true, false),
        ("young_darkskinned_male", new(0.367f, 0.235f, 0.161f), true, false, true),
        ("middleage_darkskinned_male", new(0.425f, 0.251f, 0.165f), true, false, false),
        ("old_darkskinned_male", new(0.456f, 0.237f, 0.137f), true, false, false),
    ];

    // Mean sRGB of cheeks by tone, set by eye between photographs' usual values and the pack's own.
    private static readonly Vector3[] Tones =
    [
        new(0.91f, 0.75f, 0.66f), new(0.85f, 0.67f, 0.55f), new(0.75f, 0.565f, 0.435f), new(0.61f, 0.43f, 0.31f), new(0.45f, 0.295f, 0.21f), new(0.32f, 0.205f, 0.15f),
    ];

    public static SkinLook Sample(Random random, Sex sex, SkinTone tone, AgeGroup age)
    {
        bool isDark = tone >= SkinTone.DarkBrown;
        (string Name, Vector3 Mean, bool, bool, bool) first = Pick(random, sex, age, dark: isDark && sex == Sex.Male);
        (string Name, Vector3 Mean, bool, bool, bool) second = Pick(random, sex, age, dark: tone >= SkinTone.Brown);
        float share = random.NextSingle(0.15f, 0.6f);

        Vector3 mean = Vector3.Lerp(first.Mean, second.Mean, share);
        Vector3 goal = Tones[(int)tone] * MathF.Exp(0.05f * random.NextGaussian());
        goal *= new Vector3(MathF.Exp(0.02f * random.NextGaussian()), MathF.Exp(0.02f * random.NextGaussian()), MathF.Exp(0.05f * random.NextGaussian()));
        return new()
        {
            Mix = [new(first.Name, 1 - share), new(second.Name, share)],
            Tint = goal / mean,
            Oil = random.NextSingle(0.5f, 1.15f) * (isDark ? 0.8f : 1),
            Blush = random.NextSingle(0, tone <= SkinTone.Light ? 0.12f : 0.05f),
            Freckles = tone <= SkinTone.Light && random.NextSingle() < 0.2f ? random.NextSingle(0.2f, 1) : 0,
            Moles = random.NextSingle() < 0.5f ? random.Next(1, 6) : 0,
            Age = age switch
            {
                AgeGroup.Young => 0,
                AgeGroup.Middle => random.NextSingle(0.08f, 0.28f),
                _ => random.NextSingle(0.36f, 0.6f),
            },
        };
    }

    private static (string Name, Vector3 Mean, bool IsDark, bool IsFemale, bool IsYoung) Pick(Random random, Sex sex, AgeGroup age, bool dark)
    {
        var fitting = Skins.Where(skin => skin.IsDark == dark && (dark || skin.IsFemale == (sex == Sex.Female))).ToList();
        var ofAge = fitting.Where(skin => skin.IsYoung == (age == AgeGroup.Young)).ToList();
        return ofAge.Count > 0 ? ofAge[random.Next(ofAge.Count)] : fitting[random.Next(fitting.Count)];
    }
}
