using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>Which photo of a person is to have the say: the one that shows the face best and at rest. A grimace's folds would stay on the face whatever it does.</summary>
internal static class PhotoWorth
{
    // Inner lips this share of the mouth's width apart bring the worth down to a third; an eye aspect ratio of .25 and more is open.
    private const float OpenMouth = 0.15f, OpenEye = 0.25f, LeastEye = 0.2f;

    // The shape's distance from the mean face, in RMS radii, at which the worth falls to a third.
    private const float OddShape = 0.05f;

    // Sixteen photos are not to have sixteen times the say of one: meshes are off by a per cent or two, and the mean of many is a blur. On the standard set (five photos at rest) .3 to .9 are alike, on photos of a person who makes
    // faces .3 and .4 are better than .7.
    private const float NextPhoto = 0.4f;

    /// <summary>How much a photo counts beside the best one.</summary>
    /// <param name="place">How many are better.</param>
    /// <param name="worth">Of the photo.</param>
    /// <param name="best">Of the best photo.</param>
    public static float Share(int place, float worth, float best)
    {
        float ratio = worth / Math.Max(best, 1e-9f);
        return MathF.Pow(NextPhoto, place) * ratio * ratio;
    }

    /// <summary>The worth of each photo beside the others.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="unrolled">Their textures; trust (W) is low where others show something else.</param>
    /// <param name="side">Of the textures.</param>
    public static float[] Of(IReadOnlyList<TexturePhoto> photos, Vector4[][] unrolled, int side)
    {
        PhotoLook[] looks = [.. unrolled.Select(texels => PhotoLook.Of(texels, side))];

        // Sharper than most is no merit: wrinkles of a grimace are sharp, and fingers. Nor is it to be cleaner than a good photo; but most photos may be grainy.
        float usualEdges = Usual(look => look.Edges, 0.5f), usualClean = Usual(look => look.Cleanness, 0.75f);
        return [.. photos.Select((photo, i) => looks[i].Seen * looks[i].Seen * Math.Min(1, looks[i].Edges / usualEdges) * Math.Min(1, looks[i].Cleanness / usualClean)
            * AtRest(photo.Mesh))];

        float Usual(Func<PhotoLook, float> quality, float share) => Math.Max(looks.Select(quality).Order().ElementAt((int)(share * looks.Length)), 1e-6f);
    }

    /// <summary>How much a face at rest this is, beside other pictures of the same person: in (0, 1], little with an open mouth, shut eyes or a grimace.</summary>
    public static float AtRest(FaceMesh mesh) => Rest(mesh) * MathF.Exp(-Oddness(mesh) / (OddShape * OddShape));

    private static float Rest(FaceMesh mesh)
    {
        // 13 and 14 are the middles of the inner lips.
        float width = Vector2.Distance(mesh.At(MeshTopology.ImageLeftMouthCorner), mesh.At(MeshTopology.ImageRightMouthCorner));
        float gap = Vector2.Distance(mesh.At(13), mesh.At(14)) / Math.Max(width, 1e-3f);
        float eyes = Math.Min(MeshTopology.ImageLeftEyeAspect(mesh), MeshTopology.ImageRightEyeAspect(mesh)) / OpenEye;
        return MathF.Exp(-(gap / OpenMouth) * (gap / OpenMouth)) * Math.Clamp(eyes, LeastEye, 1);
    }

    /// <summary>How far the face is from the mean face of many people at rest, beside the other photos: what makes it this person's is the same in all of them.</summary>
    private static float Oddness(FaceMesh mesh)
    {
        Vector3[] shape = ShapeFit.ToMean(mesh);
        float squares = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            squares += (shape[i] - FaceLayout.Mean[i]).LengthSquared() / shape.Length;
        }

        return squares;
    }
}
