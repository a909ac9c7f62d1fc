using System.Globalization;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Directing;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Rendering;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Textures;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Datasets;

/// <summary>One entry of a data set, ready to be written.</summary>
/// <param name="Index">Its number.</param>
/// <param name="IsHeldOut">Whether it belongs to the held-out split.</param>
/// <param name="Files">Names below the data set's folder, and contents.</param>
/// <param name="Line">Its labels, one line of JSON.</param>
public sealed record DatasetEntry(int Index, bool IsHeldOut, IReadOnlyList<(string Name, byte[] Content)> Files, string Line);

/// <summary>Entries that share their people.</summary>
/// <param name="Entries">In order.</param>
/// <param name="People">Who is in them, one line of JSON each.</param>
public sealed record DatasetGroup(IReadOnlyList<DatasetEntry> Entries, IReadOnlyList<string> People);

/// <summary>Makes the entries of a data set. The same plan and number give the same bytes. Safe for several threads, of which each call uses one.</summary>
public sealed class DatasetMaker
{
    // JPEG for single pictures, whose camera's own compression is drawn anyway; PNG for triplets, which are compared pixel by pixel.
    private const int JpegQuality = 95;
    private const float BystanderShare = 0.1f;

    private readonly PerformerAssets assets;
    private readonly ShotRenderer renderer;

    /// <summary>Prepares.</summary>
    /// <param name="assets">The opened pack.</param>
    /// <param name="plan">What to make.</param>
    public DatasetMaker(PerformerAssets assets, DatasetPlan plan)
    {
        ArgumentNullException.ThrowIfNull(assets);
        ArgumentNullException.ThrowIfNull(plan);
        this.assets = assets;
        Plan = plan;
        RenderQuality quality = plan.Size <= 300 ? RenderQuality.Draft : new RenderQuality();
        renderer = new(new PerformerRenderer(quality with { MaxThreads = 1 }));
    }

    /// <summary>What is made.</summary>
    public DatasetPlan Plan { get; }

    /// <summary>Makes the entries of a group whose numbers lie in a range.</summary>
    /// <param name="group">Its number.</param>
    /// <param name="first">First entry wanted.</param>
    /// <param name="end">First entry not wanted any more.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    public DatasetGroup Make(int group, int first, int end, CancellationToken cancellationToken)
    {
        int start = group * Plan.EntriesPerGroup;
        int[] entries = [.. Enumerable.Range(start, Plan.EntriesPerGroup).Where(index => index >= first && index < end)];
        Performer main = PersonOf(group, 0, string.Empty);
        Performer? source = Plan.Kind == DatasetKind.Triplets ? PersonOf(group, 1, "s") : null;
        Performer? swapped = source is null ? null : new(assets, source.Identity.InPlaceOf(main.Identity));
        List<string> people = [.. new[] { main, source }.OfType<Performer>().Select(performer => IdentityJson.Write(performer.Identity))];
        List<DatasetEntry> made = [];
        foreach (int index in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            made.Add(source is null ? Face(index, main, people) : Triplet(index, main, source, swapped!));
        }

        return new(made, people);
    }

    // Most swaps are asked for within a sex: two of five pairs are women, two of five men, the rest as it comes.
    private IdentityTraits TraitsOf(int group)
    {
        if (Plan.Kind == DatasetKind.Faces)
        {
            return new();
        }

        float kind = new Random(Seeds.Mix(Plan.Seed, DatasetPlan.PairPart, group)).NextSingle();
        return new() { Sex = kind < 0.4f ? Sex.Female : kind < 0.8f ? Sex.Male : null };
    }

    private Performer PersonOf(int group, int which, string suffix)
    {
        PerformerIdentity identity = PerformerIdentity.Random(Seeds.Mix(Plan.Seed, DatasetPlan.PeoplePart, (2 * group) + which), TraitsOf(group));
        identity = HeadwearSampler.Dress(identity, new Random(Seeds.Mix(Plan.Seed, DatasetPlan.HeadwearPart, (2 * group) + which)));
        return new(assets, identity with { Name = string.Create(CultureInfo.InvariantCulture, $"p{group:00000}{suffix}") });
    }

    private DatasetEntry Face(int index, Performer person, List<string> people)
    {
        Random random = new(Seeds.Mix(Plan.Seed, DatasetPlan.ShotPart, index));
        Shot shot = ShotSampler.Draw(random, Seeds.Mix(Plan.Seed, DatasetPlan.ScenePart, index), person, Plan.Size);
        Bystander? bystander = random.NextSingle() < BystanderShare ? BystanderOf(index, shot, people) : null;
        TakenShot taken = renderer.Take(shot, person, renderer.ExposureOf(shot, person), bystander);
        string name = Name(index);
        (string, byte[]) picture = ($"images/{name}.jpg", Encode(taken.Picture, ".jpg")), mask = ($"masks/{name}.png", taken.Mask);
        bool isHeldOut = Plan.IsHeldOut(Plan.GroupOf(index));
        return new(index, isHeldOut, [picture, mask], TruthJson.Write(json =>
        {
            json.WriteNumber("index", index);
            json.WriteString("split", Split(isHeldOut));
            WriteShot(json, shot, taken, picture.Item1, mask.Item1);
        }));
    }

    // Looks from behind the main person's shoulder, somebody who is in no other picture.
    private Bystander BystanderOf(int index, Shot shot, List<string> people)
    {
        Random random = new(Seeds.Mix(Plan.Seed, DatasetPlan.BystanderPart, index));
        PerformerIdentity identity = PerformerIdentity.Random(random.Next()) with { Name = string.Create(CultureInfo.InvariantCulture, $"b{index:000000}") };
        people.Add(IdentityJson.Write(identity));
        Performer performer = new(assets, identity);
        float distance = shot.Pose.Position.Z * random.NextSingle(1.3f, 2.2f);
        float side = shot.Camera.CentreX > shot.Camera.Width / 2f ? -1 : 1;
        PerformerPose pose = ShotSampler.Draw(random, 0, performer, Plan.Size).Pose;
        return new(performer, pose with { Position = new(side * random.NextSingle(16, 26) * distance / shot.Pose.Position.Z, random.NextSingle(-4, 6), distance) });
    }

    private DatasetEntry Triplet(int index, Performer target, Performer source, Performer swapped)
    {
        string name = Name(index);
        List<(string Name, byte[] Content)> files = [];
        Random random = new(Seeds.Mix(Plan.Seed, DatasetPlan.ShotPart, index));
        Shot shot = ShotSampler.Draw(random, Seeds.Mix(Plan.Seed, DatasetPlan.ScenePart, index), target, Plan.Size);

        // A JPEG's blocks and a stream's scaling are kept: they are part of the target's picture, and the same in the swap.
        float exposure = renderer.ExposureOf(shot, target);
        List<(Shot Shot, TakenShot Taken, string Picture, string Mask, string Member)> taken =
        [
            Add(shot, target, exposure, "target", "target"),
            Add(shot, swapped, exposure, "swap", "swap"),
        ];
        for (int i = 0; i < DatasetPlan.SourcesPerTriplet; i++)
        {
            Random chance = new(Seeds.Mix(Plan.Seed, DatasetPlan.SourcePart, (index * DatasetPlan.SourcesPerTriplet) + i));
            Shot photo = ShotSampler.Draw(chance, chance.Next(), source, Plan.Size) with { Occluders = [] };
            taken.Add(Add(photo, source, renderer.ExposureOf(photo, source), string.Create(CultureInfo.InvariantCulture, $"source{i}"), "sources"));
        }

        bool isHeldOut = Plan.IsHeldOut(Plan.GroupOf(index));
        return new(index, isHeldOut, files, TruthJson.Write(json =>
        {
            json.WriteNumber("index", index);
            json.WriteString("split", Split(isHeldOut));
            foreach (var one in taken.Take(2))
            {
                json.WriteStartObject(one.Member);
                WriteShot(json, one.Shot, one.Taken, one.Picture, one.Mask);
                json.WriteEndObject();
            }

            json.WriteStartArray("sources");
            foreach (var one in taken.Skip(2))
            {
                json.WriteStartObject();
                WriteShot(json, one.Shot, one.Taken, one.Picture, one.Mask);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));

        (Shot, TakenShot, string, string, string) Add(Shot which, Performer who, float light, string part, string member)
        {
            TakenShot done = renderer.Take(which, who, light, null);
            (string picture, string mask) = ($"images/{name}_{part}.png", $"masks/{name}_{part}.png");
            files.Add((picture, Encode(done.Picture, ".png")));
            files.Add((mask, done.Mask));
            return (which, done, picture, mask, member);
        }
    }

    private static void WriteShot(Utf8JsonWriter json, Shot shot, TakenShot taken, string picture, string mask)
    {
        json.WriteString("file", picture);
        json.WriteString("mask", mask);
        TruthJson.WriteCamera(json, shot.Camera);
        json.WriteBoolean("occluded", shot.Occluders.Count > 0);
        json.WriteStartArray("occluders");
        foreach (Props.Occluder occluder in shot.Occluders)
        {
            json.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(occluder.Kind.ToString()));
        }

        json.WriteEndArray();
        TruthJson.WritePersons(json, taken.Persons);
    }

    private static string Split(bool isHeldOut) => isHeldOut ? "heldout" : "train";

    private static string Name(int index) => index.ToString("000000", CultureInfo.InvariantCulture);

    private static byte[] Encode(PixelImage picture, string extension)
    {
        using Mat pixels = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC3, picture.Bgr);
        ImageEncodingParam[] options = extension == ".jpg" ? [new(ImwriteFlags.JpegQuality, JpegQuality)] : [];
        Cv2.ImEncode(extension, pixels, out byte[] file, options);
        return file;
    }
}
