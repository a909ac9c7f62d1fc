using System.Text.Json;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Models.Catalog;
using VideoGaze.TestSupport;

namespace VideoGaze.Faces.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly ModelRole Role = new("test network", "best.onnx", "second.onnx");
    private readonly TemporaryFolder first = new();
    private readonly TemporaryFolder second = new();

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Whoever_names_a_folder_gets_its_model_even_where_a_later_folder_has_a_better_one()
    {
        string own = first.Write("second.onnx", []);
        second.Write("best.onnx", []);
        Assert.Equal(own, new ModelStore(first.Path, second.Path).Resolve(Role));
        string best = first.Write("best.onnx", []);
        Assert.Equal(best, new ModelStore(first.Path, second.Path).Resolve(Role));
    }

    [Fact]
    public void The_option_comes_before_the_environment_then_what_ships_then_what_was_pulled()
    {
        string shipped = Directory.CreateDirectory(Path.Combine(second.Path, "models")).FullName;
        ModelStore store = ModelStore.Open(first.Path, second.Path, second.Path, first.Path);
        Assert.Equal(
            [new(first.Path, ModelOrigin.Option), new(second.Path, ModelOrigin.Variable), new(shipped, ModelOrigin.Shipped), new ModelFolder(first.Path, ModelOrigin.Pulled)],
            store.Folders);
        Assert.Empty(ModelStore.Open(null, string.Empty, first.Path, Path.Combine(first.Path, "never pulled")).Folders);
    }

    [Fact]
    public void Ours_stays_the_default_when_a_public_model_was_pulled()
    {
        string shipped = Directory.CreateDirectory(Path.Combine(second.Path, "models")).FullName;
        File.WriteAllBytes(Path.Combine(shipped, "best.onnx"), []);
        first.Write("second.onnx", []);
        FoundModel found = ModelStore.Open(null, null, second.Path, first.Path).Find(Role)!;
        Assert.Equal(new(Path.Combine(shipped, "best.onnx"), ModelOrigin.Shipped), found);
        Assert.Equal("shipped", found.Source);
    }

    [Fact]
    public void A_choice_is_a_file_or_a_file_name_or_a_name_of_the_lists()
    {
        Catalogue(second);
        string ours = first.Write("other.onnx", []);
        string pulled = first.Write("a-file.onnx", []);

        Assert.Equal(new(ours, ModelOrigin.File), Asked(ours));
        Assert.Equal(new(ours, ModelOrigin.Pulled), Asked("other.onnx"));
        Assert.Equal(new(ours, ModelOrigin.Pulled), Asked("other"));
        Assert.Equal(new(pulled, ModelOrigin.Pulled), Asked("public-detector"));

        FoundModel? Asked(string choice) => ModelStore.Open(null, null, second.Path, first.Path, new(Detector: choice)).Find(ModelRole.FaceDetector);
    }

    [Fact]
    public void A_choice_that_is_not_there_says_how_to_get_it()
    {
        Catalogue(second);
        Refused("public-detector", FailureKind.ModelInvalid, "videogaze models pull public-detector");
        Refused("nobody", FailureKind.ModelInvalid, "--detector", "public-detector");
        Refused("public-generator", FailureKind.Usage, "is no face detector", "generator");

        void Refused(string choice, FailureKind kind, params string[] parts)
        {
            ModelStore store = ModelStore.Open(null, null, second.Path, first.Path, new(Detector: choice));
            UserFacingException failure = Assert.Throws<UserFacingException>(() => store.TryResolve(ModelRole.FaceDetector));
            Assert.Equal(kind, failure.Kind);
            Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_damaged_list_is_named_when_it_is_needed_and_not_before()
    {
        string shipped = Directory.CreateDirectory(Path.Combine(second.Path, "models")).FullName;
        File.WriteAllText(Path.Combine(shipped, "public.json"), "{ half a");
        string best = Path.Combine(shipped, "best.onnx");
        File.WriteAllBytes(best, []);
        ModelStore store = ModelStore.Open(null, null, second.Path, null);
        Assert.Equal(best, store.Resolve(Role));
        Assert.Contains("public.json", Assert.Throws<UserFacingException>(() => store.Catalog).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_model_that_can_be_pulled_says_so()
    {
        Catalogue(second);
        UserFacingException failure = Assert.Throws<UserFacingException>(() => ModelStore.Open(null, null, second.Path, null).Resolve(ModelRole.FaceDetector));
        Assert.Contains("videogaze models pull public-detector", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_model_names_the_role_the_files_and_the_remedy()
    {
        UserFacingException failure = Assert.Throws<UserFacingException>(() => new ModelStore(first.Path).Resolve(Role));
        Assert.Equal(FailureKind.ModelInvalid, failure.Kind);
        foreach (string part in new[] { "test network", "best.onnx or second.onnx", first.Path, "--models", "VIDEOGAZE_MODELS" })
        {
            Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_named_folder_that_does_not_exist_is_an_error_not_a_fallback()
    {
        string gone = Path.Combine(first.Path, "gone");
        Assert.Contains("--models", Assert.Throws<UserFacingException>(() => ModelStore.Open(gone, second.Path, first.Path, null)).Message, StringComparison.Ordinal);
        Assert.Contains("VIDEOGAZE_MODELS", Assert.Throws<UserFacingException>(() => ModelStore.Open(null, gone, first.Path, null)).Message, StringComparison.Ordinal);
    }

    /// <summary>A program's folder with a list of two public models.</summary>
    private static void Catalogue(TemporaryFolder program)
    {
        PublicModel[] models = [Public("public-detector", "detector", "a-file.onnx"), Public("public-generator", "generator", "g.onnx")];
        string folder = Directory.CreateDirectory(program["models"]).FullName;
        File.WriteAllText(Path.Combine(folder, PublicModelList.FileName), JsonSerializer.Serialize(new("videogaze.public-models", 1, models), CatalogJson.Readable.PublicModelList));

        static PublicModel Public(string name, string role, string file) => new(name, role, file, "a contract", new("https://example.org/" + file), new string('0', 64), 1, "MIT", "Free.");
    }
}
