using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Shading;

/// <summary>Hands each point to the shader of its material.</summary>
internal sealed class PersonShader : ISurfaceShader
{
    // Linear light: gums and tongue, teeth, the mouth's wall.
    private static readonly Vector3 Gums = new(0.30f, 0.07f, 0.075f);
    private static readonly Vector3 Enamel = new(0.62f, 0.57f, 0.47f);
    private static readonly Vector3 MouthWall = new(0.20f, 0.04f, 0.04f);
    private static readonly Vector3 NailBed = new(0.62f, 0.36f, 0.32f);
    private static readonly Vector3 Foam = new(0.018f, 0.018f, 0.02f);

    private readonly SkinShader face;
    private readonly SkinShader back;
    private readonly EyeShader leftEye;
    private readonly EyeShader rightEye;
    private readonly PlainShader gums;
    private readonly PlainShader teeth;
    private readonly PlainShader socket;
    private readonly PlainShader frame;
    private readonly PlainShader prop;
    private readonly HandShader hand;
    private readonly PlainShader nails;
    private readonly HeadwearShader? headwear;
    private readonly CurlShader? curls;
    private readonly ClothShader cloth;
    private readonly LashShader lashes;
    private readonly HairShader? hair;
    private readonly LensShader? lens;
    private readonly StrandShader strands;

    public PersonShader(PosedPerformer posed, PerformerTextures textures, ShadingContext context)
    {
        PerformerIdentity identity = posed.Performer.Identity;
        float oil = identity.Skin.Oil;
        face = new(context, textures.Face, new(0.42f, 0.75f * oil, 0.10f));
        back = new(context, textures.Back, new(0.55f, 0.35f * oil, 0.05f));
        leftEye = new(context, posed.Eyes.Left, identity.Eyes, textures.Iris, identity.Seed);
        rightEye = new(context, posed.Eyes.Right, identity.Eyes, textures.Iris, identity.Seed);
        gums = new(context, Gums, 0.25f, 0.8f);
        teeth = new(context, Enamel, 0.18f, 0.9f);
        socket = new(context, MouthWall, 0.4f, 0.4f);
        GlassesLook glasses = identity.Glasses ?? new();
        Vector3 frameColor = ColorSpace.ToLinear(glasses.FrameColor);
        frame = glasses.Metal ? new(context, frameColor * 0.5f, 0.3f, 1, 0.6f) : new(context, frameColor, 0.3f, 1);
        prop = new(context, Foam, 0.7f, 0.5f);
        Vector3 skin = SkinTone(textures.Face);
        hand = new(context, skin);
        nails = new(context, Vector3.Lerp(skin, NailBed, 0.45f), 0.3f, 0.8f);
        headwear = identity.Headwear is HeadwearLook worn ? new(context, worn) : null;
        cloth = new(context, new ClothPattern(identity.Clothes, identity.WornSeed ?? identity.Seed));
        lashes = new(textures.Lashes, identity.Lashes);
        Vector3 hairColor = ColorSpace.ToLinear(Vector3.Lerp(identity.Hair.Color, new(0.62f), 0.9f * identity.Hair.Grey));
        hair = textures.Hair is Texture map ? new(context, map, 3.5f * (1 - (0.7f * identity.Hair.Grey))) : null;
        curls = identity.Hair.IsCurly ? new(context, hairColor) : null;
        lens = new(context, glasses);
        strands = new(context, ColorSpace.ToLinear(Vector3.Lerp(identity.Hair.Color, new(0.7f), identity.Hair.Grey)));
    }

    public Vector4 Shade(in SurfacePoint point) => point.Material switch
    {
        HeadMaterial.Face => face.Shade(point),
        HeadMaterial.BackHead => back.Shade(point),
        HeadMaterial.GumsTongue => gums.Shade(point),
        HeadMaterial.Teeth => teeth.Shade(point),
        HeadMaterial.LeftEyeball => leftEye.Shade(point),
        HeadMaterial.RightEyeball => rightEye.Shade(point),
        HeadMaterial.Lashes => lashes.Shade(point),
        HeadMaterial.MouthSocket => socket.Shade(point),
        HeadMaterial.Cloth => cloth.Shade(point),
        HeadMaterial.Hair => curls?.Shade(point) ?? hair?.Shade(point) ?? Vector4.Zero,
        HeadMaterial.GlassesFrame => frame.Shade(point),
        HeadMaterial.Lens => lens?.Shade(point) ?? Vector4.Zero,
        HeadMaterial.Prop => prop.Shade(point),
        HeadMaterial.Hand => hand.Shade(point),
        HeadMaterial.Nail => nails.Shade(point),
        HeadMaterial.Headwear => headwear?.Shade(point) ?? Vector4.Zero,
        HeadMaterial.Strand => strands.Shade(point),
        _ => Vector4.Zero,
    };

    /// <summary>Colour of a cheek, linear light.</summary>
    public static Vector3 SkinTone(Texture face) => face.Sample(new(0.36f, 0.56f), 5).AsVector3();
}
