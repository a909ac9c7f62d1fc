using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Data.Landmarks;
using VideoGaze.Training.Networks;
using VideoGaze.Training.Networks.Landmarks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>
/// Distances between found and wanted points in eye distances, not squared: what counts is the typical error, and labels have outliers. Gaze is read from small
/// differences, so the gap of the lids and the iris against its corners count once more by themselves.
/// </summary>
internal sealed class LandmarkLoss : IDisposable
{
    private const double DepthWeight = 0.5, EyeWeight = 6, OpennessWeight = 0.3, PresenceWeight = 0.2;

    private readonly Tensor _weights = Numbers.Tensor(LandmarkTargets.Weights, 1, LandmarkTargets.Points).DetachFromDisposeScope();
    private readonly Tensor _first, _second;

    public LandmarkLoss()
    {
        (int From, int To)[] pairs =
        [
            .. MeshTopology.ImageLeftLids, .. MeshTopology.ImageRightLids,
            (MeshTopology.ImageLeftIrisCentre, MeshTopology.ImageLeftEyeOuterCorner), (MeshTopology.ImageLeftIrisCentre, MeshTopology.ImageLeftEyeInnerCorner),
            (MeshTopology.ImageRightIrisCentre, MeshTopology.ImageRightEyeOuterCorner), (MeshTopology.ImageRightIrisCentre, MeshTopology.ImageRightEyeInnerCorner),
        ];
        _first = Numbers.Places(Array.ConvertAll(pairs, pair => (long)pair.From)).DetachFromDisposeScope();
        _second = Numbers.Places(Array.ConvertAll(pairs, pair => (long)pair.To)).DetachFromDisposeScope();
    }

    /// <summary>Weighted means over the batch, by name.</summary>
    public (string Name, Tensor Value)[] Of(LandmarkOutput output, LandmarkBatch batch)
    {
        long n = batch.Units.Length;
        Tensor wanted = Numbers.Tensor(batch.Points, n, LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers);
        Tensor taught = Numbers.Tensor(batch.Taught, n), units = Numbers.Tensor(batch.Units, n);
        Tensor faces = taught.sum().clamp_min(Numbers.One);
        Tensor gap = (output.Points - wanted) / units.unsqueeze(1);
        Tensor mesh = gap.narrow(1, 0, LandmarkTargets.MeshNumbers).reshape(n, FaceMesh.PointCount, 3);
        Tensor inPlane = mesh.narrow(2, 0, 2), depth = mesh.select(2, 2).abs();
        Tensor landmarks = gap.narrow(1, LandmarkTargets.MeshNumbers, LandmarkTargets.LandmarkNumbers).reshape(n, IbugLandmarks.Count, 2);
        Tensor distances = cat([Length(inPlane), Length(landmarks)], 1);
        Tensor eyes = Length(inPlane.index_select(1, _first) - inPlane.index_select(1, _second)).mean([1]);
        Tensor openness = ((output.State.narrow(1, 0, 2) - Numbers.Tensor(batch.Openness, n, 2)).abs().mean([1]) * Numbers.Tensor(batch.OpennessWeights, n)).mean();
        Tensor presence = nn.functional.binary_cross_entropy_with_logits(output.State.select(1, 2), Numbers.Tensor(batch.Presence, n));
        return
        [
            ("points", ((distances * _weights).mean([1]) * taught).sum() / faces),
            ("depth", ((depth.mean([1]) * taught).sum() / faces).Times(DepthWeight)),
            ("eyes", ((eyes * taught).sum() / faces).Times(EyeWeight)),
            ("openness", openness.Times(OpennessWeight)),
            ("presence", presence.Times(PresenceWeight)),
        ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private static Tensor Length(Tensor vectors) => (vectors * vectors).sum(2).Plus(Numbers.Tiny).sqrt();
}
