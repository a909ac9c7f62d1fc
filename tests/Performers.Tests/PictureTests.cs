using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Datasets;
using VideoGaze.Performers.Lighting;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Props;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Rendering;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Truth;
using VideoGaze.TestSupport;

namespace VideoGaze.Performers.Tests;

/// <summary>Pictures agree with their labels, with an independent renderer, and with themselves.</summary>
public sealed class PictureTests(PackFixture pack) : IClassFixture<PackFixture>
{
    private const int Side = 160;
    private static readonly PinholeCamera Camera = PinholeCamera.Centred(Side, Side, 470);
    private static readonly RenderQuality Quality = RenderQuality.Draft with { MaxThreads = 2 };

    private static readonly PerformerPose Turned = new()
    {
        Head = new(float.DegreesToRadians(10), 0, 0),
        LeftGaze = GazeAngles.FromDegrees(5, -3),
        RightGaze = GazeAngles.FromDegrees(5, -3),
    };

    [Fact]
    public void The_picture_does_not_depend_on_the_number_of_threads()
    {
        PosedPerformer posed = pack.Person("A").Pose(Turned);
        RenderedLayer alone = new PerformerRenderer(Quality with { MaxThreads = 1 }).Render(posed, KnownLights.KeyLeft, Camera);
        RenderedLayer shared = new PerformerRenderer(Quality with { MaxThreads = 5 }).Render(posed, KnownLights.KeyLeft, Camera);

        Assert.Equal(alone.Pixels, shared.Pixels);
        Assert.Equal(alone.Materials, shared.Materials);
        Assert.Equal(alone.Depths, shared.Depths);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_from_two_new_performers()
    {
        PixelImage first = Portrait(12), second = Portrait(12);
        Assert.Equal(first.Bgr, second.Bgr);
        Assert.NotEqual(first.Bgr, Portrait(13).Bgr);
    }

    // Hair, strokes and the shading differ on purpose: what must agree is where things are and how bright the face is.
    [Theory]
    [InlineData("A")]
    [InlineData("H")]
    public void Faces_look_like_those_of_an_independent_renderer(string name)
    {
        PosedPerformer posed = pack.Person(name).Pose(Turned);
        RenderedLayer layer = new PerformerRenderer(new() { MaxThreads = 2 }).Render(posed, KnownLights.KeyLeft, Camera);
        PixelImage picture = PictureComposer.Compose([layer], Grey(), new() { Softness = 0, Noise = 0 }, 0);
        using Mat reference = Cv2.ImRead(Path.Combine(SharedAssets.RepositoryRoot, "tests", "Performers.Tests", "Fixtures", $"prototype-{name}.png"));
        reference.GetArray(out Vec3b[] expected);

        double difference = 0;
        int count = 0, missed = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            bool isPerson = layer.Pixels[i].W > 0.5f, wasPerson = Math.Abs(expected[i].Item0 - 128) + Math.Abs(expected[i].Item1 - 128) + Math.Abs(expected[i].Item2 - 128) > 4;
            missed += isPerson != wasPerson ? 1 : 0;
            if ((HeadMaterial)layer.Materials[i] == HeadMaterial.Face)
            {
                difference += Math.Abs(expected[i].Item0 - picture.Bgr[3 * i]) + Math.Abs(expected[i].Item1 - picture.Bgr[(3 * i) + 1]) + Math.Abs(expected[i].Item2 - picture.Bgr[(3 * i) + 2]);
                count += 3;
            }
        }

        Assert.InRange(difference / count, 0, 12);
        Assert.InRange(missed / (double)expected.Length, 0, 0.02);
        WriteLarge(name);
    }

    [Fact]
    public void The_dark_pupil_lies_where_the_label_says()
    {
        PinholeCamera close = PinholeCamera.Centred(200, 200, 1600);
        foreach ((float yaw, float pitch) in ((float, float)[])[(0, 0), (18, 6), (-20, -8)])
        {
            PosedPerformer posed = pack.Person("F").Pose(new PerformerPose { Position = new(0, 4.2f, 88) }.WithGaze(new(GazeAngles.FromDegrees(yaw, pitch), GazeAngles.FromDegrees(yaw, pitch))));
            RenderedLayer layer = new PerformerRenderer(Quality).Render(posed, KnownLights.KeyLeft, close);
            PerformerLabels labels = PerformerLabels.Of(posed, close);
            foreach (EyeLabels eye in (EyeLabels[])[labels.Eyes.Left, labels.Eyes.Right])
            {
                // A third of the iris: the bound leaves room for catch-lights and for refraction, which moves what is seen of the pupil.
                Assert.InRange(Vector2.Distance(DarkCentre(layer, eye), eye.IrisPixels), 0, 0.33f * eye.IrisRadiusPixels);
            }
        }
    }

    [Fact]
    public void A_microphone_hides_the_mouth_and_glasses_frame_the_eyes()
    {
        PerformerIdentity identity = Cast.Find("A") with { Glasses = new() { RimRadius = 0.2f } };
        var performer = new Performer(pack.Assets, identity);
        PosedPerformer posed = performer.Pose(new());
        RenderedLayer layer = new PerformerRenderer(Quality).Render(posed, KnownLights.KeyLeft, Camera, [new(OccluderKind.Microphone, 1)]);
        PerformerLabels labels = PerformerLabels.Of(posed, Camera);

        Assert.Contains((byte)HeadMaterial.GlassesFrame, layer.Materials);
        Assert.Contains((byte)HeadMaterial.Prop, layer.Materials);
        Vector2 chin = labels.Landmarks68[8];
        Assert.Equal(HeadMaterial.Prop, (HeadMaterial)layer.Materials[((int)chin.Y * Side) + (int)chin.X]);
    }

    [Theory]
    [InlineData(HeadwearKind.Beanie)]
    [InlineData(HeadwearKind.Cap)]
    [InlineData(HeadwearKind.Headscarf)]
    public void Headwear_covers_the_hair_has_a_mask_of_its_own_and_leaves_labels_and_face_alone(HeadwearKind kind)
    {
        PerformerIdentity plain = Cast.Find("C");
        var dressed = new Performer(pack.Assets, plain with { Headwear = new() { Kind = kind } });
        PinholeCamera whole = PinholeCamera.Centred(Side, Side, 300);
        PosedPerformer bare = pack.Person("C").Pose(Turned), worn = dressed.Pose(Turned);
        var renderer = new PerformerRenderer(Quality);
        RenderedLayer before = renderer.Render(bare, KnownLights.KeyLeft, whole), after = renderer.Render(worn, KnownLights.KeyLeft, whole);
        using Mat mask = FaceMask.Of([(after, worn)], whole);
        PerformerLabels expected = PerformerLabels.Of(bare, whole), labels = PerformerLabels.Of(worn, whole);

        Assert.Equal(expected.Landmarks68, labels.Landmarks68);
        Assert.Equal(expected.Gaze, labels.Gaze);
        int covered = Count(after, HeadMaterial.Headwear);
        Assert.Equal(covered, Cv2.CountNonZero(mask.Equals((double)MaskClass.Headwear)));
        Assert.True(covered > 0.25 * Count(before, HeadMaterial.Hair), $"{covered} pixels of headwear");
        Assert.True(Count(after, HeadMaterial.Hair) < (kind == HeadwearKind.Headscarf ? 1 : 0.8 * Count(before, HeadMaterial.Hair)), $"{Count(after, HeadMaterial.Hair)} of {Count(before, HeadMaterial.Hair)} pixels of hair are left");

        // Brows, eyes, nose and mouth stay free; the eyes of who wears a cap are seen below its peak.
        foreach (Vector2 point in labels.Landmarks68.Skip(27))
        {
            Assert.NotEqual(HeadMaterial.Headwear, (HeadMaterial)after.Materials[((int)point.Y * Side) + (int)point.X]);
        }
    }

    [Fact]
    public void A_swap_changes_the_head_and_keeps_gaze_and_clothes()
    {
        PerformerIdentity a = Cast.Find("A"), b = Cast.Find("B");
        PosedPerformer target = pack.Person("A").Pose(Turned), swapped = new Performer(pack.Assets, b.InPlaceOf(a)).Pose(Turned);
        var renderer = new PerformerRenderer(Quality);
        RenderedLayer before = renderer.Render(target, KnownLights.KeyLeft, Camera), after = renderer.Render(swapped, KnownLights.KeyLeft, Camera);
        PerformerLabels expected = PerformerLabels.Of(target, Camera), labels = PerformerLabels.Of(swapped, Camera);

        Assert.InRange(GazeAngles.AngularError(expected.Gaze, labels.Gaze), 0, 1e-5f);
        Assert.Equal(expected.HeadRotation, labels.HeadRotation);
        Assert.True(Vector2.Distance(expected.Landmarks68[8], labels.Landmarks68[8]) > 0.3f, "the chin is the other person's");
        Assert.Equal("B", labels.Id);

        // The last row shows the chest: the same cloth on the same body, but for the shade of another head.
        for (int x = 0; x < Side; x++)
        {
            Vector4 was = before.Pixels[((Side - 1) * Side) + x], now = after.Pixels[((Side - 1) * Side) + x];
            Assert.InRange(Vector4.Distance(was, now), 0, 0.05f);
        }
    }

    // For docs/images/make-prototype.sh, which lays it beside the prototype's: the same picture, larger, into the folder of VIDEOGAZE_PICTURES.
    private void WriteLarge(string name)
    {
        const int Large = 512;
        if (Environment.GetEnvironmentVariable("VIDEOGAZE_PICTURES") is not { Length: > 0 } folder)
        {
            return;
        }

        RenderedLayer layer = new PerformerRenderer(new() { MaxThreads = 2 }).Render(pack.Person(name).Pose(Turned), KnownLights.KeyLeft, PinholeCamera.Centred(Large, Large, 470f * Large / Side));
        PixelImage picture = PictureComposer.Compose([layer], LinearImage.Plain(Large, Large, new(ToneCurve.Invert(0.5f))), new() { Softness = 0, Noise = 0 }, 0);
        using Mat bgr = Mat.FromPixelData(Large, Large, MatType.CV_8UC3, picture.Bgr);
        Cv2.ImWrite(Path.Combine(folder, $"{name}-videogaze.png"), bgr);
    }

    private static int Count(RenderedLayer layer, HeadMaterial material) => layer.Materials.Count(one => (HeadMaterial)one == material);

    private PixelImage Portrait(int seed)
    {
        var performer = new Performer(pack.Assets, PerformerIdentity.Random(seed));
        Scene scene = Scene.Random(seed);
        PinholeCamera small = PinholeCamera.Centred(96, 96, 280);
        var renderer = new PerformerRenderer(Quality);
        PosedPerformer posed = performer.Pose(Turned);
        return PictureComposer.Compose([renderer.Render(posed, scene.Light, small)], scene.Backdrop.Paint(96, 96), scene.Look with { Exposure = renderer.MeteredExposure(posed, scene.Light) }, seed);
    }

    private static LinearImage Grey() => LinearImage.Plain(Side, Side, new(ToneCurve.Invert(0.5f)));

    // Mean place of the darkest fifth of the eyeball's pixels within an iris radius of the label.
    private static Vector2 DarkCentre(RenderedLayer layer, EyeLabels eye)
    {
        List<(float Brightness, Vector2 At)> inside = [];
        for (int i = 0; i < layer.Pixels.Length; i++)
        {
            Vector2 at = new((i % layer.Width) + 0.5f, (i / layer.Width) + 0.5f);
            bool isEye = (HeadMaterial)layer.Materials[i] is HeadMaterial.LeftEyeball or HeadMaterial.RightEyeball;
            if (isEye && Vector2.Distance(at, eye.IrisPixels) < eye.IrisRadiusPixels)
            {
                inside.Add((layer.Pixels[i].X + layer.Pixels[i].Y + layer.Pixels[i].Z, at));
            }
        }

        Assert.NotEmpty(inside);
        Vector2[] darkest = [.. inside.OrderBy(pixel => pixel.Brightness).Take(Math.Max(1, inside.Count / 5)).Select(pixel => pixel.At)];
        return darkest.Aggregate(Vector2.Zero, (sum, at) => sum + at) / darkest.Length;
    }
}
