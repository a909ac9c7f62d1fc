using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Swap.OneShot;

namespace VideoGaze.Stages.Swap;

/// <summary>A generator's file as it was found before any video is touched.</summary>
/// <param name="Path">The file.</param>
/// <param name="Model">The file and its hash, for reports.</param>
/// <param name="TakesPhotos">Whether it makes anybody's face from photos; a pair generator makes the one it was trained for.</param>
public sealed record GeneratorFile(string Path, ModelRecord Model, bool TakesPhotos)
{
    /// <summary>Looks into a generator; one of a pair is run once.</summary>
    /// <param name="path">The file, or a folder that holds one.</param>
    /// <exception cref="UserFacingException">Missing, or no generator.</exception>
    public static GeneratorFile Examine(string path)
    {
        // A generator needs no photos beside it to be looked into, so a folder without any is as good.
        string file = new IdentityResolver(static _ => true).Resolve(path);
        OnnxSession session = OnnxSession.Load(file, new OnnxSessionOptions(InferenceDevice.Cpu));
        try
        {
            FaceSwappers.Check(session);
            bool takesPhotos = OneShotLayout.Of(session) is not null
                || SwapperContracts.Recognise(session.Path, session.Inputs, session.Outputs, session.Metadata) is not null;
            ModelRecord model = new("face generator", session.FileName, session.Sha256);
            if (takesPhotos)
            {
                session.Dispose();
            }
            else
            {
                DfmSwapper.Over(session).Dispose();
            }

            return new(file, model, takesPhotos);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
