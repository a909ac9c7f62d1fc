using VideoGaze.Performers.Posing;
using static VideoGaze.Performers.Posing.ExpressionShape;

namespace VideoGaze.Performers.Directing;

/// <summary>What a face does besides talking: brows that rise now and then, a smile that comes and goes. Deviations were set by eye.</summary>
internal sealed class FaceDirector(Random random, float seconds)
{
    private readonly SmoothNoise brows = new(random, seconds, 0.67f, 0.30f);
    private readonly SmoothNoise smile = new(random, seconds, 1.67f, 0.30f);

    /// <summary>The expression at a time, seconds.</summary>
    public Expression At(float time)
    {
        float raised = Math.Clamp(brows.At(time), 0, 0.8f), smiling = Math.Clamp(smile.At(time) + 0.08f, 0, 0.55f);
        return Expression.Of(
            (BrowInnerUpLeft, raised), (BrowInnerUpRight, raised), (BrowOuterUpLeft, raised / 2), (BrowOuterUpRight, raised / 2),
            (MouthSmileLeft, smiling), (MouthSmileRight, smiling), (CheekSquintLeft, 0.4f * smiling), (CheekSquintRight, 0.4f * smiling));
    }
}
