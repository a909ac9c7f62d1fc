using System.Numerics;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Swap;

/// <summary>Makes another person's face from an aligned crop. Thread-safe.</summary>
public interface IFaceSwapper : IDisposable
{
    /// <summary>How its crops are aligned.</summary>
    AlignmentTemplate Template { get; }

    /// <summary>Side in pixels of the crop it takes.</summary>
    int CropSize { get; }

    /// <summary>Side in pixels of the face and mask it gives; the crop's or larger.</summary>
    int FaceSize { get; }

    /// <summary>The network's file and hash, for reports.</summary>
    ModelRecord Model { get; }

    /// <summary>What it runs on: <c>cpu</c> or <c>cuda</c>.</summary>
    string Provider { get; }

    /// <summary>
    /// Whether the eyes of its faces are meant to be the target's own. Then the blend lays the target's pixels there (<see cref="Blend.EyeSource.Auto"/>): a generator's copy of them has been through two warps,
    /// a change of light and the matching of colours.
    /// </summary>
    bool KeepsEyes { get; }

    /// <summary>
    /// The irises of the person put in, shares of the white of the eye (blue, green, red in [0, 1]; <see cref="IrisReading.Share"/>), for the target's own eyes where they are kept. Null where they are not known.
    /// </summary>
    Vector3? Irises { get; }

    /// <summary>Whether <see cref="Meet"/> makes a difference.</summary>
    bool MeetsTarget => false;

    /// <summary>Shows the person to be replaced, before the first face of a video is made. Not while faces are made.</summary>
    /// <param name="target">Meshes of that person in some frames of the video, in any pose and scale; none where nobody was found, or where several people are replaced.</param>
    void Meet(IReadOnlyList<FaceMesh> target)
    {
    }

    /// <summary>Makes the face.</summary>
    /// <param name="crop"><see cref="PixelFormat.Bgr24"/>, <see cref="CropSize"/> square; only read.</param>
    /// <param name="mesh">The face's landmarks in crop pixels; generators that need no landmarks ignore them.</param>
    /// <param name="face">Filled: <see cref="PixelFormat.Bgr24"/>, <see cref="FaceSize"/> square.</param>
    /// <param name="mask">Filled: <see cref="PixelFormat.Gray8"/>, <see cref="FaceSize"/> square, 255 where the new face is to be used.</param>
    void Swap(PixelBuffer crop, FaceMesh mesh, PixelBuffer face, PixelBuffer mask);
}
