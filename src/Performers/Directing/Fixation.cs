using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Directing;

/// <summary>A point that is looked at from a moment on.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="Target">Camera frame, cm.</param>
/// <param name="Nominal">The direction it stands for in a pattern, else null.</param>
internal readonly record struct Fixation(float Start, Vector3 Target, GazeAngles? Nominal = null);

/// <summary>Chooses what is looked at, and when.</summary>
internal static class FixationDirector
{
    // How far away points are that nobody stands at: across a table. Patterns lie at 10 m, where visual axes are nearly parallel.
    private const float GlanceDistance = 120;
    private const float GridDistance = 1000;

    /// <summary>Draws glances.</summary>
    /// <param name="plan">What is asked for.</param>
    /// <param name="random">Chance.</param>
    /// <param name="seconds">Length.</param>
    /// <param name="eyes">Midpoint of the eyes at the beginning, camera frame, cm.</param>
    /// <param name="partner">Midpoint of the partner's eyes; null: there is none.</param>
    public static Fixation[] Draw(Glances plan, Random random, float seconds, Vector3 eyes, Vector3? partner)
    {
        List<Fixation> fixations = [];
        for (float at = 0; at < seconds + 0.1f; at += random.NextSingle(plan.Shortest, plan.Longest))
        {
            float kind = random.NextSingle();
            Vector3 away = eyes + (GlanceDistance * new GazeAngles(random.NextSingle(-plan.Yaw, plan.Yaw), random.NextSingle(-plan.Pitch, plan.Pitch)).ToDirection());
            bool isPartner = partner is not null && random.NextSingle() < plan.PartnerShare;
            fixations.Add(new(at, isPartner ? partner!.Value : kind < plan.CameraShare ? Vector3.Zero : away));
        }

        return [.. fixations];
    }

    /// <summary>The points of a grid, evenly over the clip.</summary>
    public static Fixation[] Grid(GazeGrid plan, float seconds, Vector3 eyes)
    {
        float lead = plan.LeadShare * seconds;
        float dwell = (seconds - lead) / (plan.Yaws.Count * plan.Pitches.Count);
        List<Fixation> fixations = [At(0, default)];
        for (int line = 0; line < plan.Pitches.Count; line++)
        {
            IEnumerable<float> yaws = line % 2 == 0 ? plan.Yaws : plan.Yaws.Reverse();
            foreach (float yaw in yaws)
            {
                fixations.Add(At(lead + ((fixations.Count - 1) * dwell), new(yaw, plan.Pitches[line])));
            }
        }

        return [.. fixations];

        Fixation At(float start, GazeAngles nominal) => new(start, eyes + (GridDistance * nominal.ToDirection()), nominal);
    }
}
