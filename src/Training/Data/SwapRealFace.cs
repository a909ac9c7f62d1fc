using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>A frame of a real person, to be reconstructed from other frames of the same person.</summary>
/// <param name="Face">Picture and masks.</param>
/// <param name="Mesh">In the picture's pixels, with depth.</param>
internal sealed record SwapRealFace(TrainingFace Face, FaceMesh Mesh)
{
    /// <summary>Loads a face set of one person. The set's own meshes have no depth, so they are measured again.</summary>
    /// <param name="folder">What <c>extract</c> wrote.</param>
    /// <param name="side">Side in pixels to keep pictures at.</param>
    /// <param name="reader">Measures the meshes.</param>
    /// <exception cref="Faces.Failures.UserFacingException">Missing, empty, of another template, or with a picture that cannot be read.</exception>
    public static List<SwapRealFace> Load(string folder, int side, IMeshReader reader)
    {
        List<SwapRealFace> faces = [];
        foreach (var (face, sample) in FaceSet.Load(folder, side).Zip(FaceSet.Samples(folder)))
        {
            Vector2[] known = [.. MeshTopology.Ibug68.Select(index => new Vector2(sample.Landmarks[index][0], sample.Landmarks[index][1]) * ((float)side / sample.Size))];
            FaceMesh mesh = reader.Read(face.Picture, known);
            if (mesh.Score > 0.5f)
            {
                faces.Add(new(face, mesh));
            }
        }

        return faces;
    }
}
