using OpenCvSharp;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Items;

namespace VideoGaze.Stages.Detect;

/// <summary>A face detection network. Not thread-safe.</summary>
internal interface IFaceDetector : IDisposable
{
    /// <summary>The network's file, for reports.</summary>
    OnnxSession Model { get; }

    /// <summary>The input the network takes for a content of this size: at least as large, or fixed.</summary>
    Size InputSize(Size content);

    /// <summary>Finds faces, strongest first, one box each.</summary>
    /// <param name="input">8-bit BGR of exactly <see cref="InputSize"/>; content top left, the rest black.</param>
    /// <param name="minimumScore">Weaker answers are left out, (0, 1).</param>
    /// <returns>Input pixels.</returns>
    IReadOnlyList<DetectedFace> Detect(Mat input, float minimumScore);
}
