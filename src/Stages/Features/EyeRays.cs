using System.Numerics;
using VideoGaze.Faces.Gaze;

namespace VideoGaze.Stages.Features;

/// <summary>How both eyes' axes lie to each other in space.</summary>
/// <param name="VergenceDegrees">Angle between them in the plane of both eyes, &gt; 0 where they meet in front of the face.</param>
/// <param name="Dioptres">One over the distance in metres, from between the eyes, of the point where they pass closest; below 0 behind the head.</param>
/// <param name="GapMillimetres">Distance between them there.</param>
internal readonly record struct EyeRays(double VergenceDegrees, double Dioptres, double GapMillimetres)
{
    /// <summary>Distance between the middles of both eyes, adults' mean (Dodgson 2004: 63 mm, standard deviation 4). It sets the scale of everything in millimetres.</summary>
    public const float BetweenEyes = 63;

    /// <summary>Computes them in the head's own frame: the left eye lies at +BetweenEyes / 2 on x.</summary>
    /// <param name="left">Axis of the person's left eye, camera frame.</param>
    /// <param name="right">Axis of the person's right eye.</param>
    /// <param name="leftEye">Place of the left eye, camera frame, millimetres.</param>
    /// <param name="rightEye">Place of the right eye.</param>
    public static EyeRays Of(GazeAngles left, GazeAngles right, Vector3 leftEye, Vector3 rightEye)
    {
        Vector3 l = left.ToDirection(), r = right.ToDirection();
        Vector3 across = Vector3.Normalize(leftEye - rightEye);

        // Seen from the right eye the left one lies along +across: eyes converge where the right axis leans further that way than the left one.
        double vergence = (Math.Asin(Math.Clamp(Vector3.Dot(r, across), -1f, 1f)) - Math.Asin(Math.Clamp(Vector3.Dot(l, across), -1f, 1f))) * 180 / Math.PI;

        // Closest points of two lines p + s u: the textbook's pair of linear equations.
        Vector3 between = leftEye - rightEye;
        double b = Vector3.Dot(l, r), d = Vector3.Dot(l, between), e = Vector3.Dot(r, between);
        double parallel = 1 - (b * b);
        if (parallel < 1e-9)
        {
            return new(vergence, 0, Vector3.Cross(l, between).Length());
        }

        double s = ((b * e) - d) / parallel, t = (e - (b * d)) / parallel;
        Vector3 onLeft = leftEye + ((float)s * l), onRight = rightEye + ((float)t * r);
        double ahead = (s + t) / 2;
        return new(vergence, Math.Abs(ahead) < 1 ? 0 : 1000 / ahead, Vector3.Distance(onLeft, onRight));
    }

    /// <summary>Where an eye is, by its pixel and the distance that makes both eyes <see cref="BetweenEyes"/> apart.</summary>
    /// <param name="eye">Frame pixels.</param>
    /// <param name="pixelsApart">Distance of both eyes in the frame, the head's yaw taken out.</param>
    /// <param name="width">Of the frame.</param>
    /// <param name="height">Of the frame.</param>
    /// <param name="focalRatio">Focal length over the larger frame side.</param>
    public static Vector3 Place(Vector2 eye, float pixelsApart, int width, int height, double focalRatio)
    {
        float focal = (float)(focalRatio * Math.Max(width, height));
        float away = focal * BetweenEyes / Math.Max(pixelsApart, 1);
        return new((eye.X - (width / 2f)) / focal * away, (eye.Y - (height / 2f)) / focal * away, away);
    }
}
