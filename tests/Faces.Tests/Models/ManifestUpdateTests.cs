using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Models.Catalog;
using VideoGaze.TestSupport;

namespace VideoGaze.Faces.Tests.Models;

public sealed class ManifestUpdateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_s_own_words_fill_its_entry_and_what_is_left_are_figures()
    {
        byte[] bytes = Network()
            .Metadata("videogaze.contract", new ModelContract("swap", "ffhq_512", 128, "A one-shot generator.").ToJson())
            .Metadata("videogaze.training-data", "20,000 rendered faces")
            .Metadata("command", "videogaze train-swap ...")
            .Metadata("videogaze.seed", "7")
            .Metadata("time", "3 h")
            .Metadata("realClipsUnseen", "d9.mp4, d10.mp4")
            .Metadata("held-out median", "2.1 degrees")
            .ToBytes();
        folder.Write("swap.onnx", bytes);

        ShippedModel entry = Assert.Single(ManifestUpdate.Of(folder.Path).Models);
        Assert.Equal(("swap", "generator", "swap.onnx", bytes.Length), (entry.Name, entry.Role, entry.File, (int)entry.Bytes));
        Assert.Equal("swap: ffhq_512 crops of 128 px. A one-shot generator", entry.Contract);
        Assert.Equal(("20,000 rendered faces", "videogaze train-swap ...", 7L, "3 h"), (entry.TrainingData, entry.Command, entry.Seed, entry.Time));
        Assert.Equal(["d9.mp4", "d10.mp4"], entry.RealClipsUnseen);
        Assert.Equal([new("heldout median", "2.1 degrees")], entry.Quality);
    }

    [Fact]
    public void Words_that_only_the_manifest_has_are_kept_and_figures_of_other_weights_are_not()
    {
        folder.Write("detector.onnx", Network().ToBytes());
        ModelManifest manifest = ManifestUpdate.Of(folder.Path);
        ShippedModel described = manifest.Models[0] with
        {
            KnownLimits = "Faces below 20 px.",
            Quality = new Dictionary<string, string> { ["recall"] = "0.97" },
            Groups = [new("spectacles", new Dictionary<string, string> { ["recall"] = "0.95" })],
        };
        File.WriteAllText(folder[ModelManifest.FileName], (manifest with { Models = [described] }).ToJson());
        Assert.Equal(File.ReadAllText(folder[ModelManifest.FileName]), ManifestUpdate.Of(folder.Path).ToJson());

        folder.Write("detector.onnx", Network().Metadata("recall", "0.98").ToBytes());
        ShippedModel renewed = Assert.Single(ManifestUpdate.Of(folder.Path).Models);
        Assert.Equal("Faces below 20 px.", renewed.KnownLimits);
        Assert.Equal("0.98", Assert.Single(renewed.Quality).Value);
        Assert.Empty(renewed.Groups);

        File.Delete(folder["detector.onnx"]);
        Assert.Empty(ManifestUpdate.Of(folder.Path).Models);
    }

    [Fact]
    public void A_file_that_nothing_says_the_use_of_is_refused()
    {
        folder.Write("mystery.onnx", Network().ToBytes());
        Assert.Contains("mystery.onnx", Assert.Throws<UserFacingException>(() => ManifestUpdate.Of(folder.Path)).Message, StringComparison.Ordinal);
        folder.Write("mystery.onnx", Network().Metadata("role", "detector").ToBytes());
        Assert.Equal("detector", Assert.Single(ManifestUpdate.Of(folder.Path).Models).Role);
    }

    private static TinyOnnx Network() => new TinyOnnx().Input("x", 1).Output("y", 1).Node("Relu", ["x"], ["y"]);
}
