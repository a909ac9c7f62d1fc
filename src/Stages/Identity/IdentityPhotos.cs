using System.Numerics.Tensors;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;

namespace VideoGaze.Stages.Identity;

/// <summary>The photos of one person: the largest face of each, cut out; photos that are of no use, or worse than the others, are left out and named. Owns the crops.</summary>
internal sealed class IdentityPhotos : IDisposable
{
    // Faces of one person are rarely below 0.3 in cosine for the identity networks in use, those of two people rarely above 0.2. A photo that is as unlike
    // the mean of all others as that shows somebody else, or nothing that helps.
    private const float LeastLikeness = 0.2f;

    private readonly List<IdentityFace> faces;
    private readonly List<RejectedPhoto> rejected;

    /// <summary>Faces that are cut out already; they belong to the result.</summary>
    internal IdentityPhotos(List<IdentityFace> faces, List<RejectedPhoto> rejected)
    {
        this.faces = faces;
        this.rejected = rejected;
    }

    /// <summary>The faces in use; at least one.</summary>
    public IReadOnlyList<IdentityFace> Faces => faces;

    /// <summary>The photos left out, and why.</summary>
    public IReadOnlyList<RejectedPhoto> Rejected => rejected;

    /// <summary>The face that looks most nearly into the camera: the one to take where a single picture is wanted.</summary>
    public IdentityFace MostFrontal => faces.MinBy(face => Math.Abs(face.Head.YawDegrees) + Math.Abs(face.Head.PitchDegrees))!;

    /// <summary>Reads photos.</summary>
    /// <param name="path">A folder of photos, or one photo.</param>
    /// <param name="reader">Finds and measures the faces.</param>
    /// <param name="pool">Lends the crops.</param>
    /// <param name="shapes">How each face is cut out.</param>
    /// <exception cref="UserFacingException">There is no such folder, or no photo in it shows a face.</exception>
    public static IdentityPhotos Read(string path, FacePhotoReader reader, PixelPool pool, params IReadOnlyList<CropShape> shapes)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"The photos '{path}' do not exist: name a folder of photos of the person put in, or one photo.");
        }

        string[] files = File.Exists(path) ? [path] : [.. Directory.GetFiles(path).Where(FacePhotoReader.IsPhoto).Order(StringComparer.Ordinal)];
        IdentityPhotos photos = new([], []);
        try
        {
            foreach (string file in files)
            {
                photos.Add(file, reader, pool, shapes);
            }

            photos.LeaveOutFaulty();
            return photos.faces.Count > 0
                ? photos
                : throw new UserFacingException(FailureKind.IdentityUnusable, $"No photo in '{path}' shows a face: name a folder of photos of the person put in, or one photo.");
        }
        catch
        {
            photos.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Embeds every face and gives the mean of the embeddings. Where there are three or more, those unlike the mean of all others are left out, worst first; of two that are unlike
    /// each other nobody can say which is wrong.
    /// </summary>
    /// <param name="embed">From a crop of the first shape to an embedding of any length.</param>
    public float[] MeanEmbedding(Func<PixelBuffer, float[]> embed)
    {
        List<float[]> embeddings = [.. faces.Select(face => embed(face.Crops[0]))];
        while (embeddings.Count > 2)
        {
            float[] likeness = [.. embeddings.Select(one => LikenessToOthers(one, embeddings))];
            int worst = TensorPrimitives.IndexOfMin<float>(likeness);
            if (likeness[worst] >= LeastLikeness)
            {
                break;
            }

            rejected.Add(new(faces[worst].File, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"its face is unlike those of the other photos (likeness {likeness[worst]:0.00})")));
            faces[worst].Dispose();
            faces.RemoveAt(worst);
            embeddings.RemoveAt(worst);
        }

        return Mean(embeddings);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        faces.ForEach(face => face.Dispose());
        faces.Clear();
    }

    /// <summary>Leaves out blurred photos and those with another fault, unless that would leave none.</summary>
    internal void LeaveOutFaulty()
    {
        double[] sharpness = [.. faces.Select(face => PhotoFaults.Sharpness(face.Crops[0]))];
        List<(IdentityFace Face, string? Fault)> judged =
            [.. faces.Select((face, i) => (face, face.Fault ?? (PhotoFaults.IsBlurred(sharpness[i], sharpness) ? "it is blurred" : null)))];
        if (judged.TrueForAll(one => one.Fault is not null))
        {
            return;
        }

        foreach (var (face, fault) in judged.Where(one => one.Fault is not null))
        {
            rejected.Add(new(face.File, fault!));
            faces.Remove(face);
            face.Dispose();
        }
    }

    private static float LikenessToOthers(float[] one, List<float[]> all) =>
        TensorPrimitives.CosineSimilarity<float>(one, Mean([.. all.Where(other => other != one).Select(Unit)]));

    private static float[] Unit(float[] vector)
    {
        float[] unit = new float[vector.Length];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), unit);
        return unit;
    }

    private static float[] Mean(List<float[]> vectors)
    {
        float[] mean = new float[vectors[0].Length];
        vectors.ForEach(vector => TensorPrimitives.Add(mean, vector, mean));
        TensorPrimitives.Divide(mean, vectors.Count, mean);
        return mean;
    }

    private void Add(string file, FacePhotoReader reader, PixelPool pool, IReadOnlyList<CropShape> shapes)
    {
        FacePhoto? photo;
        try
        {
            photo = reader.TryRead(file);
        }
        catch (UserFacingException failure) when (failure.Kind == FailureKind.InputUnreadable)
        {
            rejected.Add(new(file, "it cannot be read"));
            return;
        }

        if (photo is null)
        {
            rejected.Add(new(file, "it shows no face"));
            return;
        }

        using (photo)
        {
            List<PixelBuffer> crops = [];
            foreach (CropShape shape in shapes)
            {
                PixelBuffer crop = pool.Rent(new PixelSpec(shape.Side, shape.Side, PixelFormat.Bgr24));
                crops.Add(crop);
                PictureView.Of(photo.Picture).WarpTo(shape.Template.TransformFrom(photo.Face.Points, shape.Side), crop);
            }

            HeadPose head = HeadPose.FromMesh(photo.Mesh);
            SimilarityTransform toFirst = shapes[0].Template.TransformFrom(photo.Face.Points, shapes[0].Side);
            faces.Add(new(file, head, photo.Mesh.Transformed(toFirst), crops) { Fault = PhotoFaults.Of(photo, head), Irises = IrisesOf(photo) });
        }
    }

    private static IrisReading? IrisesOf(FacePhoto photo)
    {
        int width = photo.Picture.Width, height = photo.Picture.Height;
        ReadOnlySpan<byte> pixels = photo.Picture.AsSpan<byte>();
        return IrisReading.Of(pixels, width, height, photo.Mesh, IrisPlace.Find(pixels, width, height, photo.Mesh), IrisReading.PhotoRadius);
    }
}
