using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Identity;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Tests.Identity;

public sealed class PhotoFaultsTests
{
    private const int Side = 128;
    private readonly PixelPool pool = new();

    [Theory]
    [InlineData(0, 200, 0, 0, null)]
    [InlineData(0.2f, 200, 30, -20, null)]
    [InlineData(0.5f, 200, 0, 0, "several faces")]
    [InlineData(0, 40, 0, 0, "40 pixels")]
    [InlineData(0, 200, -55, 0, "55 degrees aside")]
    [InlineData(0, 200, 0, 35, "35 degrees up or down")]
    public void A_fault_is_named(float secondFace, float height, float yaw, float pitch, string? words)
    {
        DetectedFace face = new(new(10, 10, 0.8f * height, height), [Vector2.Zero, Vector2.Zero, Vector2.Zero, Vector2.Zero, Vector2.Zero], 0.9f);
        using FacePhoto photo = new("a.jpg", new Mat(), face, new FaceMesh(new Vector3[FaceMesh.PointCount], 1)) { SecondFace = secondFace };
        string? fault = PhotoFaults.Of(photo, new HeadPose(float.DegreesToRadians(yaw), float.DegreesToRadians(pitch), 0));
        if (words is null)
        {
            Assert.Null(fault);
        }
        else
        {
            Assert.Contains(words, fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Blur_lowers_sharpness_and_contrast_and_light_do_not()
    {
        double sharp = Sharpness(1, 0, 0), dim = Sharpness(0.4, 10, 0), soft = Sharpness(1, 0, 1.5);
        Assert.InRange(dim / sharp, 0.8, 1.2);
        Assert.True(soft < 0.2 * sharp, $"{soft} is not a fifth of {sharp}");
    }

    [Fact]
    public void Blurred_and_faulty_photos_are_left_out_and_named_as_long_as_one_is_good()
    {
        using IdentityPhotos photos = new([Face("good", 0), Face("soft", 2.5), Face("also good", 0), Face("crowd", 0) with { Fault = "it shows several faces" }], []);
        photos.LeaveOutFaulty();
        Assert.Equal(["good", "also good"], photos.Faces.Select(face => face.File));
        Assert.Equal([("soft", "it is blurred"), ("crowd", "it shows several faces")], photos.Rejected.Select(photo => (photo.File, photo.Reason)));
    }

    [Fact]
    public void Where_all_are_faulty_all_are_kept()
    {
        using IdentityPhotos photos = new([Face("one", 0) with { Fault = "it shows several faces" }, Face("two", 0) with { Fault = "it shows several faces" }], []);
        photos.LeaveOutFaulty();
        Assert.Equal(2, photos.Faces.Count);
        Assert.Empty(photos.Rejected);
    }

    private IdentityFace Face(string file, double blur) => new(file, default, new FaceMesh([], 0), [Crop(1, 0, blur)]);

    private double Sharpness(double contrast, double light, double blur)
    {
        using PixelBuffer crop = Crop(contrast, light, blur);
        return PhotoFaults.Sharpness(crop);
    }

    /// <summary>A drawn face-like picture with fine lines, the same each time.</summary>
    private PixelBuffer Crop(double contrast, double light, double blur)
    {
        PixelBuffer crop = pool.Rent(new PixelSpec(Side, Side, PixelFormat.Bgr24));
        using Mat picture = PlaneView.Of(crop);
        picture.SetTo(Scalar.All(120));
        for (int i = 0; i < 12; i++)
        {
            Cv2.Ellipse(picture, new Point(Side / 2, Side / 2), new Size(6 + (4 * i), 50 - (3 * i)), 15 * i, 0, 360, Scalar.All(60 + (12 * i)), 1);
        }

        picture.ConvertTo(picture, -1, contrast, light);
        if (blur > 0)
        {
            Cv2.GaussianBlur(picture, picture, new Size(0, 0), blur);
        }

        return crop;
    }
}
