using VideoGaze.Training.Data;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Losses;

/// <summary>What the detector is trained by where another detector teaches: at every cell that one's score; where it sees a face, its box and points.</summary>
internal static class DetectorDistillation
{
    // Below this score of the teacher's its boxes are of nobody; the pipeline asks for .6.
    private const float LeastTaught = 0.2f;

    // The score's entropy is weighted by the distance to the teacher's (quality focal loss, Li et al. 2020, there squared): cells that agree already, nearly all, shall not rule.
    // Weights by which the three contribute about equally at the end of training.
    private const double ScoreWeight = 3, BoxWeight = 2, PointWeight = 5;

    private static readonly TorchSharp.Scalar Least = -4.0, Most = 4.0, AlmostOne = 1 - 1e-4;

    /// <summary>The weighted losses by name; their sum is to be lowered.</summary>
    /// <param name="outputs">Of <see cref="DetectorNetwork.forward"/>.</param>
    /// <param name="taught">(cells, 16) as <see cref="DetectorTeacher"/> writes them.</param>
    public static (Tensor Sum, Dictionary<string, Tensor> Parts) Of(Tensor[] outputs, float[] taught)
    {
        const int Channels = DetectorNetwork.Channels;
        Tensor rows = cat([.. outputs.Select(level => level.permute(0, 2, 3, 1).reshape(-1, Channels))], 0).to(float32);
        int cells = taught.Length / Channels;
        float[] scores = new float[cells];
        var faces = new List<int>();
        for (int cell = 0; cell < cells; cell++)
        {
            scores[cell] = Math.Clamp(taught[cell * Channels], 0, 1) * Math.Clamp(taught[(cell * Channels) + 1], 0, 1);
            if (scores[cell] >= LeastTaught)
            {
                faces.Add(cell);
            }
        }

        using TorchSharp.Scalar share = 1 / Math.Max(1.0, faces.Sum(cell => scores[cell]));
        Tensor wanted = Numbers.Tensor(scores, cells);
        Tensor logScore = nn.functional.logsigmoid(rows.select(1, 0)).Plus(nn.functional.logsigmoid(rows.select(1, 1)));
        Tensor score = logScore.exp();
        Tensor entropy = (wanted * logScore).Plus(wanted.OneMinus() * (score * AlmostOne).OneMinus().log()).neg();
        Tensor distance = (wanted - score).abs().detach();
        var parts = new Dictionary<string, Tensor> { ["score"] = (entropy * distance).sum().mul(share).Times(ScoreWeight) };
        if (faces.Count > 0)
        {
            Faces(rows, taught, faces, scores, parts, share);
        }

        return (parts.Values.Aggregate((a, b) => a.Plus(b)), parts);
    }

    /// <summary>Distances in units of the teacher's face, so that strides and cells' places cancel: both answers are offsets of one cell.</summary>
    private static void Faces(Tensor rows, float[] taught, List<int> faces, float[] scores, Dictionary<string, Tensor> parts, TorchSharp.Scalar share)
    {
        const int Channels = DetectorNetwork.Channels;
        using Tensor cells = Numbers.Places([.. faces.Select(cell => (long)cell)]);
        Tensor found = rows.index_select(0, cells);
        Tensor truth = Numbers.Tensor([.. faces.SelectMany(cell => taught.AsSpan(cell * Channels, Channels).ToArray())], faces.Count, Channels);
        Tensor weight = Numbers.Tensor([.. faces.Select(cell => scores[cell])], faces.Count);
        Tensor logSize = found.narrow(1, 4, 2).clamp(Least, Most), wantedLogSize = truth.narrow(1, 4, 2).clamp(Least, Most);
        Tensor size = logSize.exp(), wantedSize = wantedLogSize.exp(), scale = wantedSize.prod(1, keepdim: true).sqrt();
        Tensor off = (found.narrow(1, 2, 2) - truth.narrow(1, 2, 2)) / scale, sizeOff = logSize - wantedLogSize;
        Tensor overlap = DetectorLoss.Overlap(found.narrow(1, 2, 2), size, truth.narrow(1, 2, 2), wantedSize);
        Tensor box = overlap.OneMinus().Plus((off * off).sum(1)).Plus((sizeOff * sizeOff).sum(1));
        parts["box"] = (box * weight).sum().mul(share).Times(BoxWeight);
        Tensor gap = (found.narrow(1, 6, 10) - truth.narrow(1, 6, 10)).reshape(faces.Count, 5, 2) / scale.unsqueeze(1);
        Tensor points = (gap * gap).sum(2).Plus(Numbers.Tiny).sqrt().mean([1]);
        parts["points"] = (points * weight).sum().mul(share).Times(PointWeight);
    }
}
