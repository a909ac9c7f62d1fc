using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.TestSupport;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Tests;

[Collection("torch")]
public sealed class DataTests
{
    private const int Side = 128;

    [Fact]
    public void The_hull_is_filled_inside_the_outline_and_empty_outside()
    {
        using Mat hull = FaceMasks.Hull(SyntheticFaces.Mesh(Side), Side);
        Assert.Equal(255, hull.At<byte>((int)(0.53 * Side), Side / 2));
        Assert.Equal(255, hull.At<byte>((int)(0.53 * Side), (int)(0.22 * Side)));
        Assert.Equal(0, hull.At<byte>((int)(0.53 * Side), (int)(0.15 * Side)));

        // An ellipse's area, less the little that a polygon of 36 corners cuts off.
        double area = Cv2.Sum(hull).Val0 / 255 / (Math.PI * 0.3 * 0.36 * Side * Side);
        Assert.InRange(area, 0.97, 1.03);
    }

    [Fact]
    public void Eyes_and_mouth_are_marked_at_full_weight_and_the_nose_is_not()
    {
        Vector2[] mesh = SyntheticFaces.Mesh(Side);
        using Mat hull = FaceMasks.Hull(mesh, Side);
        using Mat mask = FaceMasks.EyesAndMouth(mesh, hull);
        foreach (var (x, y) in new[] { (0.37, 0.4), (0.62, 0.4), (0.5, 0.68) })
        {
            Assert.InRange(mask.At<byte>((int)(y * Side), (int)(x * Side)), 200, 255);
        }

        Assert.Equal(0, mask.At<byte>((int)(0.54 * Side), Side / 2));
        Cv2.MinMaxLoc(mask, out double _, out double peak);
        Assert.Equal(255, peak);
    }

    [Fact]
    public void A_turned_picture_turns_its_gaze_the_same_way()
    {
        // Looking to the image's right; the picture is turned a quarter clockwise, so it now looks down.
        Vector3 right = GazeAngles.FromDegrees(20, 0).ToDirection();
        GazeAngles turned = GazeAngles.FromDirection(GazeSamples.TurnedInPlane(right, Math.PI / 2));
        Assert.Equal((0, -20), (turned.YawDegrees, turned.PitchDegrees), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-3 && Math.Abs(a.Item2 - b.Item2) < 1e-3);
    }

    [Fact]
    public void A_look_into_the_camera_is_straight_wherever_the_face_is()
    {
        var position = new Vector3(20, -10, 60);
        Vector3 seen = GazeSamples.FromLineOfSight(-Vector3.Normalize(position), position);
        Assert.True(Vector3.Distance(seen, -Vector3.UnitZ) < 1e-5f);
    }

    [Fact]
    public void A_resampling_box_shows_the_same_region_at_any_resolution()
    {
        using var scope = NewDisposeScope();
        var box = new CropBox(0.25f, 0.25f, 0.75f, 0.5f, 8, 16);
        foreach (int side in new[] { 96, 192 })
        {
            // A ramp in x from 0 to 1: the box holds .25 to .75 of it.
            Tensor ramp = (arange(side, dtype: float32) + 0.5) / side;
            Tensor cut = box.Resample(ramp.expand(1, 1, side, side));
            Assert.Equal([1L, 1, 8, 16], cut.shape);
            Assert.Equal(0.25f + (0.5f * 0.5f / 16), cut[0, 0, 3, 0].item<float>(), 4);
            Assert.Equal(0.75f - (0.5f * 0.5f / 16), cut[0, 0, 3, 15].item<float>(), 4);
        }
    }

    [Fact]
    public void Consecutive_steps_draw_unrelated_numbers()
    {
        double[] first = [.. Enumerable.Range(0, 2000).Select(step => StepRandom.Of(1, step, 0).NextDouble())];
        double mean = first.Average();
        double correlation = first.Zip(first.Skip(1), (a, b) => (a - mean) * (b - mean)).Sum() / first.Sum(a => (a - mean) * (a - mean));
        Assert.InRange(mean, 0.45, 0.55);
        Assert.InRange(correlation, -0.08, 0.08);
    }

    [Fact]
    public void Weights_come_back_from_a_file_as_they_went()
    {
        using var scope = NewDisposeScope();
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".safetensors");
        try
        {
            Tensor value = rand(3, 4, 5);
            TensorFile.Save(path, [new("a.b", value)], new Dictionary<string, string> { ["step"] = "7" });
            var (tensors, metadata) = TensorFile.Load(path);
            Assert.Equal("7", metadata["step"]);
            Assert.Equal([3L, 4, 5], tensors["a.b"].shape);
            Assert.Equal(TensorFile.Numbers(value), TensorFile.Numbers(tensors["a.b"]));

            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^8]);
            Assert.Equal(FailureKind.InputDamaged, Assert.Throws<UserFacingException>(() => TensorFile.Load(path)).Kind);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_shipped_gaze_network_sees_a_mirrored_face_look_the_other_way()
    {
        string labels = SharedAssets.Require("performers/train/labels-heldout.ndjson");
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using GazeNetwork network = GazeRecipe.LoadFrozen(Path.Combine(SharedAssets.RepositoryRoot, "models", "gaze-loss.safetensors"));
        List<GazeSample> samples = [.. GazeSamples.Load(labels).Where(sample => sample.Openness > 0.5f && Vector2.Distance(sample.Points[0], sample.Points[1]) > 40).Take(40)];
        float[] planes = new float[3 * Side * Side];
        double asymmetry = 0, turned = 0;
        foreach (GazeSample sample in samples)
        {
            var (crop, _) = GazeSamples.Cut(sample, Side, Faces.Geometry.SimilarityTransform.Identity);
            using (crop)
            {
                Pixels.ToPlanes(crop, planes);
            }

            Tensor picture = tensor(planes, 1, 3, Side, Side);
            Tensor straight = network.forward(picture), mirrored = network.forward(picture.flip(3));
            asymmetry += Math.Abs(straight[0, 0].item<float>() + mirrored[0, 0].item<float>());
            turned += Math.Abs(straight[0, 0].item<float>());
        }

        Assert.True(asymmetry < 0.5 * turned, $"yaw of mirrored faces does not change its sign: asymmetry {asymmetry / samples.Count:0.000}, yaw {turned / samples.Count:0.000} rad");
    }

    [Fact]
    public void The_shipped_gaze_network_has_the_error_that_the_documents_state()
    {
        string labels = SharedAssets.Require("performers/train/labels-heldout.ndjson");
        using var scope = NewDisposeScope();
        using GazeNetwork network = GazeRecipe.LoadFrozen(Path.Combine(SharedAssets.RepositoryRoot, "models", "gaze-loss.safetensors"));
        GazeRecipeResult result = GazeRecipe.Measure(network, GazeSamples.Load(labels));
        Assert.InRange(result.MedianDegrees, 0.5, MedianLimit);
    }

    private const double MedianLimit = 8.5;
}
