using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages.Score;

/// <summary>One of the videos of a pair while it is scored: what it remembers from frame to frame, and how its pictures are read. In order, one thread.</summary>
/// <param name="video">The video.</param>
/// <param name="gaze">Measures its gaze; of its own, because blinks are judged by what the eyes did before. Owned.</param>
/// <param name="embedder">Judges whom faces are like; null where nobody does. Stays the caller's.</param>
/// <param name="region">Which pixels of a frontal face count.</param>
internal sealed class ScoredVideo(SightedVideo video, GazeComparison gaze, FaceEmbedder? embedder, IReadOnlyList<bool> region) : IDisposable
{
    private readonly ColorSpec color = video.Source.Media.Video.Color;

    /// <summary>The video.</summary>
    public SightedVideo Video => video;

    /// <summary>How much its difference from the true swap flickers.</summary>
    public ResidualFlicker Flicker { get; } = new(region);

    /// <summary>Finds the person in a frame and measures the face.</summary>
    /// <param name="frame">A frame of this video, with its picture.</param>
    /// <param name="truth">What is known of this moment.</param>
    /// <param name="person">Who is looked for.</param>
    /// <param name="place">Where the person is shown in this video, by its own truth.</param>
    /// <param name="scene">Size of the true swap's frame, whose pixels all coordinates become.</param>
    public FaceSight Look(SightedFrame frame, TruthFrame truth, TruthPerson person, FaceBox place, Size scene)
    {
        FaceBox[] boxes = [.. frame.Faces.Select(face => PlacePairing.Normalise(Polygon.Bounds([.. face.Mesh.Points.Select(point => new Vector2(point.X, point.Y))]), frame.Width, frame.Height))];
        int match = PlacePairing.Match([PlacePairing.Normalise(place, truth.Width, truth.Height)], boxes)[0];
        SightedFace? face = match < 0 ? null : frame.Faces[match];
        FaceGazeRecord record = gaze.Compare(truth with { Persons = [person] }, frame with { Faces = face is null ? [] : [face] }).Faces[0];
        if (face is null)
        {
            return new(frame, record, null, null, null);
        }

        EyePair eyes = EyePair.FromMesh(face.Mesh);
        CameraRay ray = CameraRay.Through((eyes.Left.Centre + eyes.Right.Centre) / 2, frame.Width, frame.Height, (float)truth.FocalRatio);
        float[]? embedding = embedder?.Embed(PictureView.Of(frame.Pixels!, color), MeshTopology.FivePoints(face.Mesh));
        return new(frame, record, Scaled(face.Mesh, frame, scene), HeadPose.FromMesh(face.Mesh).ToCamera(ray), embedding);
    }

    /// <summary>A part of a frame as BGR, in the pixels of the true swap's frame. The caller disposes it.</summary>
    /// <param name="frame">A frame of this video, with its picture.</param>
    /// <param name="bounds">Inside the true swap's frame.</param>
    /// <param name="scene">Size of the true swap's frame.</param>
    public Mat Read(SightedFrame frame, Rect bounds, Size scene)
    {
        Mat part = new(bounds.Size, MatType.CV_8UC3);
        if (frame.Width == scene.Width && frame.Height == scene.Height)
        {
            FramePixels.ReadBgr(frame.Pixels!, color, bounds, part);
            return part;
        }

        using Mat whole = new(frame.Height, frame.Width, MatType.CV_8UC3), resized = new();
        FramePixels.ReadBgr(frame.Pixels!, color, new Rect(0, 0, frame.Width, frame.Height), whole);
        Cv2.Resize(whole, resized, scene, 0, 0, frame.Width > scene.Width ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        using Mat region = resized[bounds];
        region.CopyTo(part);
        return part;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gaze.Dispose();
        video.Dispose();
    }

    private static FaceMesh Scaled(FaceMesh mesh, SightedFrame frame, Size scene)
    {
        if (frame.Width == scene.Width && frame.Height == scene.Height)
        {
            return mesh;
        }

        var scale = new Vector3((float)scene.Width / frame.Width, (float)scene.Height / frame.Height, (float)scene.Width / frame.Width);
        return mesh with
        {
            Points = Array.ConvertAll(mesh.Points, point => point * scale),
            Landmarks68 = mesh.Landmarks68 is { } landmarks ? Array.ConvertAll(landmarks, point => point * new Vector2(scale.X, scale.Y)) : null,
        };
    }
}
