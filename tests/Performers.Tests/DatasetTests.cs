using System.Numerics;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Performers.Datasets;
using VideoGaze.Performers.Truth;
using VideoGaze.TestSupport;

namespace VideoGaze.Performers.Tests;

/// <summary>Data sets, small: entries that depend on nothing but their number, folders that can be taken up again, masks that lie where the labels say.</summary>
public sealed class DatasetTests(PackFixture pack) : IClassFixture<PackFixture>
{
    private static readonly DatasetPlan Plan = new(DatasetKind.Faces, 96, 3);

    [Fact]
    public void An_entry_is_the_same_whichever_part_of_the_set_is_made()
    {
        CancellationToken none = TestContext.Current.CancellationToken;
        DatasetEntry whole = new DatasetMaker(pack.Assets, Plan).Make(1, 8, 10, none).Entries[1], alone = new DatasetMaker(pack.Assets, Plan).Make(1, 9, 10, none).Entries.Single();

        Assert.Equal(whole.Line, alone.Line);
        Assert.Equal(whole.Files.Select(file => file.Name), alone.Files.Select(file => file.Name));
        Assert.All(whole.Files.Zip(alone.Files), pair => Assert.Equal(pair.First.Content, pair.Second.Content));
    }

    [Fact]
    public void A_set_is_taken_up_behind_its_last_whole_line()
    {
        using TemporaryFolder folder = new();
        CancellationToken none = TestContext.Current.CancellationToken;
        DatasetMaker maker = new(pack.Assets, Plan);
        using (DatasetFolder begun = Open(folder.Path, Plan))
        {
            begun.Write(maker.Make(0, 0, 2, none));
        }

        // What a killed run leaves.
        string labels = new[] { folder["labels.ndjson"], folder["labels-heldout.ndjson"] }.Single(file => new FileInfo(file).Length > 0);
        File.AppendAllText(labels, "{\"index\":2,\"sp");
        using (DatasetFolder resumed = Open(folder.Path, Plan))
        {
            Assert.Equal(2, resumed.Next);
            resumed.Write(maker.Make(0, resumed.Next, 3, none));
        }

        int[] indices = [.. File.ReadLines(labels).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("index").GetInt32())];
        Assert.Equal([0, 1, 2], indices);
        Assert.Equal(FailureKind.OutputExists, Assert.Throws<UserFacingException>(() => Open(folder.Path, Plan with { Seed = 4 })).Kind);
    }

    [Fact]
    public void Labels_hold_the_dense_mesh_and_it_agrees_with_the_sparse_points()
    {
        DatasetEntry entry = new DatasetMaker(pack.Assets, Plan).Make(0, 0, 1, TestContext.Current.CancellationToken).Entries.Single();
        using JsonDocument labels = JsonDocument.Parse(entry.Line);
        JsonElement person = labels.RootElement.GetProperty("persons")[0];
        Vector2[] sparse = [.. person.GetProperty("landmarks68_px").EnumerateArray().Select(Point)], dense = [.. person.GetProperty("mesh_px").EnumerateArray().Select(Point)];

        Assert.Equal(MeshPlaces.Count, dense.Length);
        float unit = IbugLandmarks.OuterEyeDistance(sparse);

        // Two conventions: both call the same spot of an eye's corner, a nose, a lip by another name, by up to a tenth of the eye distance (MeshTopology.Ibug68).
        for (int i = IbugLandmarks.JawCount; i < IbugLandmarks.Count; i++)
        {
            float distance = Vector2.Distance(sparse[i], dense[MeshTopology.Ibug68[i]]) / unit;
            Assert.True(distance < 0.11f, $"point {i}: {distance}");
        }
    }

    [Fact]
    public void Masks_show_eyes_and_mouth_where_the_labels_have_them()
    {
        DatasetMaker maker = new(pack.Assets, new(DatasetKind.Faces, 256, 1));
        int eyes = 0, mouths = 0;
        foreach (DatasetEntry entry in maker.Make(1, 8, 14, TestContext.Current.CancellationToken).Entries)
        {
            using JsonDocument labels = JsonDocument.Parse(entry.Line);
            JsonElement person = labels.RootElement.GetProperty("persons")[0];
            if (labels.RootElement.GetProperty("occluded").GetBoolean() || Math.Abs(person.GetProperty("head").GetProperty("yaw_deg").GetDouble()) > 35)
            {
                continue;
            }

            using Mat mask = Cv2.ImDecode(entry.Files[1].Content, ImreadModes.Grayscale);
            foreach (string side in (string[])["L", "R"])
            {
                JsonElement eye = person.GetProperty("eyes").GetProperty(side);
                if (eye.GetProperty("openness").GetDouble() > 0.7 && eye.GetProperty("iris_radius_px").GetDouble() > 3)
                {
                    MaskClass seen = At(mask, Point(eye.GetProperty("iris_px")));
                    Assert.True(seen is MaskClass.Eye or MaskClass.Hair or MaskClass.Glasses, $"entry {entry.Index}, {side}: {seen}");
                    eyes += seen == MaskClass.Eye ? 1 : 0;
                }
            }

            Vector2 lips = (Point(person.GetProperty("landmarks68_px")[62]) + Point(person.GetProperty("landmarks68_px")[66])) / 2;
            Assert.Equal(MaskClass.Mouth, At(mask, lips));
            mouths++;
        }

        Assert.True(eyes > 2 && mouths > 1, $"{eyes} eyes, {mouths} mouths");
    }

    [Fact]
    public void A_triplets_swap_has_the_targets_gaze_and_the_sources_face()
    {
        DatasetEntry entry = new DatasetMaker(pack.Assets, new(DatasetKind.Triplets, 96, 1)).Make(0, 0, 1, TestContext.Current.CancellationToken).Entries.Single();
        using JsonDocument labels = JsonDocument.Parse(entry.Line);
        JsonElement target = labels.RootElement.GetProperty("target").GetProperty("persons")[0], swap = labels.RootElement.GetProperty("swap").GetProperty("persons")[0];

        Assert.Equal(3, labels.RootElement.GetProperty("sources").GetArrayLength());
        Assert.Equal(10, entry.Files.Count);
        Assert.Equal(labels.RootElement.GetProperty("sources")[0].GetProperty("persons")[0].GetProperty("id").GetString(), swap.GetProperty("id").GetString());
        Assert.NotEqual(target.GetProperty("id").GetString(), swap.GetProperty("id").GetString());
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(target.GetProperty("gaze").GetProperty("deg")[i].GetDouble(), swap.GetProperty("gaze").GetProperty("deg")[i].GetDouble(), 0.0021);
        }
    }

    private static DatasetFolder Open(string folder, DatasetPlan plan) => DatasetFolder.Open(folder, plan, 0, "test", "none", overwrite: false);

    private static Vector2 Point(JsonElement pair) => new(pair[0].GetSingle(), pair[1].GetSingle());

    private static MaskClass At(Mat mask, Vector2 point) => (MaskClass)mask.At<byte>(Math.Clamp((int)point.Y, 0, mask.Height - 1), Math.Clamp((int)point.X, 0, mask.Width - 1));
}
