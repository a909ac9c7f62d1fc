using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Gaze;

/// <summary>
/// Finds the eyes of swapped faces by looking at one eye a frame, in turn. Corners of a swapped eye keep their distance to the source's from one frame to the next, so
/// the other eye's are carried along with the source's; its lids and iris stay as they were a frame ago and owe nothing to the source. In order.
/// </summary>
/// <param name="locator">Stays the caller's.</param>
internal sealed class EyeTurns(IEyeLocator locator)
{
    // Seconds after which the last frame's eye says nothing about this one: both are looked at. Also where frames are that far apart.
    private const double LongestGap = 0.1;

    private readonly Dictionary<int, Memory> memories = [];

    /// <summary>Measures the eyes of a face in this frame's crop.</summary>
    /// <param name="track">The person.</param>
    /// <param name="seconds">Presentation time.</param>
    /// <param name="crop">The output.</param>
    /// <param name="source">Eyes of the source in the same crop.</param>
    /// <returns>Crop pixels; null where an eye could not be found.</returns>
    public EyePair? Locate(int track, double seconds, PixelBuffer crop, EyePair source)
    {
        Memory? last = memories.GetValueOrDefault(track);
        bool both = last is null || seconds <= last.Seconds || seconds - last.Seconds > LongestGap;
        bool lookLeft = both || !last!.LookedLeft;
        EyePoints? left = lookLeft ? locator.Locate(crop, source.Left, source.Tilt, left: true) : last!.Left.On(source.Left);
        EyePoints? right = both || !lookLeft ? locator.Locate(crop, source.Right, source.Tilt, left: false) : last!.Right.On(source.Right);
        if (left is not { } l || right is not { } r)
        {
            memories.Remove(track);
            return null;
        }

        memories[track] = new(
            lookLeft ? Carried.From(source.Left, l) : last!.Left,
            both || !lookLeft ? Carried.From(source.Right, r) : last!.Right,
            lookLeft,
            seconds);
        return new EyePair(l, r);
    }

    private sealed record Memory(Carried Left, Carried Right, bool LookedLeft, double Seconds);

    /// <summary>A swapped eye beside its source's.</summary>
    /// <param name="Inner">Inner corner from the source's, in the source's eye widths along its eye and across.</param>
    /// <param name="Outer">Outer corner from the source's, the same way.</param>
    /// <param name="Iris">Iris from the eye's own inner corner, in its own widths along itself and across.</param>
    /// <param name="Openness">Its own.</param>
    private readonly record struct Carried(Vector2 Inner, Vector2 Outer, Vector2 Iris, float Openness)
    {
        public static Carried From(EyePoints source, EyePoints output) => new(
            InEye(source, output.Inner - source.Inner),
            InEye(source, output.Outer - source.Outer),
            InEye(output, output.Iris - output.Inner),
            output.Openness);

        public EyePoints On(EyePoints source)
        {
            var corners = new EyePoints(source.Inner + InPicture(source, Inner), source.Outer + InPicture(source, Outer), default, Openness);
            return corners with { Iris = corners.Inner + InPicture(corners, Iris) };
        }

        private static Vector2 InEye(EyePoints eye, Vector2 offset)
        {
            Vector2 along = eye.Outer - eye.Inner;
            float square = Math.Max(along.LengthSquared(), 1e-6f);
            return new Vector2(Vector2.Dot(along, offset), (along.X * offset.Y) - (along.Y * offset.X)) / square;
        }

        private static Vector2 InPicture(EyePoints eye, Vector2 offset)
        {
            Vector2 along = eye.Outer - eye.Inner;
            return new((along.X * offset.X) - (along.Y * offset.Y), (along.Y * offset.X) + (along.X * offset.Y));
        }
    }
}
