using System.Numerics.Tensors;
using VideoGaze.Faces.Failures;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages.Score;

/// <summary>One identity from several photos.</summary>
internal static class IdentityPhotos
{
    /// <summary>The mean embedding of all photos that show a face, unit length, and how many did.</summary>
    /// <param name="path">A folder of photos, or one photo.</param>
    /// <param name="reader">Finds the faces.</param>
    /// <param name="embedder">Embeds them.</param>
    /// <exception cref="UserFacingException">There is no such folder, or no photo in it shows a face.</exception>
    public static (float[] Embedding, int Photos) Embed(string path, FacePhotoReader reader, FaceEmbedder embedder)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"The photos '{path}' do not exist: name a folder of photos of the person put in.");
        }

        string[] files = File.Exists(path) ? [path] : [.. Directory.GetFiles(path).Where(FacePhotoReader.IsPhoto).Order(StringComparer.Ordinal)];
        float[]? sum = null;
        int count = 0;
        foreach (string file in files)
        {
            using FacePhoto? photo = reader.TryRead(file);
            if (photo is null)
            {
                continue;
            }

            float[] one = embedder.Embed(PictureView.Of(photo.Picture), photo.Face.Points);
            sum ??= new float[one.Length];
            TensorPrimitives.Add(sum, one, sum);
            count++;
        }

        if (sum is null)
        {
            throw new UserFacingException(FailureKind.IdentityUnusable, $"No photo in '{path}' shows a face: name a folder of photos of the person put in.");
        }

        TensorPrimitives.Divide(sum, TensorPrimitives.Norm<float>(sum), sum);
        return (sum, count);
    }
}
