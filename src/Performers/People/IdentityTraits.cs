namespace VideoGaze.Performers.People;

/// <summary>What is asked of a sampled person; null leaves it to chance, each value as likely as any other.</summary>
public sealed record IdentityTraits
{
    /// <summary>Woman or man.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Skin tone.</summary>
    public SkinTone? SkinTone { get; init; }

    /// <summary>Age.</summary>
    public AgeGroup? Age { get; init; }

    /// <summary>Whether they wear spectacles; by chance one in five.</summary>
    public bool? Glasses { get; init; }
}

/// <summary>Sex, as far as faces show it.</summary>
public enum Sex
{
    /// <summary>A woman.</summary>
    Female,

    /// <summary>A man.</summary>
    Male,
}

/// <summary>Six skin tones from very light to very dark; about the types of Fitzpatrick's scale.</summary>
public enum SkinTone
{
    /// <summary>Very light.</summary>
    VeryLight,

    /// <summary>Light.</summary>
    Light,

    /// <summary>Tan.</summary>
    Tan,

    /// <summary>Brown.</summary>
    Brown,

    /// <summary>Dark brown.</summary>
    DarkBrown,

    /// <summary>Very dark.</summary>
    VeryDark,
}

/// <summary>Age, as far as skin and hair show it.</summary>
public enum AgeGroup
{
    /// <summary>About 18 to 35.</summary>
    Young,

    /// <summary>About 35 to 60.</summary>
    Middle,

    /// <summary>Above 60.</summary>
    Old,
}
