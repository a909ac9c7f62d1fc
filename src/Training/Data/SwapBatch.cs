using VideoGaze.Faces.Appearance;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Data;

/// <summary>The pictures of one step of the swap recipe as plain arrays; made on another thread, turned into tensors on the training thread.</summary>
internal sealed class SwapBatch
{
    private readonly int _count, _side;
    private readonly float[] _source, _target, _truth, _mask, _region, _eyesAndMouth, _openness, _weight, _maskWeight;

    public SwapBatch(int count, int side)
    {
        (_count, _side) = (count, side);
        int area = side * side;
        (_source, _target, _truth) = (new float[count * FaceTexture.Planes * area], new float[count * 3 * area], new float[count * 3 * area]);
        (_mask, _region, _eyesAndMouth) = (new float[count * area], new float[count * area], new float[count * area]);
        (_openness, _weight, _maskWeight) = (new float[count], new float[count], new float[count]);
    }

    /// <summary>Where the planes of the person put in go, laid onto a sample's target.</summary>
    public Span<float> Source(int index) => Part(_source, index, FaceTexture.Planes);

    /// <summary>Where a sample's target goes.</summary>
    public Span<float> Target(int index) => Part(_target, index, 3);

    /// <summary>Where its true swap goes.</summary>
    public Span<float> Truth(int index) => Part(_truth, index, 3);

    /// <summary>Where the true swap's face mask goes.</summary>
    public Span<float> Mask(int index) => Part(_mask, index, 1);

    /// <summary>Where the faces of target and true swap together go.</summary>
    public Span<float> Region(int index) => Part(_region, index, 1);

    /// <summary>Where the true swap's eyes and mouth go.</summary>
    public Span<float> EyesAndMouth(int index) => Part(_eyesAndMouth, index, 1);

    /// <summary>Sets the weights of a sample: of its gaze, of all its losses, of its mask's.</summary>
    public void Weigh(int index, float openness, float weight, float mask) => (_openness[index], _weight[index], _maskWeight[index]) = (openness, weight, mask);

    /// <summary>Copies into tensors of the current dispose scope.</summary>
    public SwapTensors ToTensors() => new(
        Numbers.Tensor(_source, _count, FaceTexture.Planes, _side, _side),
        Numbers.Tensor(_target, _count, 3, _side, _side),
        Numbers.Tensor(_truth, _count, 3, _side, _side),
        Numbers.Tensor(_mask, _count, 1, _side, _side),
        Numbers.Tensor(_region, _count, 1, _side, _side),
        Numbers.Tensor(_eyesAndMouth, _count, 1, _side, _side),
        Numbers.Tensor(_openness, _count),
        Numbers.Tensor(_weight, _count),
        Numbers.Tensor(_maskWeight, _count));

    private Span<float> Part(float[] numbers, int index, int planes)
    {
        int length = planes * _side * _side;
        return numbers.AsSpan(index * length, length);
    }
}

/// <summary>
/// A step's tensors: the person put in, laid onto the target (N, 7, R, R), target and truth (N, 3, R, R) BGR, the truth's face mask, the region where target or truth has a face, the truth's
/// eyes and mouth (N, 1, R, R), and weights (N).
/// </summary>
internal sealed record SwapTensors(
    Tensor Source,
    Tensor Target,
    Tensor Truth,
    Tensor Mask,
    Tensor Region,
    Tensor EyesAndMouth,
    Tensor Openness,
    Tensor Weight,
    Tensor MaskWeight);
