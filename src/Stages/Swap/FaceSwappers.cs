using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Identity;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Swap.OneShot;

namespace VideoGaze.Stages.Swap;

/// <summary>A generator that is ready, and what it took to make it so.</summary>
/// <param name="Swapper">Makes the faces.</param>
/// <param name="SourceModels">Networks that looked at the photos.</param>
/// <param name="Notes">Photos that were left out, a sentence each.</param>
internal sealed record OpenedSwapper(IFaceSwapper Swapper, IReadOnlyList<ModelRecord> SourceModels, IReadOnlyList<string> Notes) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Swapper.Dispose();
}

/// <summary>Opens generators of every kind: recognises the kind by the file.</summary>
internal static class FaceSwappers
{
    /// <summary>Opens a generator.</summary>
    /// <param name="identity">The generator's file and the photos of the person put in.</param>
    /// <param name="openReader">Opens the reader of photos, for generators that need them.</param>
    /// <param name="store">Finds the networks that look at photos.</param>
    /// <param name="pool">Lends pictures.</param>
    /// <param name="options">Device, and threads inside one call.</param>
    /// <exception cref="UserFacingException">It is no generator that is understood; or it needs photos and there are none of use.</exception>
    public static OpenedSwapper Open(ResolvedIdentity identity, Func<FacePhotoReader> openReader, ModelStore store, PixelPool pool, OnnxSessionOptions options)
    {
        OnnxSession session = OnnxSession.Load(identity.Generator, options);
        try
        {
            if (OneShotLayout.Of(session) is { } oneShot)
            {
                return OpenOneShot(session, oneShot, identity, openReader, pool);
            }

            return SwapperContracts.Recognise(session.Path, session.Inputs, session.Outputs, session.Metadata) is { } contract
                ? OpenPublic(session, contract, identity, openReader, store, pool)
                : new(DfmSwapper.Over(session), [], []);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file is a generator of any kind, as far as its inputs and outputs tell.</summary>
    /// <exception cref="UserFacingException">It is none.</exception>
    public static void Check(OnnxSession session)
    {
        if (OneShotLayout.Of(session) is null && SwapperContracts.Recognise(session.Path, session.Inputs, session.Outputs, session.Metadata) is null)
        {
            _ = DfmLayout.Of(session.Path, session.Inputs, session.Outputs, session.Metadata);
        }
    }

    private static OpenedSwapper OpenPublic(OnnxSession session, SwapperContract contract, ResolvedIdentity identity, Func<FacePhotoReader> openReader, ModelStore store, PixelPool pool)
    {
        using FacePhotoReader reader = openReader();
        using IdentityPhotos photos = IdentityPhotos.Read(PhotosOf(session, identity), reader, pool, SourcePerson.ShapeFor(contract));
        SourcePerson person = SourcePerson.From(contract, session.Path, photos, store);
        return new(ContractSwapper.Over(session, contract, person.Values), person.Models, LeftOut(photos));
    }

    private static OpenedSwapper OpenOneShot(OnnxSession session, OneShotLayout layout, ResolvedIdentity identity, Func<FacePhotoReader> openReader, PixelPool pool)
    {
        using FacePhotoReader reader = openReader();
        using IdentityPhotos photos = IdentityPhotos.Read(PhotosOf(session, identity), reader, pool, new CropShape(layout.Template, layout.Size));
        List<TexturePhoto> faces = [.. photos.Faces.Select(face => new TexturePhoto(face.Mesh, face.Crops[0].Bytes.ToArray(), layout.Size, layout.Size))];
        IReadOnlyList<TexturePhoto> bare = BareSkin.Found(session, layout, faces);
        IEnumerable<IrisReading?> irises = photos.Faces.Zip(bare).Where(photo => photo.Second.ShowsEyesInTheOpen()).Select(photo => photo.First.Irises);
        return new(OneShotSwapper.Over(session, layout, FaceTexture.From(bare, layout.Size), IrisReading.UsualShare(irises.OfType<IrisReading>())), [], LeftOut(photos));
    }

    /// <summary>The photos for a generator that needs some.</summary>
    /// <exception cref="UserFacingException">There are none.</exception>
    internal static string PhotosOf(OnnxSession session, ResolvedIdentity identity) => identity.Photos ?? throw new UserFacingException(
        FailureKind.IdentityUnusable,
        $"The generator '{session.FileName}' takes photos of the person put in: name their folder with --identity and the generator with --generator.");

    private static IReadOnlyList<string> LeftOut(IdentityPhotos photos) => [.. photos.Rejected.Select(photo => $"The photo {photo.File} was left out, because {photo.Reason}.")];
}
