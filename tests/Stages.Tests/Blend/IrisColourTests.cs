using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Tests.Blend;

/// <summary>On drawn eyes, whose colours are known.</summary>
public sealed class IrisColourTests : IDisposable
{
    private const int Width = 320, Height = 240;
    private const byte White = 200, Pupil = 20, Glint = 250;

    // Blue, green, red as shares of the white: as rendered people with brown eyes have them; made up: blue ones that the limits allow, and nearly black ones.
    private static readonly Vector3 Brown = new(0.24f, 0.31f, 0.43f), Blue = new(0.46f, 0.39f, 0.32f), Black = new(0.05f, 0.08f, 0.12f);
    private static readonly Vec3b Skin = new(130, 150, 190);

    private readonly PixelPool pool = new();
    private readonly TrackMemory memory = new();

    public void Dispose() => memory.Dispose();

    [Fact]
    public void Brown_irises_become_blue_and_nothing_else_changes()
    {
        FaceStandIn face = Face();
        using OriginalEyes before = Draw(face, Brown);
        using OriginalEyes after = Draw(face, Brown);
        IrisColour.Give(after, face.Mesh(), Blue, memory);
        AssertShare(Blue, Ring(after, face), 0.03f);
        int seen = 0;
        Each(face, (x, y, radii, place) =>
        {
            Vec3b was = At(before, x, y), now = At(after, x, y);

            // Pupil with margin, white, skin, lids' edges within the iris' reach, and the highlight.
            if (radii is < 0.3f or > 1.1f || was.Item0 == Glint)
            {
                seen++;
                Assert.InRange(Distance(was, now), 0, 2);
            }
        });
        Assert.True(seen > 1000);
    }

    [Fact]
    public void A_mesh_that_errs_by_a_quarter_of_the_radius_colours_neither_white_nor_pupil()
    {
        FaceStandIn face = Face(), erring = Face(shift: new(2.5f, -0.5f));
        using OriginalEyes before = Draw(face, Brown);
        using OriginalEyes after = Draw(face, Brown);
        foreach (var (found, truth) in IrisPlace.Find(after.Pixels.Bytes, Width, Height, erring.Mesh()).Zip(Places(face)))
        {
            Assert.InRange(Vector2.Distance(found.Centre, truth.Centre), 0, 0.1f * truth.Radius);
        }

        IrisColour.Give(after, erring.Mesh(), Blue, memory);
        AssertShare(Blue, Ring(after, face), 0.05f);
        Each(face, (x, y, radii, _) =>
        {
            if (radii is < 0.25f or > 1.1f)
            {
                Assert.InRange(Distance(At(before, x, y), At(after, x, y)), 0, 8);
            }
        });
    }

    [Fact]
    public void Photos_irises_are_read_as_they_are_and_small_ones_not_at_all()
    {
        FaceStandIn face = Face(shift: new(-2, 1)), small = Face(2.2f);
        Assert.Null(Read(small));
        IrisReading reading = Read(face)!.Value;
        AssertShare(Brown, reading.Share, 0.02f);
        Assert.Equal(reading.Share, IrisReading.UsualShare([reading with { Iris = Vector3.Zero }, reading, reading with { Iris = Vector3.One }]));
        Assert.Null(IrisReading.UsualShare([]));

        IrisReading? Read(FaceStandIn one)
        {
            using OriginalEyes eyes = Draw(new FaceStandIn { Height = one.Height, Iris = one.Iris }, Brown);
            return IrisReading.Of(eyes.Pixels.Bytes, Width, Height, one.Mesh(), IrisPlace.Find(eyes.Pixels.Bytes, Width, Height, one.Mesh()), IrisReading.PhotoRadius);
        }
    }

    [Fact]
    public void Nearly_black_irises_darken_blue_ones_so_far_that_pattern_and_pupil_are_seen()
    {
        FaceStandIn face = Face();
        using OriginalEyes eyes = Draw(face, Blue);
        IrisColour.Give(eyes, face.Mesh(), Black, memory);
        Vector3 ring = Ring(eyes, face);
        Assert.InRange((ring.X + ring.Y + ring.Z) / 3, 0.24f, 0.27f);
        Assert.True(ring.X < ring.Y && ring.Y < ring.Z, $"{ring}");
        Each(face, (x, y, radii, _) =>
        {
            if (radii < 0.25f)
            {
                Assert.InRange(At(eyes, x, y).Item2, 0, Pupil);
            }
        });
    }

    [Fact]
    public void Still_input_gives_the_same_bytes_again()
    {
        FaceStandIn face = Face();
        using OriginalEyes first = Draw(face, Brown);
        using OriginalEyes second = Draw(face, Brown);
        memory.Advance(0);
        IrisColour.Give(first, face.Mesh(), Blue, memory);
        memory.Advance(0.04);
        IrisColour.Give(second, face.Mesh(), Blue, memory);
        Assert.True(first.Pixels.Bytes.SequenceEqual(second.Pixels.Bytes));
    }

    [Fact]
    public void Irises_of_two_pixels_are_left_alone()
    {
        FaceStandIn face = Face(2);
        using OriginalEyes before = Draw(face, Brown);
        using OriginalEyes after = Draw(face, Brown);

        // Even where the track knows its irises.
        using OriginalEyes near = Draw(Face(), Brown);
        IrisColour.Give(near, Face().Mesh(), Blue, memory);
        IrisColour.Give(after, face.Mesh(), Blue, memory);
        Assert.True(before.Pixels.Bytes.SequenceEqual(after.Pixels.Bytes));
    }

    [Fact]
    public void Narrow_eyes_take_what_the_track_was_read_as_and_shut_eyes_stay()
    {
        FaceStandIn open = Face(16), narrow = Face(23, lids: 0.02f), shut = Face(16, lids: 0.005f);
        using OriginalEyes before = Draw(narrow, Brown);
        using OriginalEyes unknown = Draw(narrow, Brown);
        IrisColour.Give(unknown, narrow.Mesh(), Blue, memory);
        Assert.True(before.Pixels.Bytes.SequenceEqual(unknown.Pixels.Bytes));

        using OriginalEyes seen = Draw(open, Brown);
        IrisColour.Give(seen, open.Mesh(), Blue, memory);
        IrisColour.Give(unknown, narrow.Mesh(), Blue, memory);
        Vector3 ring = Ring(unknown, narrow), was = Ring(before, narrow);
        Assert.True(ring.X > was.X + 0.04f, $"{was} {ring}");

        using OriginalEyes lids = Draw(shut, Brown);
        using OriginalEyes kept = Draw(shut, Brown);
        IrisColour.Give(kept, shut.Mesh(), Blue, memory);
        Assert.True(lids.Pixels.Bytes.SequenceEqual(kept.Pixels.Bytes));
    }

    private static FaceStandIn Face(float iris = 10, Vector2 shift = default, float lids = 0.03f) => new() { Height = 400, Iris = iris, IrisShift = shift, Lids = lids };

    private static IrisPlace[] Places(FaceStandIn face) => [.. IrisPlace.Eyes.Select(eye => IrisPlace.Of(face.Mesh(), eye.Iris))];

    private static Vec3b At(OriginalEyes eyes, int x, int y)
    {
        using Mat picture = PlaneView.Of(eyes.Pixels);
        return picture.At<Vec3b>(y, x);
    }

    private static int Distance(Vec3b a, Vec3b b) => Math.Max(Math.Abs(a.Item0 - b.Item0), Math.Max(Math.Abs(a.Item1 - b.Item1), Math.Abs(a.Item2 - b.Item2)));

    private static void AssertShare(Vector3 expected, Vector3 actual, float within) =>
        Assert.True(Vector3.Distance(expected, actual) < within, $"{actual} instead of {expected}");

    /// <summary>Every pixel, and how many radii from the nearer iris.</summary>
    private static void Each(FaceStandIn face, Action<int, int, float, IrisPlace> look)
    {
        IrisPlace[] places = Places(face);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                IrisPlace near = places.MinBy(place => place.Radii(new(x + 0.5f, y + 0.5f)));
                look(x, y, near.Radii(new(x + 0.5f, y + 0.5f)), near);
            }
        }
    }

    /// <summary>The median of what is iris and between the lids, as a share of the white.</summary>
    private static Vector3 Ring(OriginalEyes eyes, FaceStandIn face)
    {
        Vector2[][] lids = [.. IrisPlace.Eyes.Select(eye => MeshTopology.Select(face.Mesh(), eye.Lids))];
        List<Vec3b> ring = [];
        Each(face, (x, y, radii, _) =>
        {
            if (radii is > 0.6f and < 0.8f && lids.Any(opening => Polygon.Contains(opening, new(x + 0.5f, y + 0.5f))))
            {
                ring.Add(At(eyes, x, y));
            }
        });
        return new Vector3(Median(one => one.Item0), Median(one => one.Item1), Median(one => one.Item2)) / White;

        float Median(Func<Vec3b, byte> part) => ring.Select(part).Order().ElementAt(ring.Count / 2);
    }

    /// <summary>Skin, whites between the lids, irises with a pupil of 0.3 radii and a highlight beside it.</summary>
    private OriginalEyes Draw(FaceStandIn face, Vector3 iris)
    {
        PixelBuffer pixels = pool.Rent(new PixelSpec(Width, Height, PixelFormat.Bgr24));
        using Mat picture = PlaneView.Of(pixels);
        Vector2[][] lids = [.. IrisPlace.Eyes.Select(eye => MeshTopology.Select(face.Mesh(), eye.Lids))];
        Vector3 codes = White * iris;
        Each(face, (x, y, radii, place) =>
        {
            Vector2 point = new(x + 0.5f, y + 0.5f), glint = place.Centre + (place.Radius * new Vector2(0.35f, -0.45f));
            picture.At<Vec3b>(y, x) = true switch
            {
                _ when !lids.Any(opening => Polygon.Contains(opening, point)) => Skin,
                _ when Vector2.Distance(point, glint) < 0.15f * place.Radius => new(Glint, Glint, Glint),
                _ when radii < 0.3f => new(Pupil, Pupil, Pupil),
                _ when radii < 1 => new((byte)codes.X, (byte)codes.Y, (byte)codes.Z),
                _ => new(White, White, White),
            };
        });
        return new(new Rect(0, 0, Width, Height), pixels);
    }
}
