using System.Text.Json;
using VideoGaze.Cli.Help;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Models.Catalog;
using VideoGaze.Stages;
using VideoGaze.Stages.Swap;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

/// <summary>The folder <c>models</c> as it ships: the manifest may not drift from the files, nor the files from what the program can use.</summary>
public sealed class ShippedModelsTests
{
    // What a clone may weigh: a limit of the project, not of the program.
    private const long MostBytes = 60_000_000;

    private static readonly string Folder = Path.Combine(SharedAssets.RepositoryRoot, ModelPlaces.FolderName);

    public static TheoryData<string> Files => [.. ModelManifest.Read(Folder).Models.Select(model => model.File)];

    [Fact]
    public void The_manifest_is_what_the_files_ask_for()
    {
        string path = Path.Combine(Folder, ModelManifest.FileName);
        Assert.True(ManifestUpdate.Of(Folder).ToJson() == File.ReadAllText(path), $"{path} is not up to date: run './videogaze models manifest --write' and say in it what the files do not");
    }

    [Fact]
    public void The_page_about_models_shows_what_the_lists_say()
    {
        string path = Path.Combine(SharedAssets.RepositoryRoot, "docs", "models.md");
        string page = File.ReadAllText(path), renewed = ModelsPage.Renew(page, ModelCatalog.Read(Folder));
        Assert.True(page == renewed, $"{path} is not up to date: run './videogaze models manifest --write'");
        Assert.All(ModelCatalog.Read(Folder).All, model => Assert.Contains(model.Name, page, StringComparison.Ordinal));
        Assert.All(SwapperContracts.All, contract => Assert.Contains($"`{contract.Id}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void All_weights_together_stay_small() => Assert.InRange(ModelManifest.Read(Folder).Models.Sum(model => model.Bytes), 1, MostBytes);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_model_opens_as_what_it_is_said_to_be_and_says_how_it_was_made(string file)
    {
        ShippedModel model = ModelManifest.Read(Folder).Models.Single(entry => entry.File == file);
        ModelRole? role = ModelRole.Find(model.Role);
        Assert.NotNull(role);
        ModelFit.Check(role, Path.Combine(Folder, file));
        Assert.All([model.Contract, model.Licence, model.TrainingData, model.Command, model.Time, model.KnownLimits], Assert.NotEmpty);
        Assert.NotNull(model.Seed);
        Assert.NotEmpty(model.Quality);
    }

    [Fact]
    public void Every_public_model_has_a_pinned_hash_a_safe_address_a_known_role_and_plain_terms()
    {
        IReadOnlyList<PublicModel> models = PublicModelList.Read(Folder).Models;
        Assert.NotEmpty(models);
        Assert.All(models, model =>
        {
            Assert.Matches("^[0-9a-f]{64}$", model.Sha256);
            Assert.Equal("https", model.Url.Scheme);
            Assert.NotNull(ModelRole.Find(model.Role));
            Assert.True(model.Bytes > 0);
            Assert.Matches(@"^[A-Z].+\.$", model.Terms);
            Assert.Equal(model.Name, Path.GetFileNameWithoutExtension(model.File));
            Assert.All(model.Needs ?? [], needed => Assert.Contains(models, other => other.Name == needed));
        });
        Assert.Equal(models.Count, models.Select(model => model.Name).Concat(ModelManifest.Read(Folder).Models.Select(model => model.Name)).Distinct().Count() - ModelManifest.Read(Folder).Models.Count);
    }

    // Files that were used while this program was made: their hashes are known first hand.
    [Fact]
    public void Pinned_hashes_are_those_of_the_files_at_hand()
    {
        IEnumerable<(PublicModel Model, string Path)> there = PublicModelList.Read(Folder).Models
            .Select(model => (model, Path.Combine(SharedAssets.Require("models"), model.File)))
            .Where(pair => File.Exists(pair.Item2));
        Assert.NotEmpty(there);
        Assert.All(there, pair => Assert.Equal((pair.Model.Sha256, pair.Model.Bytes), (ManifestUpdate.HashOf(pair.Path), new FileInfo(pair.Path).Length)));
    }

    [Fact]
    public void The_lists_are_valid_for_programs_in_other_languages()
    {
        foreach (string name in (string[])[ModelManifest.FileName, PublicModelList.FileName])
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name)));
            Assert.Equal(1, document.RootElement.GetProperty("version").GetInt32());
        }
    }
}
