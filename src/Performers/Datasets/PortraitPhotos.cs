using OpenCvSharp;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Directing;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Rendering;
using VideoGaze.Performers.Scenes;

namespace VideoGaze.Performers.Datasets;

/// <summary>
/// Photos as somebody would give them to say who shall be put in: the head nearly to the camera, eyes open, each in another place and light. What a generator that takes
/// any person gets to see of one.
/// </summary>
public static class PortraitPhotos
{
    /// <summary>Side of a photo in pixels; the face is about 0.45 of it high.</summary>
    public const int Side = 384;

    private const float Distance = 90, FaceShare = 0.45f;

    // Height of a face from hairline to chin, cm.
    private const float FaceHeight = 22;

    // Yaw and pitch of the head, degrees, photo by photo, and how much of a smile.
    private static readonly (float Yaw, float Pitch, float Smile)[] Poses = [(0, 0, 0), (16, 2, 0), (-16, 2, 0), (5, -6, 0.7f), (-6, 8, 0.2f)];

    /// <summary>How many photos there are.</summary>
    public static int Count => Poses.Length;

    /// <summary>Renders the photos as PNG files. The same person and seed give the same bytes.</summary>
    /// <param name="assets">The opened pack.</param>
    /// <param name="person">Who.</param>
    /// <param name="seed">Of places, lights and cameras.</param>
    /// <param name="cancellationToken">Stops between photos.</param>
    public static IReadOnlyList<byte[]> Render(PerformerAssets assets, PerformerIdentity person, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(assets);
        Performer performer = new(assets, person);
        ShotRenderer renderer = new(new PerformerRenderer(new RenderQuality()));
        List<byte[]> photos = [];
        for (int i = 0; i < Poses.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Shot shot = ShotOf(performer, Poses[i], Seeds.Mix(seed, i));
            PixelImage picture = renderer.Take(shot, performer, renderer.ExposureOf(shot, performer), null).Picture;
            using Mat pixels = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC3, picture.Bgr);
            Cv2.ImEncode(".png", pixels, out byte[] png);
            photos.Add(png);
        }

        return photos;
    }

    private static Shot ShotOf(Performer performer, (float Yaw, float Pitch, float Smile) pose, int seed)
    {
        PerformerPose placed = new()
        {
            Head = new(float.DegreesToRadians(pose.Yaw), float.DegreesToRadians(pose.Pitch), 0),
            Position = new(0, 0, Distance),
            Expression = Expression.Neutral.Plus(Expressions.Smile, pose.Smile),
        };
        const float Focal = FaceShare * Side * Distance / FaceHeight;
        return new()
        {
            Pose = placed.WithGaze(EyeReach.Clamp(performer.LookAt(default, placed))),
            Camera = new(Side, Side, Focal, Focal, Side / 2f, Side / 2f),
            Scene = Scene.Random(seed),
            NoiseSeed = seed,
        };
    }
}
