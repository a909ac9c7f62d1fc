using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Training.Data;

/// <summary>Measures the mesh of a face.</summary>
internal interface IMeshReader : IDisposable
{
    /// <summary>The mesh of a face that is roughly known, in picture pixels.</summary>
    /// <param name="picture">BGR, 8 bits.</param>
    /// <param name="around">The face's 68 points, roughly.</param>
    FaceMesh Read(Mat picture, IReadOnlyList<Vector2> around);
}

/// <summary>Measures meshes with the landmark network that ships, as <c>process</c> does, so that a network trained on them meets no others later. Not thread-safe.</summary>
internal sealed class MeshReader : IMeshReader
{
    private const int Side = 256;
    private const string Crop = "crop", Mesh = "mesh", Presence = "presence";
    private readonly FloatNetwork _network;

    /// <param name="path">A landmark network of <c>train landmarks</c>.</param>
    /// <exception cref="UserFacingException">It is none.</exception>
    public MeshReader(string path)
    {
        _network = FloatNetwork.Open(path);
        if (!_network.InputShapes.TryGetValue(Crop, out int[]? shape) || shape is not [1, 3, Side, Side] || _network.OutputShapes.All(output => output.Key != Mesh))
        {
            _network.Dispose();
            throw new UserFacingException(FailureKind.ModelInvalid, $"The model file '{path}' is no landmark network of \"videogaze train landmarks\": name that one with --landmarks.");
        }
    }

    /// <inheritdoc/>
    /// <remarks>It looks twice, the second time where the first answer says.</remarks>
    public FaceMesh Read(Mat picture, IReadOnlyList<Vector2> around)
    {
        Vector2 least = around.Aggregate(Vector2.Min), most = around.Aggregate(Vector2.Max);

        // The 68 points end at the brows, the mesh and its crop at the hairline.
        float side = Math.Max(most.X - least.X, (most.Y - least.Y) * 1.2f) * MeshCrop.Margin;
        FaceMesh first = Once(picture, MeshCrop.Upright(((least + most) / 2) - new Vector2(0, (most.Y - least.Y) * 0.1f), side, 0, Side));
        return Once(picture, MeshCrop.Around(first, Side));
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private FaceMesh Once(Mat picture, SimilarityTransform toCrop)
    {
        using (Mat crop = CropWarp.Warp(picture, toCrop, Side))
        using (Mat rgb = new())
        {
            Cv2.CvtColor(crop, rgb, ColorConversionCodes.BGR2RGB);
            Pixels.ToPlanes(rgb, _network.Input(Crop));
        }

        _network.Run();
        return FaceMesh.FromCoordinates(_network.Output(Mesh), Side, _network.Output(Presence)[0]).Transformed(toCrop.Inverse());
    }
}
