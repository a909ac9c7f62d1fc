using System.Numerics;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Tests.Appearance;

public sealed class FaceTextureTests
{
    private const int Side = 96;

    private static FaceMesh Facing { get; } = MeanFace(0);

    [Fact]
    public void The_layout_is_symmetric_and_all_its_triangles_turn_the_same_way()
    {
        Assert.Equal(FaceLayout.PointCount, FaceLayout.Mean.Count);
        Assert.True(FaceLayout.Triangles.Count > 850);
        for (int i = 0; i < FaceLayout.PointCount; i++)
        {
            int mirror = MeshTopology.Mirror(i);
            Assert.Equal(1 - FaceLayout.Places[i].X, FaceLayout.Places[mirror].X, 0.001f);
            Assert.Equal(FaceLayout.Places[i].Y, FaceLayout.Places[mirror].Y, 0.001f);
            Assert.Equal(-FaceLayout.Mean[i].X, FaceLayout.Mean[mirror].X, 0.001f);
        }

        Assert.All(FaceLayout.Triangles, triangle =>
        {
            Vector2 a = FaceLayout.Places[triangle.A], ab = FaceLayout.Places[triangle.B] - a, ac = FaceLayout.Places[triangle.C] - a;
            Assert.True((ab.X * ac.Y) - (ab.Y * ac.X) > 0);
        });
    }

    [Fact]
    public void A_photo_laid_onto_its_own_mesh_gives_the_photo()
    {
        (float[] planes, byte[] photo) = (new float[FaceTexture.Planes * Side * Side], Gradient());
        TexturePhoto own = new(Facing, photo, Side, Side);
        FaceTexture.From([own], 2 * Side).Draw(Facing, new(Side), planes, FaceLight.Of(own));
        int seen = 0;
        for (int i = 0; i < Side * Side; i++)
        {
            if (planes[(3 * Side * Side) + i] > 0.6f)
            {
                seen++;
                for (int c = 0; c < 3; c++)
                {
                    Assert.Equal(photo[(3 * i) + c] / 255f, planes[(c * Side * Side) + i], 0.04f);
                }

                // A person's own shape differs nowhere.
                Assert.Equal(0, planes[(4 * Side * Side) + i], 0.02f);
                Assert.Equal(0, planes[(5 * Side * Side) + i], 0.02f);
            }
        }

        Assert.True(seen > 1500, $"only {seen} pixels of the face are known");
    }

    [Fact]
    public void Mirrored_photos_on_the_mirrored_mesh_give_the_mirrored_planes()
    {
        float[] planes = new float[FaceTexture.Planes * Side * Side], mirrored = new float[planes.Length];
        FaceMesh turned = MeanFace(0.4f), target = MeanFace(-0.2f);
        byte[] photo = Gradient(), other = Mirrored(photo);
        FaceTexture.From([new(turned, photo, Side, Side)], Side).Draw(target, new(Side), planes);
        FaceTexture.From([new(MeshTopology.Mirrored(turned, Side), other, Side, Side)], Side).Draw(MeshTopology.Mirrored(target, Side), new(Side), mirrored);
        int different = 0;
        for (int i = 0; i < Side * Side; i++)
        {
            int there = (i / Side * Side) + Side - 1 - (i % Side);
            different += Math.Abs(planes[i] - mirrored[there]) > 0.03f || Math.Abs(planes[(4 * Side * Side) + i] + mirrored[(4 * Side * Side) + there]) > 0.03f ? 1 : 0;
        }

        // Pixels at the rim may fall to either side of it.
        Assert.True(different < Side * Side / 100, $"{different} pixels differ");
    }

    [Fact]
    public void The_side_that_a_turned_photo_hides_is_the_other_side_mirrored()
    {
        // The cheek that is seen has a dark patch. Point 50 is the middle of the image's left cheek.
        float[] planes = new float[FaceTexture.Planes * Side * Side];
        FaceMesh turned = MeanFace(0.9f);
        int seen = turned.Points[50].Z < turned.Points[MeshTopology.Mirror(50)].Z ? 50 : MeshTopology.Mirror(50);
        byte[] photo = [.. Enumerable.Repeat<byte>(200, 3 * Side * Side)];
        for (int i = 0; i < Side * Side; i++)
        {
            if (Vector2.Distance(turned.At(seen), new(i % Side, i / Side)) < 5)
            {
                photo.AsSpan(3 * i, 3).Fill(60);
            }
        }

        FaceTexture.From([new(turned, photo, Side, Side)], Side).Draw(Facing, new(Side), planes);
        Assert.InRange(At(Facing.At(seen)), 0, 0.5f);
        Assert.InRange(At(Facing.At(MeshTopology.Mirror(seen))), 0, 0.5f);
        Assert.InRange(At(Facing.At(MeshTopology.NoseTip)), 0.7f, 1);

        float At(Vector2 place) => planes[(int)place.X + ((int)place.Y * Side)];
    }

    [Fact]
    public void What_one_of_three_photos_alone_shows_is_left_out()
    {
        byte[] plain = Lined(), marked = [.. plain];
        for (int i = 0; i < Side * Side; i++)
        {
            // A hand over the mouth, with lines on it.
            if (i / Side is > Side * 62 / 100 and < Side * 78 / 100 && i % Side is > Side * 4 / 10 and < Side * 6 / 10)
            {
                marked.AsSpan(3 * i, 3).Fill((byte)(i % 2 == 0 ? 250 : 210));
            }
        }

        float[] planes = new float[FaceTexture.Planes * Side * Side];
        FaceTexture.From([new(Facing, marked, Side, Side), new(Facing, plain, Side, Side), new(Facing, plain, Side, Side)], Side).Draw(Facing, new(Side), planes);

        // Light is made even over the photos, so the mouth is as bright as the nose and not as bright as in two of the photos.
        Assert.Equal(planes[(Side / 2 * Side) + (Side / 2)], planes[(Side * 7 / 10 * Side) + (Side / 2)], 0.03f);

        // With the hand on the only photo there is no telling.
        FaceTexture.From([new(Facing, marked, Side, Side)], Side).Draw(Facing, new(Side), planes);
        Assert.True(planes[(Side * 7 / 10 * Side) + (Side / 2)] > 0.8f);
    }

    [Fact]
    public void A_grainy_photo_has_no_say_beside_a_clean_one_and_a_blurred_one_neither()
    {
        var random = new Random(1);
        byte[] clean = [.. Enumerable.Repeat<byte>(150, 3 * Side * Side)], grainy = new byte[clean.Length], grainier = new byte[clean.Length], blurred = [.. clean];
        for (int i = 0; i < Side * Side; i++)
        {
            // Dark bars, as brows and lips are; out of focus they are grey. On a forehead they would be a fringe.
            bool barred = i / Side > Facing.At(9).Y;
            if (barred && i / Side % 8 == 0)
            {
                clean.AsSpan(3 * i, 3).Fill(60);
            }

            grainy.AsSpan(3 * i, 3).Fill((byte)(clean[3 * i] + random.Next(-25, 26)));
            grainier.AsSpan(3 * i, 3).Fill((byte)(clean[3 * i] + random.Next(-35, 36)));
            blurred.AsSpan(3 * i, 3).Fill((byte)(150 - ((barred ? 11 : 0) * Math.Max(0, 3 - Math.Abs((((i / Side) + 4) % 8) - 4)))));
        }

        float[] alone = Planes([clean]), together = Planes([grainy, grainier, blurred, clean]);
        double difference = Enumerable.Range(0, Side * Side).Where(i => alone[(FaceTexture.TrustPlane * Side * Side) + i] > 0.5f).Average(i => Math.Abs(alone[i] - together[i]));
        Assert.InRange(255 * difference, 0, 2);

        static float[] Planes(byte[][] photos)
        {
            float[] planes = new float[FaceTexture.Planes * Side * Side];
            FaceTexture.From([.. photos.Select(pixels => new TexturePhoto(Facing, pixels, Side, Side))], Side).Draw(Facing, new(Side), planes);
            return planes;
        }
    }

    [Fact]
    public void What_lies_before_the_skin_is_left_out_and_filled_from_around_it()
    {
        byte[] strand = [.. Enumerable.Repeat<byte>(120, 3 * Side * Side)], bare = [.. Enumerable.Repeat<byte>(255, Side * Side)];
        for (int i = 0; i < Side * Side; i++)
        {
            // Across the middle of the face, so that no mirrored half shows what is below.
            if (i % Side is > Side * 46 / 100 and < Side * 54 / 100)
            {
                strand.AsSpan(3 * i, 3).Fill(10);
                bare[i] = 0;
            }
        }

        float[] planes = new float[FaceTexture.Planes * Side * Side];
        int middle = (Side / 2 * Side) + (Side / 2);
        FaceTexture.From([new(Facing, strand, Side, Side)], Side).Draw(Facing, new(Side), planes);
        Assert.True(planes[middle] < 0.1f, "the strand is not before the skin");
        FaceTexture.From([new(Facing, strand, Side, Side, bare)], Side).Draw(Facing, new(Side), planes);
        Assert.Equal(120 / 255f, planes[middle], 0.01f);

        // Trust has no steps: a little of the skin's beside it is left.
        Assert.InRange(planes[(FaceTexture.TrustPlane * Side * Side) + middle], 0, 0.3f);
    }

    [Fact]
    public void A_mouth_that_is_pulled_aside_gives_way_to_that_of_a_lesser_photo()
    {
        // One head turned a little to the left, one farther to the right, which therefore shows less of the face.
        FaceMesh left = MeanFace(-0.3f), right = MeanFace(0.75f);
        FaceMesh pulled = left with { Points = [.. left.Points.Select((point, i) => MeshTopology.OuterLips.Contains(i) ? point + new Vector3(1, 0.7f, 0) : point)] };
        float straight = Mouth(left), aside = Mouth(pulled);

        // What tells the photos apart is a pattern: rows in the first, columns in the second.
        Assert.True(straight > 0.7f, $"{straight:0.00} of the mouth is the better photo's");
        Assert.True(aside < straight - 0.3f, $"{aside:0.00} of the mouth is the one pulled aside");

        // How much of the mouth is from the first photo: its rows differ along a column, the second one's do not.
        float Mouth(FaceMesh first)
        {
            float[] planes = new float[FaceTexture.Planes * Side * Side];
            FaceTexture.From([new(first, Stripes(rows: true), Side, Side), new(right, Stripes(rows: false), Side, Side)], Side).Draw(Facing, new(Side), planes);
            Vector2 middle = Facing.At(13);
            float down = 0, across = 0;
            for (int y = (int)middle.Y - 4; y < (int)middle.Y; y++)
            {
                for (int x = (int)middle.X - 8; x < (int)middle.X + 8; x++)
                {
                    down += Math.Abs(planes[((y + 1) * Side) + x] - planes[(y * Side) + x]);
                    across += Math.Abs(planes[(y * Side) + x + 1] - planes[(y * Side) + x]);
                }
            }

            return down / (down + across);
        }

        static byte[] Stripes(bool rows)
        {
            byte[] pixels = new byte[3 * Side * Side];
            for (int i = 0; i < Side * Side; i++)
            {
                pixels.AsSpan(3 * i, 3).Fill((byte)((rows ? i / Side : i % Side) / 2 % 2 == 0 ? 110 : 170));
            }

            return pixels;
        }
    }

    [Fact]
    public void Where_another_photo_steps_in_it_takes_the_light_of_the_first()
    {
        // The first photo's side is hidden, and the second one has a shadow just there.
        byte[] first = [.. Enumerable.Repeat<byte>(160, 3 * Side * Side)], shadow = [.. first], bare = [.. Enumerable.Repeat<byte>(255, Side * Side)], half = [.. bare];
        for (int i = 0; i < Side * Side; i++)
        {
            // Lines: of two photos of the same size the one with clear edges counts.
            first.AsSpan(3 * i, 3).Fill((byte)(i / Side % 16 == 3 ? 60 : 160));
            shadow.AsSpan(3 * i, 3).Fill((byte)Math.Clamp(160 - (8 * ((i % Side) - (Side * 54 / 100))), 80, 160));
            if (i % Side > Side * 60 / 100)
            {
                bare[i] = 0;
            }

            // The second one shows less, so that the first has the say.
            half[i] = (byte)(i % Side < Side / 2 ? 0 : 255);
        }

        float[] planes = new float[FaceTexture.Planes * Side * Side];
        FaceTexture.From([new(Facing, first, Side, Side, bare), new(Facing, shadow, Side, Side, half)], Side).Draw(Facing, new(Side), planes);
        Assert.Equal(160 / 255f, planes[(Side / 2 * Side) + (Side * 68 / 100)], 0.06f);
    }

    [Fact]
    public void The_nose_is_where_the_person_has_it_and_lids_and_lips_are_where_the_target_has_them()
    {
        const int Wider = 4;
        int[] nose = [168, 6, 197, 195, 5, 4, 1, 19, 94, 2, 98, 97, 326, 327, 294, 278, 344, 440, 275, 45, 220, 115, 48, 64];
        Vector3[] points = [.. Facing.Points];
        foreach (int point in nose)
        {
            points[point].Y += Wider;
        }

        FaceMesh person = new(points, 1);
        byte[] photo = [.. Enumerable.Repeat<byte>(90, 3 * Side * Side)];
        Mark(person.At(MeshTopology.NoseTip));
        Mark(person.At(MeshTopology.ImageLeftMouthCorner));
        float[] planes = new float[FaceTexture.Planes * Side * Side];
        FaceTexture.From([new(person, photo, Side, Side)], 2 * Side).Draw(Facing, new(Side), planes);

        Assert.True(At(Facing.At(MeshTopology.NoseTip) + new Vector2(0, Wider)) > 0.7f, "the nose is not where the person has it");
        Assert.True(At(Facing.At(MeshTopology.NoseTip)) < 0.5f, "the nose is where the target has it");
        Assert.True(At(Facing.At(MeshTopology.ImageLeftMouthCorner)) > 0.7f, "the lips have moved with the nose");

        void Mark(Vector2 place)
        {
            for (int y = -1; y <= 1; y++)
            {
                for (int x = -1; x <= 1; x++)
                {
                    photo.AsSpan(3 * (((int)place.X + x) + (((int)place.Y + y) * Side)), 3).Fill(255);
                }
            }
        }

        float At(Vector2 place) => planes[(int)place.X + ((int)place.Y * Side)];
    }

    [Fact]
    public void A_longer_nose_is_longer_on_the_targets_face_whose_eyes_stay()
    {
        // All below the eyes is longer, as it is in a longer face; fitted whole, most of that would be taken for size.
        float eyes = Facing.At(MeshTopology.ImageLeftEyeOuterCorner).Y;
        FaceMesh longer = new([.. Facing.Points.Select(point => point with { Y = point.Y > eyes ? eyes + ((point.Y - eyes) * 1.3f) : point.Y })], 1);
        Vector3[] byEyes = ShapeFit.ByEyes(ShapeFit.Posed(ShapeFit.ToMean(longer), Facing), Facing), placed = NosePlacement.Moved(byEyes, Facing);
        float wanted = longer.At(MeshTopology.NoseTip).Y - Facing.At(MeshTopology.NoseTip).Y;
        Assert.True(wanted > 3, $"the noses differ by {wanted} px only");
        Assert.InRange(placed[MeshTopology.NoseTip].Y - Facing.At(MeshTopology.NoseTip).Y, 0.75f * wanted, 1.1f * wanted);
        Assert.Equal(eyes, byEyes[MeshTopology.ImageLeftEyeOuterCorner].Y, 0.5f);
        Assert.Equal(Facing.At(MeshTopology.ImageLeftMouthCorner).Y, placed[MeshTopology.ImageLeftMouthCorner].Y, 0.01f);
    }

    [Fact]
    public void Both_brows_are_of_one_expression()
    {
        // The best photo shows one brow less. Of two that show it the one whose brows are raised is the better photo, but its brow beside the best one's would be half a grimace.
        FaceMesh lifted = new([.. Facing.Points.Select((point, i) => MeshTopology.ImageLeftBrow.Contains(i) || MeshTopology.ImageRightBrow.Contains(i) ? point with { Y = point.Y - 5 } : point)], 1);
        TexturePhoto calm = new(Facing, new byte[3 * Side * Side], Side, Side), raised = calm with { Mesh = lifted };
        Vector4[] all = [.. Enumerable.Repeat(Vector4.One, Side * Side)];
        Vector4[] weights = FeatureChoice.Weights([calm, raised, calm], [Dimmed(0.6f), all, all], [1, 0.5f, 0.3f], Side);
        Assert.Equal(1, weights[0].X, 0.01f);
        Assert.True(weights[1].Y < 0.1f * Math.Max(weights[0].Y, weights[2].Y), $"calm {weights[0].Y:0.000} and {weights[2].Y:0.000}, raised {weights[1].Y:0.000}");

        // Where nobody else shows the other brow at all, both are raised.
        weights = FeatureChoice.Weights([calm, raised], [Dimmed(0), all], [1, 0.5f], Side);
        Assert.Equal((1, 1), (weights[1].X, weights[1].Y));
        Assert.True(weights[0].X < 0.1f);

        static Vector4[] Dimmed(float trust) => [.. FeatureMaps.Of(Side).Select(map => Vector4.One with { W = map.Y > 0 ? trust : 1 })];
    }

    [Fact]
    public void Several_photos_are_blended_where_they_agree_and_the_first_is_kept_where_they_do_not()
    {
        // Grain in both, which a blend has less of, and a mark that each has in another place of a cheek.
        var random = new Random(3);
        byte[] first = new byte[3 * Side * Side], second = new byte[first.Length];
        for (int i = 0; i < Side * Side; i++)
        {
            first.AsSpan(3 * i, 3).Fill(Marked(i, 34) ? (byte)40 : (byte)(150 + random.Next(-6, 7)));
            second.AsSpan(3 * i, 3).Fill(Marked(i, 40) ? (byte)40 : (byte)(150 + random.Next(-6, 7)));
        }

        // The second one shows less, so that the first has the say.
        byte[] bare = [.. Enumerable.Range(0, Side * Side).Select(i => (byte)(i / Side < Side * 0.22f ? 0 : 255))];
        float[] planes = new float[FaceTexture.Planes * Side * Side], alone = new float[planes.Length];
        FaceTexture.From([new(Facing, first, Side, Side), new(Facing, second, Side, Side, bare)], Side).Draw(Facing, new(Side), planes);
        FaceTexture.From([new(Facing, first, Side, Side)], Side).Draw(Facing, new(Side), alone);
        Assert.True(255 * planes[Pixel(34)] < 75, $"the first photo's mark is {255 * planes[Pixel(34)]:0}");
        Assert.True(255 * planes[Pixel(40)] > 142, $"the second photo's mark is {255 * planes[Pixel(40)]:0}");
        Assert.True(Grain(planes) < 0.9f * Grain(alone), $"grain {Grain(planes):0.0000}, of one photo {Grain(alone):0.0000}");

        static int Pixel(int x) => (58 * Side) + x;
        static bool Marked(int i, int x) => Math.Abs((i % Side) - x) <= 1 && Math.Abs((i / Side) - 58) <= 2;
        static float Grain(float[] planes) => Enumerable.Range(52, 12).Average(x => Math.Abs((2 * planes[(60 * Side) + x]) - planes[(60 * Side) + x - 1] - planes[(60 * Side) + x + 1]));
    }

    [Fact]
    public void A_dark_band_on_the_forehead_is_hair_and_a_dark_chin_is_a_beard()
    {
        byte[] photo = [.. Enumerable.Repeat<byte>(150, 3 * Side * Side)];
        float brows = Facing.At(9).Y;
        for (int i = 0; i < Side * Side; i++)
        {
            if (i / Side < brows - 7 || i / Side > Facing.At(MeshTopology.Chin).Y - 8)
            {
                photo.AsSpan(3 * i, 3).Fill(40);
            }
        }

        float[] planes = new float[FaceTexture.Planes * Side * Side];
        FaceTexture.From([new(Facing, photo, Side, Side)], 2 * Side).Draw(Facing, new(Side), planes);
        float forehead = planes[Pixel(10, 3)], chin = planes[Pixel(MeshTopology.Chin, -3)], cheek = planes[Pixel(50, 0)];
        Assert.True(forehead > 0.8f * cheek, $"the forehead is {forehead:0.00}, the cheek {cheek:0.00}");
        Assert.True(chin < 0.6f * cheek, $"the chin is {chin:0.00}, the cheek {cheek:0.00}");
        Assert.True(planes[(FaceTexture.TrustPlane * Side * Side) + Pixel(10, 3)] < 0.4f);

        static int Pixel(int point, int down) => (int)Facing.At(point).X + (((int)Facing.At(point).Y + down) * Side);
    }

    [Fact]
    public void Dark_skin_beside_hair_that_hangs_into_the_face_is_its_shadow_and_beside_a_thin_strand_it_is_the_persons()
    {
        // Point 50 is the middle of a cheek.
        Vector2 cheek = Facing.At(50);
        float alone = Cheek(covered: _ => false), besideStrand = Cheek(x => x is > -5 and < -2), besideHair = Cheek(x => x < -2);
        Assert.InRange(alone, 60, 110);
        Assert.InRange(besideStrand, 110, 135); // what is seen fades toward its edge
        Assert.InRange(besideHair, 145, 155);

        float Cheek(Func<float, bool> covered)
        {
            byte[] photo = [.. Enumerable.Repeat<byte>(150, 3 * Side * Side)], bare = [.. Enumerable.Repeat<byte>(255, Side * Side)];
            for (int i = 0; i < Side * Side; i++)
            {
                Vector2 from = new Vector2(i % Side, i / Side) - cheek;
                if (from.X is > -3 and < 3 && Math.Abs(from.Y) < 6)
                {
                    photo.AsSpan(3 * i, 3).Fill(90);
                }

                if (covered(from.X) && Math.Abs(from.Y) < 12)
                {
                    (bare[i], photo[3 * i], photo[(3 * i) + 1], photo[(3 * i) + 2]) = (0, 20, 20, 20);
                }
            }

            float[] planes = new float[FaceTexture.Planes * Side * Side];
            FaceTexture.From([new(Facing, photo, Side, Side, bare)], Side).Draw(Facing, new(Side), planes);
            return 255 * planes[(int)(cheek.X + 1) + ((int)cheek.Y * Side)];
        }
    }

    [Fact]
    public void What_a_lens_mirrors_beside_an_eye_is_left_out_where_two_other_photos_do_not_show_it()
    {
        // Point 243 lies at the inner corner of an eye, point 50 on the cheek: bright there is the skin's own.
        byte[] plain = Lined(), mirroring = [.. plain];
        Mark(Facing.At(243));
        Mark(Facing.At(50));
        TexturePhoto lens = new(Facing, mirroring, Side, Side), other = new(Facing, plain, Side, Side);

        // The others show less, so that the first has the say.
        byte[] bare = [.. Enumerable.Range(0, Side * Side).Select(i => (byte)(i / Side < Side * 0.22f ? 0 : 255))];
        float[] alone = new float[FaceTexture.Planes * Side * Side], together = new float[alone.Length];
        FaceTexture.From([lens], Side).Draw(Facing, new(Side), alone);
        FaceTexture.From([lens, other with { Bare = bare }, other with { Bare = bare }], Side).Draw(Facing, new(Side), together);
        Assert.InRange(At(alone, 243), 165, 255);
        Assert.InRange(At(together, 243), 110, 140);
        Assert.InRange(At(together, 50), 150, 255);

        float At(float[] planes, int point) => 255 * planes[(int)Facing.At(point).X + ((int)Facing.At(point).Y * Side)];

        void Mark(Vector2 place)
        {
            for (int y = -3; y <= 3; y++)
            {
                for (int x = -3; x <= 3; x++)
                {
                    mirroring.AsSpan(3 * ((int)place.X + x + (((int)place.Y + y) * Side)), 3).Fill(200);
                }
            }
        }
    }

    [Fact]
    public void Eyes_are_in_the_open_unless_something_runs_across_below_them()
    {
        Vector2 outer = Facing.At(MeshTopology.ImageLeftEyeOuterCorner), inner = Facing.At(MeshTopology.ImageLeftEyeInnerCorner);
        float width = Vector2.Distance(outer, inner), below = ((outer.Y + inner.Y) / 2) + (0.9f * width);
        Assert.True(new TexturePhoto(Facing, new byte[3 * Side * Side], Side, Side).ShowsEyesInTheOpen());
        Assert.True(Photo((_, _) => false).ShowsEyesInTheOpen());
        Assert.False(Photo((_, y) => y == (int)below).ShowsEyesInTheOpen(), "the rim of spectacles");
        Assert.False(Photo((x, _) => x > Side / 2).ShowsEyesInTheOpen(), "hair over half of the face");
        Assert.True(Photo((x, y) => y == (int)below && Math.Abs(x - ((outer.X + inner.X) / 2)) < 1).ShowsEyesInTheOpen(), "a spot");
        Assert.True(Photo((_, y) => y < outer.Y - width).ShowsEyesInTheOpen(), "a fringe");
        Assert.True(Photo((_, y) => y > Facing.At(2).Y).ShowsEyesInTheOpen(), "a hand before the mouth");

        TexturePhoto Photo(Func<int, int, bool> covered) =>
            new(Facing, new byte[3 * Side * Side], Side, Side, Enumerable.Range(0, Side * Side).Select(i => (byte)(covered(i % Side, i / Side) ? 0 : 255)).ToArray());
    }

    [Fact]
    public void Brows_that_are_half_trusted_keep_their_edges()
    {
        // Half bare all over, as skin beside hair is; lines across the brow.
        byte[] photo = new byte[3 * Side * Side], bare = [.. Enumerable.Repeat<byte>(128, Side * Side)];
        for (int i = 0; i < Side * Side; i++)
        {
            photo.AsSpan(3 * i, 3).Fill((byte)(i / Side / 2 % 2 == 0 ? 100 : 180));
        }

        float[] planes = new float[FaceTexture.Planes * Side * Side];
        FaceTexture.From([new(Facing, photo, Side, Side, bare)], 2 * Side).Draw(Facing, new(Side), planes);
        Vector2 brow = Facing.At(MeshTopology.ImageLeftBrow[2]), cheek = Facing.At(50);
        Assert.InRange(planes[(FaceTexture.TrustPlane * Side * Side) + ((int)brow.Y * Side) + (int)brow.X], 0.3f, 0.6f);
        Assert.True(Contrast(brow) > 60, $"of 80 codes {Contrast(brow):0} are left of the brow");
        Assert.True(Contrast(cheek) < 60, $"of 80 codes {Contrast(cheek):0} are left of the cheek, which is filled in");

        float Contrast(Vector2 place)
        {
            float[] line = [.. Enumerable.Range((int)place.Y - 3, 7).Select(y => 255 * planes[(y * Side) + (int)place.X])];
            return line.Max() - line.Min();
        }
    }

    [Fact]
    public void A_longer_face_is_to_be_longer()
    {
        FaceMesh longer = new([.. Facing.Points.Select(point => point with { Y = point.Y > Side / 2f ? (Side / 2f) + ((point.Y - (Side / 2f)) * 1.2f) : point.Y })], 1);
        float[] planes = new float[FaceTexture.Planes * Side * Side];
        FaceTexture.From([new(longer, Gradient(), Side, Side)], Side).Draw(Facing, new(Side), planes);
        Vector2 chin = Facing.At(MeshTopology.Chin);
        int pixel = ((int)(chin.Y - 2) * Side) + (int)chin.X;
        float down = planes[(5 * Side * Side) + pixel] * Side * FaceTexture.ShapeUnit;
        Assert.InRange(down, 2, 10);
    }

    /// <summary>The mean face in the middle of the picture, turned about the vertical axis.</summary>
    private static FaceMesh MeanFace(float turn)
    {
        Quaternion rotation = Quaternion.CreateFromAxisAngle(Vector3.UnitY, turn);
        Vector3[] points = [.. FaceLayout.Mean.Select(point => Vector3.Transform(point, rotation)), .. new Vector3[FaceMesh.PointCount - FaceLayout.PointCount]];
        return new FaceMesh(points, 1).Transformed(new(Side * 0.27, 0, Side / 2.0, Side / 2.0));
    }

    /// <summary>Skin with lines as of brows and lips: photos of nothing have no say.</summary>
    private static byte[] Lined() => [.. Enumerable.Range(0, 3 * Side * Side).Select(i => (byte)(i / 3 / Side is 34 or 35 or 66 or 74 ? 60 : 120))];

    private static byte[] Gradient()
    {
        byte[] pixels = new byte[3 * Side * Side];
        for (int i = 0; i < Side * Side; i++)
        {
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = ((byte)(40 + (2 * (i % Side))), (byte)(40 + (2 * (i / Side))), 128);
        }

        return pixels;
    }

    private static byte[] Mirrored(byte[] pixels)
    {
        byte[] mirrored = new byte[pixels.Length];
        for (int i = 0; i < Side * Side; i++)
        {
            pixels.AsSpan(3 * i, 3).CopyTo(mirrored.AsSpan(3 * ((i / Side * Side) + Side - 1 - (i % Side))));
        }

        return mirrored;
    }
}
