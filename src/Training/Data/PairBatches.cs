using System.Collections.Concurrent;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Data;

/// <summary>One identity's part of a step as plain arrays; made on another thread, turned into tensors on the training thread.</summary>
internal sealed class SideBatch
{
    private readonly int _count;
    private readonly int _side;
    private readonly float[] _input, _goal, _mask, _eyesAndMouth, _openness;

    public SideBatch(int count, int side)
    {
        (_count, _side) = (count, side);
        int area = side * side;
        (_input, _goal, _mask, _eyesAndMouth) = (new float[count * 3 * area], new float[count * 3 * area], new float[count * area], new float[count * area]);
        _openness = new float[count];
    }

    /// <summary>Where the view of one sample goes.</summary>
    public PairAugmentation.View ViewOf(int index)
    {
        int area = _side * _side;
        return new(_input.AsSpan(index * 3 * area, 3 * area), _goal.AsSpan(index * 3 * area, 3 * area), _mask.AsSpan(index * area, area), _eyesAndMouth.AsSpan(index * area, area));
    }

    /// <summary>Sets the weight of a sample's gaze.</summary>
    public void SetOpenness(int index, float value) => _openness[index] = value;

    /// <summary>Copies into tensors of the current dispose scope.</summary>
    public SideTensors ToTensors() => new(
        Numbers.Tensor(_input, _count, 3, _side, _side),
        Numbers.Tensor(_goal, _count, 3, _side, _side),
        Numbers.Tensor(_mask, _count, 1, _side, _side),
        Numbers.Tensor(_eyesAndMouth, _count, 1, _side, _side),
        Numbers.Tensor(_openness, _count));
}

/// <summary>One identity's part of a step: pictures (N, 3, R, R) BGR and masks (N, 1, R, R) in [0, 1], openness (N).</summary>
internal sealed record SideTensors(Tensor Input, Tensor Goal, Tensor Mask, Tensor EyesAndMouth, Tensor Openness);

/// <summary>
/// Draws the batches of consecutive steps ahead of the training loop. What a step draws follows from the seed and the step's number
/// alone, so a resumed run sees what an unbroken one would have seen.
/// </summary>
internal sealed class PairBatches(List<TrainingFace> source, List<TrainingFace> target, PairTrainingOptions options) : IDisposable
{
    private readonly BlockingCollection<(SideBatch Source, SideBatch Target)> _ready = new(boundedCapacity: 4);
    private readonly CancellationTokenSource _stop = new();
    private Task? _producer;

    /// <summary>The batches of the steps from <paramref name="first"/> on, in order. A failure of the drawing thread surfaces here.</summary>
    public IEnumerable<(SideBatch Source, SideBatch Target)> From(int first)
    {
        _producer = Task.Run(() =>
        {
            try
            {
                for (int step = first; step < options.Steps; step++)
                {
                    _ready.Add(Draw(step), _stop.Token);
                }
            }
            finally
            {
                _ready.CompleteAdding();
            }
        });
        foreach (var batch in _ready.GetConsumingEnumerable())
        {
            yield return batch;
        }

        _producer.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            _producer?.Wait();
        }
        catch (AggregateException)
        {
            // Cancelled, or failed after its last batch was taken: the loop is over either way.
        }

        _stop.Dispose();
        _ready.Dispose();
    }

    /// <summary>The batch of one step.</summary>
    internal (SideBatch Source, SideBatch Target) Draw(int step) =>
        (Side(source, options.FlipSource, step, 1), Side(target, options.FlipTarget, step, 2));

    private SideBatch Side(List<TrainingFace> faces, bool flip, int step, int stream)
    {
        var random = StepRandom.Of(options.Seed, step, stream);
        var batch = new SideBatch(options.BatchSize, options.Shape.Resolution);
        bool warp = options.RandomWarp.At(step) > 0;
        for (int i = 0; i < options.BatchSize; i++)
        {
            TrainingFace face = faces[random.Next(faces.Count)];
            PairAugmentation.Draw(face, random, flip, options.GeometryJitter, options.ColorJitter, warp, options.Shape.Resolution, batch.ViewOf(i));
            batch.SetOpenness(i, face.Openness);
        }

        return batch;
    }
}
