using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Training.Data.Landmarks;

/// <summary>
/// The public MediaPipe mesh network as a teacher: 478 points of a picture whose face is roughly known. Its answers are kept in a file, so that a picture is
/// asked about once.
/// </summary>
internal sealed class MeshTeacher : IDisposable
{
    private const int Side = 256;
    private const int Numbers = (FaceMesh.PointCount * 3) + 1;

    private readonly OnnxSession session;
    private readonly OnnxBinding binding;
    private readonly Dictionary<string, float[]> known = [];
    private readonly FileStream cache;
    private readonly float[] planes = new float[3 * Side * Side];
    private readonly float[] answer = new float[FaceMesh.PointCount * 3];
    private readonly float[] logit = new float[1];

    /// <param name="model">The network's ONNX file.</param>
    /// <param name="cachePath">Where answers are kept; made where it is missing.</param>
    /// <exception cref="UserFacingException">The network is missing or another one.</exception>
    public MeshTeacher(string model, string cachePath)
    {
        session = OnnxSession.Load(model);
        session.Expect(
            "a MediaPipe face mesh network with irises, which teaches the mesh",
            [new("input_12", TensorKind.Float16, 1, 3, Side, Side)],
            [new("Identity", TensorKind.Float16, 1, 1, 1, FaceMesh.PointCount * 3), new("Identity_1", TensorKind.Float16, 1, 1, 1, 1)]);
        binding = session.Bind();
        cache = new FileStream(cachePath, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        Recall();
    }

    /// <summary>The mesh of the face near <paramref name="place"/>, asked for twice: the first answer places the crop of the second.</summary>
    /// <param name="key">Names the picture in the cache.</param>
    /// <param name="picture">BGR.</param>
    /// <param name="place">Picture pixels to a crop of 256.</param>
    public FaceMesh Ask(string key, Mat picture, SimilarityTransform place)
    {
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (!known.TryGetValue(hash, out float[]? numbers))
        {
            FaceMesh mesh = Once(picture, MeshCrop.Around(Once(picture, place), Side));
            numbers = [.. mesh.Points.SelectMany(point => new[] { point.X, point.Y, point.Z }), mesh.Score];
            known[hash] = numbers;
            cache.Write(Encoding.ASCII.GetBytes(hash));
            cache.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }

        return FaceMesh.FromCoordinates(numbers, 1, numbers[^1]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cache.Dispose();
        binding.Dispose();
        session.Dispose();
    }

    private FaceMesh Once(Mat picture, SimilarityTransform toCrop)
    {
        using (Mat crop = CropWarp.Warp(picture, toCrop, Side))
        using (Mat rgb = new())
        {
            Cv2.CvtColor(crop, rgb, ColorConversionCodes.BGR2RGB);
            Pixels.ToPlanes(rgb, planes);
        }

        binding.Input("input_12").Write(planes);
        binding.Run();
        binding.Output("Identity").Read(answer);
        binding.Output("Identity_1").Read(logit);
        return FaceMesh.FromCoordinates(answer, 1, 1 / (1 + MathF.Exp(-logit[0]))).Transformed(toCrop.Inverse());
    }

    private void Recall()
    {
        byte[] hash = new byte[64];
        byte[] numbers = new byte[Numbers * sizeof(float)];
        long whole = 0;
        while (cache.ReadAtLeast(hash, hash.Length, throwOnEndOfStream: false) == hash.Length
            && cache.ReadAtLeast(numbers, numbers.Length, throwOnEndOfStream: false) == numbers.Length)
        {
            known[Encoding.ASCII.GetString(hash)] = MemoryMarshal.Cast<byte, float>(numbers).ToArray();
            whole = cache.Position;
        }

        // An interrupted run may have left half an answer.
        cache.SetLength(whole);
        cache.Position = whole;
    }
}
