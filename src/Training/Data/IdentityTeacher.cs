using System.Numerics.Tensors;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Faces.Failures;
using VideoGaze.Training.Networks;
using VideoGaze.Training.OnnxExport;

namespace VideoGaze.Training.Data;

/// <summary>The public identity network (MobileFaceNet's contract) that real likeness is learned from. Not thread-safe.</summary>
internal sealed class IdentityTeacher : IDisposable
{
    private readonly FloatNetwork network;
    private readonly string path;

    /// <param name="path">The ONNX file.</param>
    /// <param name="maps">Names of tensors inside the network, (1, C, S, S), which are to be seen too.</param>
    /// <exception cref="UserFacingException">The file is missing or unsound, or has no such tensors.</exception>
    public IdentityTeacher(string path, IReadOnlyList<string>? maps = null)
    {
        this.path = path;
        FileName = Path.GetFileName(path);
        network = maps is { Count: > 0 } ? OpenWith(path, maps) : FloatNetwork.Open(path);
        Maps = [.. (maps ?? []).Select(name => new TaughtMap(name, network.OutputShapes.First(output => output.Key == name).Value))];
    }

    /// <summary>File name, for the metadata.</summary>
    public string FileName { get; }

    /// <summary>The tensors that are seen beside the vector.</summary>
    public IReadOnlyList<TaughtMap> Maps { get; }

    /// <summary>What the network says of a view: its unit vector, and its maps behind one another in <paramref name="maps"/> at <paramref name="row"/>.</summary>
    public float[] Of(Mat view, IReadOnlyList<float[]> maps, int row)
    {
        float[] vector = Of(view);
        for (int i = 0; i < Maps.Count; i++)
        {
            network.Output(Maps[i].Name).CopyTo(maps[i].AsSpan(row * Maps[i].Numbers));
        }

        return vector;
    }

    /// <summary>Unit vectors of crops as they are, without jitter or damage.</summary>
    public float[][] Of(IReadOnlyList<IdentityFace> faces) => [.. faces.Select(face =>
    {
        using Mat view = IdentityFaces.View(face.Crop, SimilarityTransform.Identity);
        return Of(view);
    })];

    /// <summary>The unit vector of one aligned 112 x 112 crop.</summary>
    public float[] Of(Mat view)
    {
        IdentityFaces.ToPlanes(view, network.Input("input"));
        network.Run();
        float[] embedding = network.Output("output").ToArray();
        TensorPrimitives.Divide(embedding, TensorPrimitives.Norm<float>(embedding), embedding);
        return embedding.Length == IdentityNetwork.Features ? embedding : throw new InvalidOperationException($"{path} gives {embedding.Length} numbers, not {IdentityNetwork.Features}.");
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    /// <summary>Opens a copy that also puts out tensors from its inside: where a message of protocol buffers holds a field twice, the two are merged, so what is appended to the file adds outputs to its graph.</summary>
    private static FloatNetwork OpenWith(string path, IReadOnlyList<string> maps)
    {
        // ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto.name = 1; the runtime works out the types.
        var graph = new ProtoMessage();
        foreach (string name in maps)
        {
            graph.Message(12, new ProtoMessage().Text(1, name));
        }

        string copy = Path.Combine(Path.GetTempPath(), $"videogaze-teacher-{Guid.NewGuid():N}.onnx");
        try
        {
            // Missing files are to be told of under their own name.
            FloatNetwork.Open(path).Dispose();
            File.WriteAllBytes(copy, [.. File.ReadAllBytes(path), .. new ProtoMessage().Message(7, graph).ToArray()]);
            return FloatNetwork.Open(copy);
        }
        catch (UserFacingException failure) when (failure.Message.Contains(copy, StringComparison.Ordinal))
        {
            throw new UserFacingException(FailureKind.ModelInvalid, $"{path} has no tensors of 32-bit floats called {string.Join(", ", maps)}; name other ones.", failure);
        }
        finally
        {
            File.Delete(copy);
        }
    }
}

/// <summary>A tensor inside the teacher.</summary>
/// <param name="Name">In its file.</param>
/// <param name="Shape">(1, C, S, S).</param>
internal sealed record TaughtMap(string Name, int[] Shape)
{
    /// <summary>Channels.</summary>
    public int Channels => Shape[1];

    /// <summary>Side in places.</summary>
    public int Side => Shape[2];

    /// <summary>Numbers a picture.</summary>
    public int Numbers => Channels * Side * Side;
}
