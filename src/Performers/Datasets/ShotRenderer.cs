using OpenCvSharp;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Rendering;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Datasets;

/// <summary>A taken picture.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Persons">Truth of everybody in it, the main person first.</param>
/// <param name="Mask">Encoded PNG of <see cref="MaskClass"/>.</param>
internal sealed record TakenShot(PixelImage Picture, IReadOnlyList<TruthPerson> Persons, byte[] Mask);

/// <summary>Somebody else in a picture, farther away.</summary>
/// <param name="Performer">Who.</param>
/// <param name="Pose">How.</param>
internal sealed record Bystander(Performer Performer, PerformerPose Pose);

/// <summary>Takes single pictures. Safe for several threads.</summary>
internal sealed class ShotRenderer(PerformerRenderer renderer)
{
    /// <summary>The exposure that a shot of a person gets; a swap takes that of the person it replaces.</summary>
    public float ExposureOf(Shot shot, Performer performer) => shot.ExposureFactor * renderer.MeteredExposure(performer.Pose(shot.Pose.WithBlink(0)), shot.Scene.Light);

    /// <summary>Takes a picture.</summary>
    public TakenShot Take(Shot shot, Performer performer, float exposure, Bystander? bystander)
    {
        List<(RenderedLayer Layer, PosedPerformer Posed)> people = [];
        List<TruthPerson> truth = [];
        if (bystander is not null)
        {
            Add(bystander.Performer, bystander.Pose, null, []);
        }

        Add(performer, shot.Pose, shot.Target, shot.Occluders);
        LinearImage background = shot.Scene.Backdrop.Paint(shot.Camera.Width, shot.Camera.Height, exposure / shot.ExposureFactor);
        PixelImage picture = PictureComposer.Compose([.. people.Select(one => one.Layer)], background, shot.Scene.Look with { Exposure = exposure }, shot.NoiseSeed);
        using Mat mask = FaceMask.Of(people, shot.Camera);
        Cv2.ImEncode(".png", mask, out byte[] png);
        return new(picture, [.. truth.AsEnumerable().Reverse()], png);

        void Add(Performer who, PerformerPose pose, System.Numerics.Vector3? target, IReadOnlyList<Props.Occluder> occluders)
        {
            PosedPerformer posed = who.Pose(pose);
            people.Add((renderer.Render(posed, shot.Scene.Light, shot.Camera, occluders), posed));
            truth.Add(new(PerformerLabels.Of(posed, shot.Camera, target) with { Meshes = DenseMeshes.Of(posed, shot.Camera) }));
        }
    }
}
