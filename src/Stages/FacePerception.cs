using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Align;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Track;

namespace VideoGaze.Stages;

/// <summary>The networks that find and measure faces, loaded once, and the steps that use them: what swapping, extracting and measuring have in common.</summary>
internal sealed class FacePerception : IDisposable
{
    private readonly ModelStore store;
    private readonly PixelPool pool;
    private readonly OnnxSession detector;
    private readonly OnnxSession meshModel;
    private readonly FacePerception? owner;
    private OnnxSession? identityModel;
    private FaceEmbedder? embedder;

    private FacePerception(ModelStore store, PixelPool pool, OnnxSession detector, OnnxSession meshModel, FacePerception? owner = null)
    {
        this.owner = owner;
        this.store = store;
        this.pool = pool;
        this.detector = detector;
        this.meshModel = meshModel;
        Mesh = new FaceMeshEstimator(meshModel, pool);
    }

    /// <summary>The mesh network. Not thread-safe: one run at a time.</summary>
    public FaceMeshEstimator Mesh { get; }

    /// <summary>The networks in use, with hashes.</summary>
    public IReadOnlyList<ModelRecord> Models =>
    [
        new("face detector", detector.FileName, detector.Sha256),
        new("face mesh", meshModel.FileName, meshModel.Sha256),
        .. identityModel is null ? (ModelRecord[])[] : [new("face identity", identityModel.FileName, identityModel.Sha256)],
    ];

    /// <summary>Loads the networks.</summary>
    /// <exception cref="UserFacingException">A model is missing or is another network.</exception>
    public static FacePerception Open(ModelStore store, PixelPool pool)
    {
        OnnxSession detector = store.Load(ModelRole.FaceDetector);
        OnnxSession? mesh = null;
        try
        {
            mesh = store.Load(ModelRole.FaceMesh);
            return new FacePerception(store, pool, detector, mesh);
        }
        catch
        {
            mesh?.Dispose();
            detector.Dispose();
            throw;
        }
    }

    /// <summary>The same networks for another run at the same time, with buffers of its own. The caller disposes it before this.</summary>
    /// <param name="ownPool">Where that run rents its pictures from.</param>
    public FacePerception Beside(PixelPool ownPool) => new(store, ownPool, detector, meshModel, owner: this);

    /// <summary>The step that finds faces. The caller disposes it before this.</summary>
    public DetectStage Detect(ColorSpec color) => new(detector, color);

    /// <summary>The step that names faces and chooses among them. Used up before this is disposed.</summary>
    /// <exception cref="UserFacingException">A reference photo is needed and missing, or shows no face; or the identity network is missing.</exception>
    public TrackStage Track(FaceChoice choice, string? referencePhoto, ColorSpec color) => new(new FaceTracker(), choice switch
    {
        FaceChoice.All => new EveryFace(),
        FaceChoice.Largest => new LargestFace(),
        _ => Reference(referencePhoto, color),
    });

    /// <summary>The step that measures and cuts out.</summary>
    public AlignStage Align(ColorSpec color, AlignmentTemplate template, int cropSize) => new(Mesh, color, template, cropSize, pool);

    /// <summary>Reads photos with the same networks. The caller disposes it before this.</summary>
    public FacePhotoReader Photos() => new(detector, meshModel, pool);

    /// <summary>Whether a photo shows a face.</summary>
    /// <exception cref="UserFacingException">The file is no picture.</exception>
    public bool PhotoShowsFace(string path)
    {
        using FacePhotoReader reader = Photos();
        using FacePhoto? photo = reader.TryRead(path);
        return photo is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        embedder?.Dispose();
        Mesh.Dispose();
        if (owner is not null)
        {
            return;
        }

        identityModel?.Dispose();
        meshModel.Dispose();
        detector.Dispose();
    }

    private OnnxSession IdentityModel() => owner?.IdentityModel() ?? (identityModel ??= store.Load(ModelRole.FaceIdentity));

    private ReferenceFace Reference(string? photoPath, ColorSpec color)
    {
        if (photoPath is null)
        {
            throw new UserFacingException(FailureKind.Usage, "--faces reference needs a photo of the person: name it with --reference PHOTO.");
        }

        embedder ??= new FaceEmbedder(IdentityModel(), pool);
        using FacePhotoReader reader = Photos();
        using FacePhoto photo = reader.Read(photoPath);
        return new ReferenceFace(embedder, embedder.Embed(PictureView.Of(photo.Picture), photo.Face.Points), color);
    }
}
