using System.Numerics;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Swap;

/// <summary>
/// The identity network that public generators were trained with (arcface_w600k_r50): a face aligned to arcface_112_v2, RGB x / 127.5 - 1, to 512 numbers, not of unit length.
/// Not thread-safe.
/// </summary>
internal sealed class SourceEmbedder : IDisposable
{
    /// <summary>Side of the crop in pixels.</summary>
    public const int Side = 112;

    /// <summary>Numbers of an embedding.</summary>
    public const int Length = 512;

    private readonly FloatNetwork network;
    private readonly float[] planes = GC.AllocateArray<float>(3 * Side * Side, pinned: true);

    private SourceEmbedder(FloatNetwork network) => this.network = network;

    /// <summary>The network's file, for reports.</summary>
    public ModelRecord Model => ModelRecord.Of("source embedder", network);

    /// <summary>Opens the network.</summary>
    /// <exception cref="UserFacingException">Missing or another network.</exception>
    public static SourceEmbedder Open(string path)
    {
        FloatNetwork network = FloatNetwork.Open(path, threads: Math.Max(1, Environment.ProcessorCount / 2));
        if (network.InputShapes.Count == 1
            && network.InputShapes.Values.Single().AsSpan().SequenceEqual([1, 3, Side, Side])
            && network.OutputShapes is [{ Value: [1, Length] }])
        {
            return new(network);
        }

        network.Dispose();
        throw new UserFacingException(FailureKind.ModelInvalid, $"The model file '{path}' is no identity network of 112 px faces and 512 numbers; give arcface_w600k_r50.onnx.");
    }

    /// <summary>The identity of an aligned face.</summary>
    /// <param name="crop"><see cref="PixelFormat.Bgr24"/>, <see cref="Side"/> square, arcface_112_v2.</param>
    public float[] Embed(PixelBuffer crop)
    {
        using (OpenCvSharp.Mat picture = PlaneView.Of(crop))
        {
            Planes.Write(picture, planes, new Vector3(0.5f), new Vector3(0.5f));
        }

        planes.CopyTo(network.Input(network.InputShapes.Keys.Single()));
        network.Run();
        return network.Output(network.OutputShapes[0].Key).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
