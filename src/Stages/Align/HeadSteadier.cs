using System.Numerics;

namespace VideoGaze.Stages.Align;

/// <summary>
/// Takes the trembling out of where a head is. Points of a mesh err together, most of all those of a small network: what is the same for all of them is no motion against the head, and only comparing with where the head was bound for
/// tells it from motion. Of small departures from an even motion a part is taken back; of large ones, which are motion, nothing, so a head that starts, stops or turns back is followed at once.
/// </summary>
internal sealed class HeadSteadier
{
    // Share of a small departure that is taken back; how fast the motion follows one.
    private const float TakenBack = 0.5f, Follow = 0.4f;

    // In face sizes: our network's mesh trembles by a third of that.
    private const float Small = 0.01f;

    private Vector2 place, velocity;

    /// <summary>Begins anew at a place, at rest.</summary>
    public void Begin(Vector2 measured) => (place, velocity) = (measured, Vector2.Zero);

    /// <summary>What to add to the mesh of the next frame, pixels.</summary>
    /// <param name="elapsed">Seconds since the last frame.</param>
    /// <param name="measured">Where the head is, pixels.</param>
    /// <param name="size">Of the face, pixels.</param>
    public Vector2 Correction(float elapsed, Vector2 measured, float size)
    {
        Vector2 departure = measured - (place + (velocity * elapsed));
        float share = departure.Length() / (Small * size), tremble = MathF.Exp(-share * share);
        Vector2 steady = measured - (TakenBack * tremble * departure);
        velocity = Vector2.Lerp((steady - place) / elapsed, velocity + (Follow * departure / elapsed), tremble);
        place = steady;
        return steady - measured;
    }
}
