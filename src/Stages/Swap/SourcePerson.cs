using System.Numerics;
using System.Numerics.Tensors;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Identity;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Swap;

/// <summary>The person who is put in, in the form a public generator asks for.</summary>
/// <param name="Values">What its input <c>source</c> gets.</param>
/// <param name="Models">The networks that made it.</param>
internal sealed record SourcePerson(float[] Values, IReadOnlyList<ModelRecord> Models)
{
    /// <summary>How the photos have to be cut out for a contract.</summary>
    public static CropShape ShapeFor(SwapperContract contract) => new(contract.SourceTemplate, contract.SourceSize);

    /// <summary>Makes it from photos.</summary>
    /// <param name="contract">What is asked for.</param>
    /// <param name="generator">The generator's file, which may hold a matrix of its own.</param>
    /// <param name="photos">Cut out to <see cref="ShapeFor"/>.</param>
    /// <param name="store">Finds embedder and converter.</param>
    /// <exception cref="UserFacingException">A network is missing or another one.</exception>
    public static SourcePerson From(SwapperContract contract, string generator, IdentityPhotos photos, ModelStore store)
    {
        if (contract.Source == SourceForm.Picture)
        {
            return new(Picture(contract, photos), []);
        }

        using SourceEmbedder embedder = SourceEmbedder.Open(store.Resolve(ModelRole.SourceEmbedder));
        List<ModelRecord> models = [embedder.Model];
        float[] embedding = photos.MeanEmbedding(embedder.Embed);
        if (contract.Converter is { } file)
        {
            using FloatNetwork converter = OpenConverter(file, store);
            models.Add(ModelRecord.Of("embedding converter", converter));
            embedding = Converted(embedding, converter);
        }

        return new(
            contract.Source switch
            {
                SourceForm.ProjectedEmbedding => Projected(embedding, generator),
                SourceForm.UnitEmbedding => Scaled(embedding, 1 / TensorPrimitives.Norm<float>(embedding)),
                _ => embedding,
            },
            models);
    }

    /// <summary>The picture of the photo that looks most nearly into the camera: pictures of a face cannot be averaged.</summary>
    private static float[] Picture(SwapperContract contract, IdentityPhotos photos)
    {
        float[] planes = GC.AllocateArray<float>(3 * contract.SourceSize * contract.SourceSize, pinned: true);
        using OpenCvSharp.Mat picture = PlaneView.Of(photos.MostFrontal.Crops[0]);
        Planes.Write(picture, planes, Vector3.Zero, Vector3.One);
        return planes;
    }

    private static FloatNetwork OpenConverter(string file, ModelStore store)
    {
        FoundModel found = store.FindFile(file) ?? throw new UserFacingException(
            FailureKind.ModelInvalid,
            store.Catalog.Public.FirstOrDefault(model => model.File == file) is { } known
                ? $"The generator needs {file}, which was not found: fetch it with 'videogaze models pull {known.Name}'."
                : $"The generator needs {file}, which was not found: put it into a folder and name that with --models DIR.");
        FloatNetwork converter = FloatNetwork.Open(found.Path);
        if (converter.InputShapes.Count == 1 && converter.InputShapes.Values.Single() is [1, SourceEmbedder.Length] && converter.OutputShapes is [{ Value: [1, SourceEmbedder.Length] }])
        {
            return converter;
        }

        converter.Dispose();
        throw new UserFacingException(FailureKind.ModelInvalid, $"The model file '{found.Path}' carries no embedding of 512 numbers to another: replace it by {file}.");
    }

    private static float[] Converted(float[] embedding, FloatNetwork converter)
    {
        embedding.CopyTo(converter.Input(converter.InputShapes.Keys.Single()));
        converter.Run();
        return converter.Output(converter.OutputShapes[0].Key).ToArray();
    }

    /// <summary>A row times the generator's own matrix, over the row's length.</summary>
    private static float[] Projected(float[] embedding, string generator)
    {
        const int Length = SourceEmbedder.Length;
        float[] matrix = OnnxInitializers.LastMatrix(generator, Length, Length) ?? throw new UserFacingException(
            FailureKind.ModelInvalid,
            $"The generator '{generator}' cannot be used: it holds no matrix of {Length} x {Length}, which inswapper needs for the person put in; give a complete copy.");
        float[] projected = new float[Length];
        for (int row = 0; row < Length; row++)
        {
            TensorPrimitives.MultiplyAdd(matrix.AsSpan(row * Length, Length), embedding[row], projected, projected);
        }

        return Scaled(projected, 1 / TensorPrimitives.Norm<float>(embedding));
    }

    private static float[] Scaled(float[] values, float factor)
    {
        float[] scaled = new float[values.Length];
        TensorPrimitives.Multiply(values, factor, scaled);
        return scaled;
    }
}
