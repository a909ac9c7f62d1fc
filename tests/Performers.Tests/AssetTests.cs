using VideoGaze.Faces.Failures;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.TestSupport;

namespace VideoGaze.Performers.Tests;

public sealed class AssetTests
{
    [Fact]
    public void A_folder_without_a_pack_is_told_of_with_where_the_pack_comes_from()
    {
        using var folder = new TemporaryFolder();
        UserFacingException failure = Assert.Throws<UserFacingException>(() => PerformerAssets.Open(folder.Path));

        Assert.Equal(FailureKind.InputMissing, failure.Kind);
        Assert.Contains("docs/performers.md", failure.Message, StringComparison.Ordinal);
        Assert.Contains(PerformerAssets.FolderVariable, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_is_no_json_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("assets.json", "no json"u8.ToArray());
        UserFacingException failure = Assert.Throws<UserFacingException>(() => PerformerAssets.Open(folder.Path));

        Assert.Equal(FailureKind.InputDamaged, failure.Kind);
        Assert.Contains("assets.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_off_array_is_named_with_both_sizes()
    {
        using var folder = new TemporaryFolder();
        string pack = SharedAssets.Require(Path.Combine("performers", "assets"));
        Directory.CreateDirectory(folder["ict"]);
        File.Copy(Path.Combine(pack, "assets.json"), folder["assets.json"]);
        File.WriteAllBytes(folder[Path.Combine("ict", "neutral.f32")], File.ReadAllBytes(Path.Combine(pack, "ict", "neutral.f32"))[..1000]);
        UserFacingException failure = Assert.Throws<UserFacingException>(() => PerformerAssets.Open(folder.Path));

        Assert.Contains("'ict/neutral.f32' has 1000 bytes where 320628 were expected", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shape_has_a_name_in_files_and_is_found_by_it()
    {
        foreach (ExpressionShape shape in Enum.GetValues<ExpressionShape>())
        {
            Assert.True(ExpressionNames.TryParse(ExpressionNames.NameOf(shape), out ExpressionShape found));
            Assert.Equal(shape, found);
        }

        Assert.Equal("mouthSmile_L", ExpressionNames.NameOf(ExpressionShape.MouthSmileLeft));
        Assert.Equal("jawLeft", ExpressionNames.NameOf(ExpressionShape.JawLeft));
    }

    [Fact]
    public void The_cast_has_eighteen_people_with_a_hundred_coefficients_each()
    {
        Assert.Equal(18, Cast.All.Count);
        Assert.All(Cast.All, person => Assert.Equal(100, person.Shape.Count));
        Assert.Equal(18, Cast.All.Select(person => person.Name).Distinct().Count());
    }

    [Fact]
    public void An_identity_written_as_json_reads_back()
    {
        PerformerIdentity person = Cast.Find("B") with { Glasses = new() { Shape = LensShape.Panto } };
        string json = IdentityJson.Write(person);

        Assert.Equal(json, IdentityJson.Write(IdentityJson.Read(json)));
        Assert.Equal(0.25f, IdentityJson.Read(json).RestExpression[ExpressionShape.BrowDownLeft]);
        Assert.Equal(LensShape.Panto, IdentityJson.Read(json).Glasses!.Shape);
    }
}
