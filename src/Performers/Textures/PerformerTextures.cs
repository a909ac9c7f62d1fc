using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Textures;

/// <summary>All textures of a person. Immutable.</summary>
/// <param name="Face">Skin of the face; alpha is gloss.</param>
/// <param name="Back">Skin of the back of the head, neck and bust; alpha is gloss.</param>
/// <param name="Iris">Unrolled iris.</param>
/// <param name="Lashes">Strokes on the lash strips.</param>
/// <param name="Hair">Coloured hair, or null without hair.</param>
internal sealed record PerformerTextures(Texture Face, Texture Back, Texture Iris, Texture Lashes, Texture? Hair)
{
    /// <summary>Paints a person.</summary>
    /// <param name="assets">Skins and maps.</param>
    /// <param name="performer">Who.</param>
    /// <param name="size">Side of the skin textures, 512 or 1024.</param>
    public static PerformerTextures Paint(PerformerAssets assets, Performer performer, int size)
    {
        PerformerIdentity identity = performer.Identity;
        ClothPattern pattern = new(identity.Clothes, identity.WornSeed ?? identity.Seed);
        return new(
            PaintFace(assets, identity, pattern, size),
            PaintBack(assets, identity, pattern, size),
            IrisPainter.Paint(identity.Eyes.Iris, Strokes(identity, 3)),
            LashPainter.Paint(Strokes(identity, 4)),
            performer.HairStyle is HairMesh style ? HairPainter.Paint(style, identity.Hair, Strokes(identity.WornSeed ?? identity.Seed, 5)) : null);
    }

    private static Texture PaintFace(PerformerAssets assets, PerformerIdentity identity, ClothPattern pattern, int size)
    {
        SkinCanvas canvas = assets.Skins.Mix(identity.Skin, size, isFace: true);

        // Each painter has strokes of its own: a beard must not move a freckle.
        PorePainter.Paint(canvas, Strokes(identity, 0));
        ComplexionPainter.Paint(canvas, identity.Skin, Strokes(identity, 1));
        WrinklePainter.Paint(canvas, identity.Skin.Age, Strokes(identity, 6));
        LipPainter.Paint(canvas, identity.Lips);
        BeardPainter.Paint(canvas, identity.Beard, identity.Beard.Color ?? identity.Hair.Color, Strokes(identity, 2));
        BrowPainter.Paint(canvas, assets.BrowLandmarks, identity.Brows, identity.Brows.Color ?? identity.Hair.Color, Strokes(identity, 7));
        return Finish(canvas, identity, pattern);
    }

    private static Texture PaintBack(PerformerAssets assets, PerformerIdentity identity, ClothPattern pattern, int size)
    {
        SkinCanvas canvas = assets.Skins.Mix(identity.Skin, size, isFace: false);
        PorePainter.Paint(canvas, Strokes(identity, 8));
        return Finish(canvas, identity, pattern);
    }

    private static Texture Finish(SkinCanvas canvas, PerformerIdentity identity, ClothPattern pattern)
    {
        HairLook hair = identity.Hair;
        Vector3 color = Vector3.Lerp(hair.Color, new(0.62f), 0.7f * hair.Grey);
        if (hair.Style is not null && hair.Scalp > 0)
        {
            ScalpPainter.Paint(canvas, color, hair.Scalp);
        }

        if (hair.Style is null && hair.Cropped > 0)
        {
            ScalpPainter.PaintCropped(canvas, color, hair.Cropped, hair.Receding, Strokes(identity, canvas.IsFace ? 9 : 10));
        }

        ClothPainter.Paint(canvas, identity.Clothes, pattern);
        return canvas.ToTexture();
    }

    private static Random Strokes(PerformerIdentity identity, int painter) => Strokes(identity.Seed, painter);

    private static Random Strokes(int seed, int painter) => new((seed * 16) + painter);
}
