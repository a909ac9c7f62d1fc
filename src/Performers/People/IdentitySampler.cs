using System.Numerics;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.People;

/// <summary>Draws people. Sex, skin tone and age are independent and even, so that no group learns or is measured on less than another.</summary>
internal static class IdentitySampler
{
    // Coefficients that a face's left and right differ by, deviation: about 0.5 mm at the cheek.
    private const float AsymmetryDeviation = 0.10f;

    private static readonly string[] ShortHair = ["short01", "short02", "short04"];
    private static readonly string[] LongHair = ["long01", "ponytail01"];

    // Styles that hang over an eye: rare, they hide what labels tell.
    private static readonly string[] FringeHair = ["bob02", "short03", "braid01"];

    // sRGB.
    private static readonly Vector3[] DarkHair = [new(0.05f, 0.045f, 0.04f), new(0.08f, 0.065f, 0.055f), new(0.13f, 0.09f, 0.065f)];
    private static readonly Vector3[] AnyHair =
    [
        new(0.05f, 0.045f, 0.04f), new(0.10f, 0.08f, 0.06f), new(0.20f, 0.14f, 0.09f), new(0.30f, 0.18f, 0.10f), new(0.42f, 0.28f, 0.15f),
        new(0.62f, 0.50f, 0.32f), new(0.70f, 0.60f, 0.44f), new(0.45f, 0.20f, 0.09f),
    ];

    public static PerformerIdentity Sample(int seed, IdentityTraits traits)
    {
        var random = new Random(seed);
        Sex sex = traits.Sex ?? (Sex)random.Next(2);
        SkinTone tone = traits.SkinTone ?? (SkinTone)random.Next(6);
        AgeGroup age = traits.Age ?? (AgeGroup)random.Next(3);
        bool wearsGlasses = random.NextSingle() < 0.2f;
        HairLook hair = HairOf(random, sex, tone, age);
        return new()
        {
            Name = $"p{seed}",
            Seed = seed,
            Shape = ShapeOf(random, sex),
            Asymmetry = [.. Enumerable.Range(0, 60).Select(_ => AsymmetryDeviation * random.NextGaussian())],
            Skin = SkinSampler.Sample(random, sex, tone, age),
            Hair = hair,
            Brows = BrowsOf(random, sex, age, hair),
            Beard = BeardOf(random, sex, hair),
            Lips = LipsOf(random, sex, tone),
            Eyes = EyesOf(random, tone),
            Lashes = sex == Sex.Female ? random.NextSingle(0.7f, 1.2f) : random.NextSingle(0.3f, 0.75f),
            Clothes = ClothesOf(random),
            Glasses = traits.Glasses ?? wearsGlasses ? GlassesOf(random) : null,
            RestExpression = RestOf(random, age),
        };
    }

    private static float[] ShapeOf(Random random, Sex sex)
    {
        float spread = random.NextSingle(0.6f, 1);
        float[] shape = [.. Enumerable.Range(0, 100).Select(_ => spread * random.NextGaussian())];

        // Mode 0 is size and robustness; the bias makes about four of five faces read as meant.
        float bias = sex == Sex.Female ? random.NextSingle(0.3f, 0.9f) : -random.NextSingle(0, 0.6f);
        shape[0] = (MathF.Abs(shape[0]) * 0.5f * MathF.Sign(bias)) + bias;
        return shape;
    }

    private static HairLook HairOf(Random random, Sex sex, SkinTone tone, AgeGroup age)
    {
        float pick = random.NextSingle();
        string? style = sex == Sex.Female
            ? pick < 0.62f ? Pick(random, LongHair) : pick < 0.80f ? Pick(random, ShortHair) : pick < 0.90f ? Pick(random, FringeHair) : pick < 0.96f ? null : "afro01"
            : pick < 0.66f ? Pick(random, ShortHair) : pick < 0.71f ? Pick(random, LongHair) : pick < 0.97f ? null : "short03";
        if (tone >= SkinTone.DarkBrown && random.NextSingle() < 0.4f)
        {
            style = random.NextSingle() < 0.5f ? "afro01" : null;
        }

        Vector3 color = tone >= SkinTone.Brown && random.NextSingle() < 0.85f ? Pick(random, DarkHair) : Pick(random, AnyHair);
        color = (style == "afro01" ? Pick(random, DarkHair) : color) * random.NextSingle(0.8f, 1.2f);
        float grey = age switch
        {
            AgeGroup.Young => 0,
            AgeGroup.Middle => random.NextSingle() < 0.5f ? random.NextSingle(0.05f, 0.35f) : 0,
            _ => random.NextSingle() < 0.85f ? random.NextSingle(0.4f, 1) : 0.15f,
        };
        bool isLong = style is "long01" or "ponytail01" or "braid01" or "bob02";
        return new()
        {
            Style = style,
            Cropped = style is null && random.NextSingle() < 0.75f ? random.NextSingle(0.3f, 1) : 0,
            Receding = sex == Sex.Male && age != AgeGroup.Young ? random.NextSingle() : 0,
            Color = color,
            Scalp = random.NextSingle(0.4f, 1),
            Mirrored = random.NextSingle() < 0.5f,
            Volume = random.NextSingle(-0.1f, 0.6f),
            Wave = isLong ? random.NextSingle(0, 0.5f) : 0,
            Grey = grey,
            TipLightness = isLong && random.NextSingle() < 0.4f ? random.NextSingle(0.1f, 0.6f) : 0,
            Flyaway = random.NextSingle(0.2f, 1),
        };
    }

    private static BrowLook BrowsOf(Random random, Sex sex, AgeGroup age, HairLook hair)
    {
        Vector3? color = hair.Color.X > 0.5f && random.NextSingle() < 0.7f ? hair.Color * 0.6f : null;
        if (age == AgeGroup.Old && hair.Grey > 0.5f)
        {
            color = Vector3.Lerp(color ?? hair.Color, new(0.5f), 0.5f * random.NextSingle());
        }

        return new()
        {
            Thickness = sex == Sex.Female ? random.NextSingle(0.55f, 1) : random.NextSingle(0.9f, 1.45f),
            Arch = random.NextSingle(-0.3f, 0.7f),
            Density = random.NextSingle(0.65f, 1.15f),
            Opacity = random.NextSingle(0.55f, 0.92f),
            Color = color,
        };
    }

    private static BeardLook BeardOf(Random random, Sex sex, HairLook hair)
    {
        bool grows = sex == Sex.Male && random.NextSingle() < 0.65f;
        float density = random.NextSingle(0.1f, 1.2f);
        return new() { Density = grows ? density : 0, Color = hair.Grey > 0.3f ? Vector3.Lerp(hair.Color, new(0.6f), hair.Grey) : null };
    }

    private static LipLook? LipsOf(Random random, Sex sex, SkinTone tone)
    {
        float opacity = random.NextSingle(0.2f, 0.7f);
        Vector3 color = new(random.NextSingle(0.5f, 0.8f), random.NextSingle(0.2f, 0.4f), random.NextSingle(0.22f, 0.4f));
        return sex == Sex.Female && random.NextSingle() < 0.55f ? new(tone >= SkinTone.DarkBrown ? color * 0.75f : color, opacity) : null;
    }

    private static EyeLook EyesOf(Random random, SkinTone tone)
    {
        IrisColor color = (IrisColor)random.Next(7);
        if (tone >= SkinTone.Tan && random.NextSingle() < (tone >= SkinTone.Brown ? 0.93f : 0.7f))
        {
            color = (IrisColor)random.Next(2);
        }

        return new()
        {
            Iris = color,
            PupilRatio = random.NextSingle(0.25f, 0.55f),
            KappaTemporal = float.DegreesToRadians(random.NextSingle(3, 6.5f)),
            KappaVertical = float.DegreesToRadians(0.8f * random.NextGaussian()),
            IrisRadius = Math.Clamp(0.60f + (0.015f * random.NextGaussian()), 0.57f, 0.63f),
            Sclera = new Vector3(0.62f, 0.56f, 0.52f) * random.NextSingle(0.85f, 1.12f) * new Vector3(1, random.NextSingle(0.93f, 1), random.NextSingle(0.88f, 1)),
        };
    }

    private static ClothesLook ClothesOf(Random random)
    {
        Vector3 Color() => new(random.NextSingle(0.04f, 0.85f), random.NextSingle(0.04f, 0.85f), random.NextSingle(0.04f, 0.85f));
        Vector3 color = Color();

        // Most shirts are hardly coloured.
        color = Vector3.Lerp(new(Vector3.Dot(color, new(1f / 3))), color, MathF.Pow(random.NextSingle(), 2.5f));
        return new()
        {
            Color = color,
            PatternColor = random.NextSingle() < 0.3f ? Vector3.Lerp(color, Color(), random.NextSingle(0.2f, 0.9f)) : null,
            Collar = random.NextSingle(-13.2f, -11.2f),
            VNeck = random.NextSingle() < 0.3f ? random.NextSingle(0.5f, 1.4f) : 0,
        };
    }

    private static GlassesLook GlassesOf(Random random)
    {
        Vector3[] colors = [new(0.04f, 0.04f, 0.045f), new(0.16f, 0.09f, 0.05f), new(0.35f, 0.22f, 0.12f), new(0.45f, 0.1f, 0.12f), new(0.12f, 0.16f, 0.3f)];
        Vector3[] metals = [new(0.75f, 0.75f, 0.76f), new(0.85f, 0.68f, 0.4f), new(0.25f, 0.25f, 0.27f)];
        bool metal = random.NextSingle() < 0.4f;
        return new()
        {
            Shape = (LensShape)random.Next(3),
            Metal = metal,
            FrameColor = metal ? Pick(random, metals) : Pick(random, colors),
            RimRadius = metal ? random.NextSingle(0.05f, 0.09f) : random.NextSingle(0.11f, 0.22f),
            Size = random.NextSingle(0.88f, 1.15f),
            Tint = random.NextSingle() < 0.1f ? random.NextSingle(0.1f, 0.45f) : 0,
            Glare = random.NextSingle(0.2f, 1.3f),
        };
    }

    private static Expression RestOf(Random random, AgeGroup age)
    {
        float Small() => 0.07f * random.NextGaussian();
        Expression rest = Expression.Of(
            (ExpressionShape.MouthSmileLeft, Small()), (ExpressionShape.MouthSmileRight, Small()), (ExpressionShape.BrowOuterUpLeft, Small()), (ExpressionShape.BrowOuterUpRight, Small()),
            (ExpressionShape.EyeSquintLeft, Small()), (ExpressionShape.EyeSquintRight, Small()), (ExpressionShape.MouthLeft, Small()), (ExpressionShape.JawLeft, Small()));
        if (age != AgeGroup.Old)
        {
            return rest;
        }

        // Old faces hang: corners of the mouth, brows and lids.
        float hang = random.NextSingle(0.1f, 0.28f);
        return rest.Plus(Expression.Of(
            (ExpressionShape.MouthFrownLeft, hang), (ExpressionShape.MouthFrownRight, hang * 0.9f), (ExpressionShape.BrowDownLeft, hang), (ExpressionShape.BrowDownRight, hang * 0.9f),
            (ExpressionShape.EyeSquintLeft, hang), (ExpressionShape.EyeSquintRight, hang * 1.1f), (ExpressionShape.CheekSquintLeft, hang * 0.4f), (ExpressionShape.CheekSquintRight, hang * 0.4f)));
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
