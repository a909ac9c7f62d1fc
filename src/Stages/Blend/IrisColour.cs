using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Blend;

/// <summary>
/// Gives the target's irises another person's colour, in the target's light. Where they are, their pattern, the pupil and what is mirrored in them stay: gaze does.
/// </summary>
internal static class IrisColour
{
    // In radii: from the pupil's usual edge to where all of it is iris, and the rim, beyond which a mesh's error would colour the white.
    private const float PupilStart = 0.3f, PupilEnd = 0.5f, RimStart = 0.9f, RimEnd = 1.1f;

    // Brightness from the iris' (0) to the white's (1): what comes near the white is white, lid or a highlight.
    private const float BrightStart = 0.35f, BrightEnd = 0.75f;

    // Radius in pixels up to which nothing is done and from which all of it: smaller irises are two or three pixels of mixed colour.
    private const float NoneRadius = 3, WholeRadius = 5;

    // Lid distance over eye width: on lids nearly shut the mesh's opening errs by as much as is open, and lashes would be coloured; half shut, a brightened iris reads as open (with .15 and .25 a blink of the standard set was lost).
    private const float ShutAspect = 0.2f, OpenAspect = 0.32f;

    // How far brightness follows the person's: factors of the target's, and the share of the white below which no iris is made darker. Without limits irises became one black with their pupils, and the reported
    // error rose, with an earlier formula of the colour, from 0.7 to 1.1 degrees on lp_driving_d10 and from 2.8 to 3.8 on lp_driving_d14 (photos b); these cost 0.04 on the mean
    // of six real swaps (docs/swap-and-blend.md). With 1.2, .75 and .33 the standard set had 92.5 % of its frames nearer to the true swap, with these 93.3.
    private const float Darkest = 0.6f, Brightest = 1.5f, DarkestShare = 0.25f;

    /// <summary>Changes the kept eyes in place. Where nothing can be measured and nothing was, they stay.</summary>
    /// <param name="eyes">The target's.</param>
    /// <param name="mesh">Its face, frame pixels.</param>
    /// <param name="wanted">The person's irises as shares of the white (<see cref="IrisReading.Share"/>).</param>
    /// <param name="memory">Of the track: one frame's measurement is noise.</param>
    public static void Give(OriginalEyes eyes, FaceMesh mesh, Vector3 wanted, TrackMemory memory)
    {
        Rect place = eyes.Place;
        FaceMesh own = mesh.Transformed(new SimilarityTransform(1, 0, -place.X, -place.Y));
        IrisPlace[] irises = IrisPlace.Find(eyes.Pixels.Bytes, place.Width, place.Height, own);
        if (memory.FollowIrises(IrisReading.Of(eyes.Pixels.Bytes, place.Width, place.Height, own, irises, NoneRadius)) is not { } reading)
        {
            return;
        }

        using Mat picture = PlaneView.Of(eyes.Pixels);
        using var lids = new Mat(picture.Size(), MatType.CV_8UC1, Scalar.All(0));
        Vector3 colour = reading.White * Reachable(wanted, reading.Share);
        ReadOnlySpan<float> aspects = [MeshTopology.ImageLeftEyeAspect(own), MeshTopology.ImageRightEyeAspect(own)];
        for (int i = 0; i < irises.Length; i++)
        {
            float whole = Ramp(irises[i].Radius, NoneRadius, WholeRadius) * Ramp(aspects[i], ShutAspect, OpenAspect);
            if (whole > 0)
            {
                BlendMask.Fill(lids, Polygon.ConvexHull(MeshTopology.Select(own, IrisPlace.Eyes[i].Lids)), 255);
                Give(picture, lids, irises[i], whole, reading, colour);
            }
        }
    }

    /// <summary>The wanted colour, as bright as the target's iris can be made. Colour goes with the root of brightness: all of it made dark brown orange, none of it grey.</summary>
    private static Vector3 Reachable(Vector3 wanted, Vector3 own)
    {
        float asked = Math.Max(Mean(wanted), 0.01f), usual = Mean(own);
        float least = Math.Min(usual, Math.Max(Darkest * usual, DarkestShare)), brightness = Math.Clamp(asked, least, Math.Max(least, Brightest * usual));
        return Vector3.Max(new Vector3(brightness) + ((wanted - new Vector3(asked)) * MathF.Sqrt(brightness / asked)), Vector3.Zero);
    }

    private static void Give(Mat picture, Mat lids, IrisPlace place, float whole, IrisReading reading, Vector3 colour)
    {
        // 8-bit codes.
        float usual = Math.Max(255 * Mean(reading.Iris), 1), toWhite = Math.Max((255 * Mean(reading.White)) - usual, 1), reach = RimEnd * place.Radius;
        Vector3 other = 255 * colour;

        // Pupils are no part of what is made brighter. What is made darker takes them along: where a dark iris hides its pupil, a pupil left alone would be a light spot.
        float pupils = Math.Min(1, Mean(other) / usual);
        int top = Math.Max(0, (int)(place.Centre.Y - reach)), bottom = Math.Min(picture.Rows, (int)(place.Centre.Y + reach) + 2);
        int left = Math.Max(0, (int)(place.Centre.X - reach)), right = Math.Min(picture.Cols, (int)(place.Centre.X + reach) + 2);
        for (int y = top; y < bottom; y++)
        {
            Span<Vec3b> row = picture.RowSpan<Vec3b>(y);
            ReadOnlySpan<byte> open = lids.RowSpan<byte>(y);
            for (int x = left; x < right; x++)
            {
                float radii = place.Radii(new(x + 0.5f, y + 0.5f));
                float share = whole * open[x] / 255f * (1 - Ramp(radii, RimStart, RimEnd));
                if (share == 0)
                {
                    continue;
                }

                Vector3 before = new(row[x].Item0, row[x].Item1, row[x].Item2);
                float brightness = Mean(before);
                share *= 1 - Ramp((brightness - usual) / toWhite, BrightStart, BrightEnd);

                // The pattern is the brightness beside the iris' usual one. Darker pixels (rim, a wide pupil, the lashes' shadow) stay as much darker, brighter ones as many codes brighter.
                Vector3 iris = (other * Math.Min(1, brightness / usual)) + new Vector3(Math.Max(0, brightness - usual));
                Vector3 after = Vector3.Lerp(before, Vector3.Lerp(pupils * before, iris, Ramp(radii, PupilStart, PupilEnd)), share);
                after = Vector3.Clamp(after, Vector3.Zero, new(255));
                row[x] = new((byte)(after.X + 0.5f), (byte)(after.Y + 0.5f), (byte)(after.Z + 0.5f));
            }
        }
    }

    private static float Mean(Vector3 colour) => (colour.X + colour.Y + colour.Z) / 3;

    private static float Ramp(float value, float from, float to)
    {
        float t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }
}
