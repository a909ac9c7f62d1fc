using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Detect;

/// <summary>A photo and the largest face on it. Owns the picture.</summary>
/// <param name="Path">Where it came from.</param>
/// <param name="Picture">8-bit BGR, upright as its EXIF orientation says.</param>
/// <param name="Face">Box and five points, the points taken from the mesh.</param>
/// <param name="Mesh">Picture pixels.</param>
public sealed record FacePhoto(string Path, Mat Picture, DetectedFace Face, FaceMesh Mesh) : IDisposable
{
    /// <summary>Area of the second largest face over that of this one; 0 where there is no other.</summary>
    public float SecondFace { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}

/// <summary>Reads photos of identities and reference people: detector and mesh, as for a frame of video. Not thread-safe.</summary>
public sealed class FacePhotoReader : IDisposable
{
    // Endings of files that are taken for photos.
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"];

    /// <summary>Whether a file's name says that it is a photo.</summary>
    public static bool IsPhoto(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    // Photos are few and may show a small face, so they are looked at larger than frames.
    private const int DetectorSize = 640;

    private readonly FaceFinder finder;
    private readonly FaceMeshEstimator estimator;

    /// <summary>Prepares both networks; the sessions stay the caller's.</summary>
    /// <exception cref="UserFacingException">A network is not what it should be.</exception>
    public FacePhotoReader(OnnxSession detector, OnnxSession mesh, PixelPool pool)
    {
        finder = FaceFinder.Over(detector, new DetectOptions(DetectorSize));
        estimator = new FaceMeshEstimator(mesh, pool);
    }

    /// <summary>Reads a photo that must show a face.</summary>
    /// <exception cref="UserFacingException">Missing, unreadable, or without a face.</exception>
    public FacePhoto Read(string path) =>
        TryRead(path) ?? throw new UserFacingException(FailureKind.NoFace, $"No face was found on the photo '{path}': use one that shows the face clearly and not too small.");

    /// <summary>Reads a photo; null where it shows no face.</summary>
    /// <exception cref="UserFacingException">Missing or unreadable.</exception>
    public FacePhoto? TryRead(string path)
    {
        Mat picture = Load(path);
        FacePhoto? photo = null;
        try
        {
            return photo = Examine(path, picture);
        }
        finally
        {
            if (photo is null)
            {
                picture.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        finder.Dispose();
        estimator.Dispose();
    }

    private static Mat Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"The photo '{path}' does not exist: check the path.");
        }

        // IMREAD_COLOR turns the picture as its EXIF orientation says.
        Mat picture = Cv2.ImRead(path, ImreadModes.Color);
        if (picture.Empty())
        {
            picture.Dispose();
            throw new UserFacingException(FailureKind.InputUnreadable, $"The photo '{path}' cannot be read: use a sound JPEG, PNG or WebP file.");
        }

        return picture;
    }

    private FacePhoto? Examine(string path, Mat picture)
    {
        PictureView view = PictureView.Of(picture);
        DetectedFace[] found = [.. finder.Find(view).OrderByDescending(face => face.Box.Area)];
        if (found.Length == 0)
        {
            return null;
        }

        DetectedFace face = found[0];

        FaceMesh mesh = estimator.EstimateTwice(view, face);
        return mesh.Score < FaceMeshEstimator.MinimumScore
            ? null
            : new FacePhoto(path, picture, face with { Points = MeshTopology.FivePoints(mesh) }, mesh) { SecondFace = found.Length > 1 ? found[1].Box.Area / face.Box.Area : 0 };
    }
}
