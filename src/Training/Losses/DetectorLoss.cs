using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>What the detector is trained by: is there a face, does its box fit, where is the box, where are the points.</summary>
internal static class DetectorLoss
{
    // An overlap of .7 counts as a fitting box, .3 as none: the score must not fall with the last pixel.
    private static readonly TorchSharp.Scalar LeastOverlap = 0.3, OverlapRange = 1 / 0.4, Least = -4.0, Most = 4.0;

    // At weight 1, after 2500 steps, there were 1.7 answers elsewhere a picture.
    private static readonly TorchSharp.Scalar MissWeight = 3.0;

    // Weights by which the four contribute about equally at the end of training.
    private const double FitWeight = 0.5, BoxWeight = 2, PointWeight = 5;

    /// <summary>The weighted losses by name; their sum is to be lowered.</summary>
    /// <param name="outputs">Of <see cref="DetectorNetwork.forward"/>.</param>
    /// <param name="targets">For the same pictures.</param>
    public static (Tensor Sum, Dictionary<string, Tensor> Parts) Of(Tensor[] outputs, DetectorTargets targets)
    {
        Tensor rows = cat([.. outputs.Select(level => level.permute(0, 2, 3, 1).reshape(-1, DetectorNetwork.Channels))], 0).to(float32);
        Tensor face = Numbers.Tensor(targets.Face, targets.Face.Length), counts = Numbers.Tensor(targets.Counts, targets.Counts.Length);
        int answers = targets.Answers.Count;
        double share = 1.0 / Math.Max(1, answers);

        // Background is weighted by the square of the error (focal, Lin et al. 2017), or its thousands of easy cells would rule; faces are not, so that they end near 1.
        Tensor logit = rows.select(1, 0), error = logit.sigmoid();
        Tensor hits = nn.functional.logsigmoid(logit).neg() * face;
        Tensor misses = nn.functional.logsigmoid(logit.neg()).neg() * error * error * face.OneMinus() * counts;
        var parts = new Dictionary<string, Tensor> { ["face"] = hits.Plus(misses.mul(MissWeight)).sum().Times(share) };
        if (answers > 0)
        {
            Answered(rows, targets, parts, share);
        }

        Tensor sum = parts.Values.Aggregate((a, b) => a.Plus(b));
        return (sum, parts);
    }

    private static void Answered(Tensor rows, DetectorTargets targets, Dictionary<string, Tensor> parts, double share)
    {
        int answers = targets.Answers.Count;
        using Tensor cells = Numbers.Places([.. targets.Answers.Keys.Select(cell => (long)cell)]);
        Tensor found = rows.index_select(0, cells);
        Tensor truth = Numbers.Tensor([.. targets.Answers.Values.SelectMany(answer => answer)], answers, 17);
        Tensor corner = truth.narrow(1, 0, 2), stride = truth.narrow(1, 2, 1), centre = truth.narrow(1, 3, 2), size = truth.narrow(1, 5, 2), points = truth.narrow(1, 7, 10);
        Tensor scale = size.prod(1, keepdim: true).sqrt();

        Tensor foundCentre = found.narrow(1, 2, 2).Plus(corner) * stride;
        Tensor logSize = found.narrow(1, 4, 2).clamp(Least, Most);
        Tensor foundSize = logSize.exp() * stride;
        Tensor overlap = Overlap(foundCentre, foundSize, centre, size);
        Tensor off = (foundCentre - centre) / scale;
        Tensor sizeOff = logSize - (size / stride).log();
        parts["box"] = overlap.OneMinus().sum().Plus((off * off).sum()).Plus((sizeOff * sizeOff).sum()).Times(BoxWeight * share);

        Tensor foundPoints = found.narrow(1, 6, 10).reshape(answers, 5, 2).Plus(corner.unsqueeze(1)) * stride.unsqueeze(1);
        Tensor gap = (foundPoints - points.reshape(answers, 5, 2)) / scale.unsqueeze(1);
        parts["points"] = (gap * gap).sum(2).Plus(Numbers.Tiny).sqrt().mean([1]).sum().Times(PointWeight * share);

        Tensor fit = (overlap.detach() - LeastOverlap).mul(OverlapRange).clamp(Numbers.Zero, Numbers.One);
        Tensor logit = found.select(1, 1);
        Tensor entropy = (nn.functional.logsigmoid(logit) * fit).Plus(nn.functional.logsigmoid(logit.neg()) * fit.OneMinus());
        parts["fit"] = entropy.sum().neg().Times(FitWeight * share);
    }

    /// <summary>Intersection over union of boxes given by centre and size, (P, 2) each; the result is (P).</summary>
    internal static Tensor Overlap(Tensor centre, Tensor size, Tensor otherCentre, Tensor otherSize)
    {
        Tensor half = size.mul(Numbers.Half), otherHalf = otherSize.mul(Numbers.Half);
        Tensor shared = (minimum(centre.Plus(half), otherCentre.Plus(otherHalf)) - maximum(centre - half, otherCentre - otherHalf)).relu().prod(1);
        Tensor union = size.prod(1).Plus(otherSize.prod(1)) - shared;
        return shared / union.Plus(Numbers.Tiny);
    }
}
