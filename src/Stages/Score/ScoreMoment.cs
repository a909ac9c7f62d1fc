using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Stages.Measure;

namespace VideoGaze.Stages.Score;

/// <summary>What all videos of a pair are compared with at one moment: truth, true swap and target. Owns its pictures.</summary>
internal sealed class ScoreMoment : IDisposable
{
    // Margin around the landmarks and the face's box within which the rim of a change is looked for, in parts of their size: hair, ears and neck.
    private const double WideMargin = 0.25;

    /// <summary>Who is scored.</summary>
    public required TruthPerson Person { get; init; }

    /// <summary>The same in the true swap; null where its truth is not known.</summary>
    public required TruthPerson? Swapped { get; init; }

    /// <summary>Size of the true swap's frame, whose pixels all coordinates are.</summary>
    public required Size Scene { get; init; }

    /// <summary>The true swap's 68 landmarks, or where they are not known those measured in it; empty where there are none.</summary>
    public required Vector2[] Landmarks { get; init; }

    /// <summary>The true swap's face as found.</summary>
    public required FaceSight TrueSwap { get; init; }

    /// <summary>The target's face as found; null without a target.</summary>
    public required FaceSight? Target { get; init; }

    /// <summary>Where faces are compared; null where there are no landmarks or they lie outside the frame.</summary>
    public FaceRegion? Region { get; private set; }

    /// <summary>The true swap inside the region's bounds.</summary>
    public Mat? Picture { get; private set; }

    /// <summary>The true swap's face laid onto the frontal one.</summary>
    public float[]? Unfolded { get; private set; }

    /// <summary>Where the rim of a change is looked for.</summary>
    public Rect Wide { get; private set; }

    /// <summary>The target inside <see cref="Wide"/>; null without a target.</summary>
    public Mat? Original { get; private set; }

    /// <summary>The true swap inside <see cref="Wide"/>; null without a target.</summary>
    public Mat? Ideal { get; private set; }

    /// <summary>Reads the pictures that all videos are compared with.</summary>
    /// <param name="trueSwap">Reads the true swap's frame.</param>
    /// <param name="target">Reads the target's frame; null without one.</param>
    /// <param name="canonical">The frontal face.</param>
    public void ReadPictures(ScoredVideo trueSwap, ScoredVideo? target, CanonicalFace canonical)
    {
        Region = Landmarks.Length == IbugLandmarks.Count ? FaceRegion.Of(Landmarks, Scene) : null;
        if (Region is null)
        {
            return;
        }

        Picture = trueSwap.Read(TrueSwap.Frame, Region.Bounds, Scene);
        Unfolded = Unfold(Picture, canonical);
        if (target is not null && Target is not null)
        {
            Wide = WideBounds();
            Original = target.Read(Target.Frame, Wide, Scene);
            Ideal = trueSwap.Read(TrueSwap.Frame, Wide, Scene);
        }
    }

    /// <summary>A picture inside the region's bounds laid onto the frontal face by the true swap's landmarks.</summary>
    public float[] Unfold(Mat picture, CanonicalFace canonical)
    {
        using Mat luma = PictureDifference.Luma(picture);
        return canonical.Unfold(luma, Landmarks, Region!.Bounds.Location);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Region?.Dispose();
        Picture?.Dispose();
        Original?.Dispose();
        Ideal?.Dispose();
    }

    private Rect WideBounds()
    {
        FaceBox points = Polygon.Bounds(Landmarks);
        FaceBox? box = TrueSwap.Mesh is { } mesh ? Polygon.Bounds(Array.ConvertAll(mesh.Points, point => new Vector2(point.X, point.Y))) : null;
        Rect bounds = Pixels(points);
        if (box is { } found)
        {
            bounds |= Pixels(found);
        }

        bounds.Inflate((int)(WideMargin * bounds.Width), (int)(WideMargin * bounds.Height));
        return bounds & new Rect(0, 0, Scene.Width, Scene.Height);
    }

    private static Rect Pixels(FaceBox box) => new((int)box.X, (int)box.Y, (int)Math.Ceiling(box.Width), (int)Math.Ceiling(box.Height));
}
