using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>
/// 1 - cos of the angle between the gaze of a generated face and of a real one, by a frozen network. The gradient goes through that network
/// into the generated picture; the real picture's gaze is a constant.
/// </summary>
internal sealed class GazeLoss(GazeNetwork frozen)
{
    /// <summary>Mean over the batch, weighted by eye openness: shut eyes have no gaze. A batch of shut eyes gives 0.</summary>
    /// <param name="made">Generated pictures (N, 3, R, R).</param>
    /// <param name="real">Pictures whose gaze they shall have.</param>
    /// <param name="where">(N, 1, R, R) in [0, 1]: where the generated face counts; outside, both show the real picture, so that nothing else can please the network.</param>
    /// <param name="openness">(N), in [0, 1].</param>
    public Tensor Of(Tensor made, Tensor real, Tensor where, Tensor openness)
    {
        Tensor goal;
        using (no_grad())
        {
            goal = GazeNetwork.Directions(frozen.forward(real));
        }

        Tensor found = GazeNetwork.Directions(frozen.forward((made * where).Plus(real * where.OneMinus())));
        return ((found * goal).sum(1).OneMinus() * openness).sum() / openness.sum().clamp_min(Numbers.Small);
    }
}
