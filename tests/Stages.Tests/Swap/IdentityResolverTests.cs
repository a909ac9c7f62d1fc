using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Swap;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap;

public sealed class IdentityResolverTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("generator.onnx", "a.jpg", "clip.mp4")]
    [InlineData("generator.onnx", "other.dfm", "older.onnx")]
    [InlineData("someone.dfm", "a.jpg", "truth.json")]
    [InlineData("SOMEONE.DFM", "b.png", "notes.txt")]
    [InlineData("swap.onnx", "a.jpg", "clip.mp4")]
    public void A_folders_generator_is_found_among_photos_clips_and_other_files(string generator, params string[] others)
    {
        string path = Put(generator);
        Array.ForEach(others, name => Put(name));
        Assert.Equal(path, Resolver(_ => throw new InvalidOperationException("no photo need be looked at")).Resolve(folder.Path));
    }

    [Theory]
    [InlineData("someone.dfm")]
    [InlineData("swap.onnx")]
    public void A_file_that_holds_a_generator_is_taken_as_it_is(string name)
    {
        string path = Put(name);
        Assert.Equal(path, Resolver(_ => false).Resolve(path));
    }

    [Fact]
    public void Photos_alone_need_training_and_the_sentence_says_how()
    {
        Put("a.jpg");
        Put("b.PNG");
        Put("clip.mp4");
        AssertFails(folder.Path, FailureKind.IdentityUnusable, _ => true, "no trained generator", "videogaze extract", "videogaze train", "videogaze export", folder.Path);
        AssertFails(Path.Combine(folder.Path, "a.jpg"), FailureKind.IdentityUnusable, _ => true, "is a photo", "videogaze train");
    }

    [Fact]
    public void One_photo_with_a_face_is_enough_to_call_them_photos_of_a_person()
    {
        Put("a.jpg");
        Put("b.jpg");
        AssertFails(folder.Path, FailureKind.IdentityUnusable, path => path.EndsWith("b.jpg", StringComparison.Ordinal), "no trained generator");
    }

    [Fact]
    public void Photos_without_a_face_are_called_that()
    {
        Put("a.jpg");
        AssertFails(folder.Path, FailureKind.IdentityUnusable, _ => false, "The only photo", "no face");
        Put("b.jpg");
        AssertFails(folder.Path, FailureKind.IdentityUnusable, _ => false, "None of the 2 photos", folder.Path);
    }

    [Fact]
    public void An_empty_folder_is_called_empty() => AssertFails(folder.Path, FailureKind.IdentityUnusable, _ => true, "is empty", folder.Path);

    [Fact]
    public void A_folder_of_other_files_holds_neither()
    {
        Put("clip.mp4");
        AssertFails(folder.Path, FailureKind.IdentityUnusable, _ => true, "neither a generator", "nor photos");
    }

    [Fact]
    public void Two_generators_are_ambiguous_and_named()
    {
        Put("a.dfm");
        Put("b.onnx");
        AssertFails(folder.Path, FailureKind.IdentityUnusable, _ => true, "a.dfm, b.onnx");
    }

    [Fact]
    public void What_does_not_exist_is_missing() =>
        AssertFails(Path.Combine(folder.Path, "nobody"), FailureKind.InputMissing, _ => true, "nobody", "does not exist");

    [Fact]
    public void Another_kind_of_file_is_no_generator() =>
        AssertFails(Put("notes.txt"), FailureKind.IdentityUnusable, _ => true, "notes.txt", "no generator");

    [Fact]
    public void Photos_go_with_a_generator_that_takes_any_where_there_is_one()
    {
        string photo = Put("a.jpg");
        IdentityResolver resolver = new(_ => true, () => "one-shot.onnx");
        Assert.Equal(new("one-shot.onnx", folder.Path), resolver.Find(folder.Path, null));
        Assert.Equal(new("one-shot.onnx", photo), resolver.Find(photo, null));
        string trained = Put("generator.onnx");
        Assert.Equal(new(trained, folder.Path), resolver.Find(folder.Path, null));
    }

    [Fact]
    public void A_generator_that_was_asked_for_goes_before_the_one_beside_the_photos()
    {
        Put("generator.onnx");
        Assert.Equal(new("asked.onnx", folder.Path), Resolver(_ => true).Find(folder.Path, "asked.onnx"));
        Assert.Equal(FailureKind.InputMissing, Assert.Throws<UserFacingException>(() => Resolver(_ => true).Find(Path.Combine(folder.Path, "nobody"), "asked.onnx")).Kind);
    }

    private static IdentityResolver Resolver(Func<string, bool> photoShowsFace) => new(photoShowsFace);

    private static void AssertFails(string identity, FailureKind kind, Func<string, bool> photoShowsFace, params string[] parts)
    {
        UserFacingException failure = Assert.Throws<UserFacingException>(() => Resolver(photoShowsFace).Resolve(identity));
        Assert.Equal(kind, failure.Kind);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    private string Put(string name) => folder.Write(name, [1]);
}
