namespace VideoGaze.Performers.Assets;

/// <summary>What a triangle is made of. The first twelve numbers are the pack's (<c>ict/trimat.u8</c>), the others are added here.</summary>
public enum HeadMaterial : byte
{
    /// <summary>Skin of the face, with lips and the rims of the lids.</summary>
    Face = 0,

    /// <summary>Skin of the back of the head, ears, neck and chest.</summary>
    BackHead = 1,

    /// <summary>Gums and tongue.</summary>
    GumsTongue = 2,

    /// <summary>Teeth.</summary>
    Teeth = 3,

    /// <summary>The person's left eyeball.</summary>
    LeftEyeball = 4,

    /// <summary>Inner iris mesh of the left eye; the eyeball's own shading shows the iris, so it is not drawn.</summary>
    LeftIris = 5,

    /// <summary>The person's right eyeball.</summary>
    RightEyeball = 6,

    /// <summary>Inner iris mesh of the right eye; not drawn.</summary>
    RightIris = 7,

    /// <summary>Tear film along the lids; not drawn.</summary>
    LacrimalFluid = 8,

    /// <summary>Helper mesh of the lids; not drawn.</summary>
    EyeBlend = 9,

    /// <summary>Helper mesh of the lids; not drawn.</summary>
    EyeOcclusion = 10,

    /// <summary>Lashes.</summary>
    Lashes = 11,

    /// <summary>Inside of the mouth.</summary>
    MouthSocket = 12,

    /// <summary>Clothes.</summary>
    Cloth = 13,

    /// <summary>Hair.</summary>
    Hair = 14,

    /// <summary>Frame of spectacles.</summary>
    GlassesFrame = 15,

    /// <summary>Lens of spectacles.</summary>
    Lens = 16,

    /// <summary>Something held in front of the face: a microphone.</summary>
    Prop = 17,

    /// <summary>A hand in front of the face.</summary>
    Hand = 18,

    /// <summary>A single loose hair.</summary>
    Strand = 19,

    /// <summary>A finger's nail.</summary>
    Nail = 20,

    /// <summary>A hat, cap or headscarf.</summary>
    Headwear = 21,
}
