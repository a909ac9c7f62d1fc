using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
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
    public void The_preferred_file_wins_over_the_preferred_folder()
    {
        first.Write("second.onnx", []);
        string best = second.Write("best.onnx", []);
        Assert.Equal(best, new ModelStore(first.Path, second.Path).Resolve(Role));
    }

    [Fact]
    public void The_option_comes_before_the_environment_and_both_before_what_ships()
    {
        Directory.CreateDirectory(Path.Combine(second.Path, "models"));
        ModelStore store = ModelStore.Open(first.Path, second.Path, second.Path);
        Assert.Equal([first.Path, second.Path, Path.Combine(second.Path, "models")], store.Folders);
        Assert.Empty(ModelStore.Open(null, string.Empty, first.Path).Folders);
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
        Assert.Contains("--models", Assert.Throws<UserFacingException>(() => ModelStore.Open(gone, second.Path, first.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("VIDEOGAZE_MODELS", Assert.Throws<UserFacingException>(() => ModelStore.Open(null, gone, first.Path)).Message, StringComparison.Ordinal);
    }
}
