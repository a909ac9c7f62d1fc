using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Identity;
using VideoGaze.Stages.Swap;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Swap;

public sealed class SourcePersonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PixelPool pool = new();

    public SourcePersonTests()
    {
        folder.Write("arcface_w600k_r50.onnx", SwapperStandIn.Embedder());
        folder.Write("crossface_simswap.onnx", SwapperStandIn.Converter());
        folder.Write("crossface_ghost.onnx", SwapperStandIn.Converter());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_embeddings_of_all_photos_are_averaged_and_made_unit_length()
    {
        // Red 1, green and blue -1; then all -1: the mean is (0, -1, -1, 0.5), 1.5 long.
        using IdentityPhotos photos = Photos((255, 0, 0), (0, 0, 0));
        SourcePerson person = Make("hyperswap_256", photos);
        AssertNear([0, -2 / 3f, -2 / 3f, 1 / 3f], person.Values[..4]);
        Assert.Equal(512, person.Values.Length);
        Assert.Equal(["arcface_w600k_r50.onnx"], person.Models.Select(model => model.File));
    }

    [Fact]
    public void Inswapper_projects_with_the_matrix_in_its_own_file()
    {
        float[] matrix = new float[512 * 512];
        (matrix[7], matrix[(3 * 512) + 9]) = (2, 4);
        using IdentityPhotos photos = Photos((255, 0, 0));
        SourcePerson person = Make("inswapper_128", photos, matrix);

        // (1, -1, -1, 0.5) is the root of 3.25 long; the first number goes doubled to the eighth, the fourth fourfold to the tenth place.
        float length = MathF.Sqrt(3.25f);
        AssertNear([2 / length, 0, 2 / length], person.Values[7..10]);
        Assert.Contains("512 x 512", Assert.Throws<UserFacingException>(() => Make("inswapper_128", photos)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Converters_get_the_numbers_as_they_are()
    {
        using IdentityPhotos photos = Photos((255, 0, 0));

        // Twice and one of (1, -1, -1, 0.5, 0 ...).
        SourcePerson ghost = Make("ghost_256", photos);
        AssertNear([3, -1, -1, 2, 1], ghost.Values[..5]);
        Assert.Equal(["arcface_w600k_r50.onnx", "crossface_ghost.onnx"], ghost.Models.Select(model => model.File));

        float length = MathF.Sqrt(9 + 1 + 1 + 4 + 508);
        AssertNear([3 / length, -1 / length], Make("simswap_256", photos).Values[..2]);
    }

    [Fact]
    public void A_generator_that_takes_a_picture_gets_the_most_frontal_face_in_red_green_blue()
    {
        using IdentityPhotos photos = Photos(112, (255, 0, 0), (51, 102, 204));
        float[] values = Make("blendswap_256", photos).Values;
        int plane = 112 * 112;

        // The second is turned less.
        AssertNear([0.2f, 0.4f, 0.8f], [values[0], values[plane], values[2 * plane]]);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using IdentityPhotos photos = Photos((255, 0, 0));
        File.Delete(folder["crossface_ghost.onnx"]);
        Assert.Contains("crossface_ghost.onnx", Assert.Throws<UserFacingException>(() => Make("ghost_256", photos)).Message, StringComparison.Ordinal);
        folder.Write("arcface_w600k_r50.onnx", SwapperStandIn.Converter());
        Assert.Contains("no identity network", Assert.Throws<UserFacingException>(() => Make("ghost_256", photos)).Message, StringComparison.Ordinal);
        File.Delete(folder["arcface_w600k_r50.onnx"]);
        Assert.Contains("arcface_w600k_r50.onnx", Assert.Throws<UserFacingException>(() => Make("ghost_256", photos)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_photo_of_somebody_else_is_left_out_and_named()
    {
        using IdentityPhotos photos = Photos((250, 10, 10), (255, 0, 0), (0, 255, 255), (240, 0, 0));
        float[] mean = photos.MeanEmbedding(crop => [(crop.Bytes[2] / 127.5f) - 1, (crop.Bytes[1] / 127.5f) - 1]);
        Assert.Equal(["2.jpg"], photos.Rejected.Select(photo => photo.File));
        Assert.Equal(3, photos.Faces.Count);
        Assert.True(mean[0] > 0.8f && mean[1] < -0.8f);
    }

    [Fact]
    public void Of_two_photos_that_do_not_agree_both_are_kept()
    {
        using IdentityPhotos photos = Photos((255, 0, 0), (0, 255, 255));
        photos.MeanEmbedding(crop => [(crop.Bytes[2] / 127.5f) - 1, (crop.Bytes[1] / 127.5f) - 1]);
        Assert.Empty(photos.Rejected);
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    private SourcePerson Make(string id, IdentityPhotos photos, float[]? matrix = null)
    {
        SwapperContract contract = SwapperContracts.All.Single(candidate => candidate.Id == id);
        string generator = folder.Write(id + ".onnx", new SwapperStandIn(contract) { Matrix = matrix }.ToBytes());
        return SourcePerson.From(contract, generator, photos, new ModelStore(folder.Path));
    }

    private IdentityPhotos Photos(params (byte R, byte G, byte B)[] colours) => Photos(SourceEmbedder.Side, colours);

    /// <summary>Faces of one colour each, turned less and less.</summary>
    private IdentityPhotos Photos(int side, params (byte R, byte G, byte B)[] colours)
    {
        List<IdentityFace> faces = [];
        foreach ((byte r, byte g, byte b) in colours)
        {
            PixelBuffer crop = pool.Rent(new PixelSpec(side, side, PixelFormat.Bgr24));
            for (int i = 0; i < crop.Bytes.Length; i += 3)
            {
                (crop.Bytes[i], crop.Bytes[i + 1], crop.Bytes[i + 2]) = (b, g, r);
            }

            faces.Add(new($"{faces.Count}.jpg", new HeadPose(20 - faces.Count, 0, 0), new FaceMesh([], 0), [crop]));
        }

        return new(faces, []);
    }
}
