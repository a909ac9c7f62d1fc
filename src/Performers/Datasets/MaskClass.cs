namespace VideoGaze.Performers.Datasets;

/// <summary>What a mask's pixel is of; the number is the pixel's value.</summary>
public enum MaskClass : byte
{
    /// <summary>Nobody.</summary>
    Background = 0,

    /// <summary>Skin of the face, brows, beard and lids among it.</summary>
    Face = 1,

    /// <summary>An eyeball between open lids, also behind a lens.</summary>
    Eye = 2,

    /// <summary>Lips and what is between them.</summary>
    Mouth = 3,

    /// <summary>Hair of the head.</summary>
    Hair = 4,

    /// <summary>Ears, back of the head, neck and chest.</summary>
    Neck = 5,

    /// <summary>Clothes.</summary>
    Clothes = 6,

    /// <summary>Frame of spectacles.</summary>
    Glasses = 7,

    /// <summary>A hand or a thing before the face.</summary>
    Occluder = 8,

    /// <summary>A hat, cap or headscarf.</summary>
    Headwear = 9,
}
