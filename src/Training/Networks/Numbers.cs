using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// Constants of tensor arithmetic, kept alive for the whole process. TorchSharp 0.107 turns a number into a native scalar object whose finaliser
/// may run while the native call still reads it ("Expected false to be true ... toFloat", after some hundred steps): no bare number may meet a
/// tensor in code that runs in a loop. Sums hide one: <c>a + b</c> and <c>a.add(b)</c> make the scalar 1 for the factor of the second term, so they
/// are written <see cref="Plus(Tensor, Tensor)"/>.
/// </summary>
internal static class Numbers
{
    public static readonly TorchSharp.Scalar Zero = 0.0, Hundredth = 0.01, Half = 0.5, One = 1.0, Two = 2.0;

    /// <summary>Slopes of the leaky ReLUs.</summary>
    public static readonly TorchSharp.Scalar TenthSlope = 0.1, FifthSlope = 0.2;

    /// <summary>Keeps roots and quotients finite.</summary>
    public static readonly TorchSharp.Scalar Tiny = 1e-6, Small = 1e-3;

    /// <summary>Multiplies by a number that is not known beforehand.</summary>
    public static Tensor Times(this Tensor x, double factor)
    {
        using TorchSharp.Scalar scalar = factor;
        return x.mul(scalar);
    }

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>a + b with a constant of this class or another that lives as long as the process.</summary>
    public static Tensor Plus(this Tensor a, TorchSharp.Scalar b) => a.add(b, One);

    /// <summary>
    /// A tensor of its own memory. The library's <c>tensor(array)</c> lies in the array's, wherever the collector put that, and matrix kernels sum in an order that hangs on
    /// how their operands are aligned: the same numbers would give other last bits from run to run, and a resumed training other weights.
    /// </summary>
    /// <param name="numbers">Row-major.</param>
    /// <param name="shape">Shape of the tensor.</param>
    public static Tensor Tensor(float[] numbers, params ReadOnlySpan<long> shape)
    {
        using Tensor view = tensor(numbers, shape);
        return TorchRuntime.IsGpu ? view.to(TorchRuntime.Device) : view.clone();
    }

    /// <summary>Places in a tensor, of their own memory and where networks train.</summary>
    /// <param name="places">Counted from 0.</param>
    public static Tensor Places(long[] places)
    {
        using Tensor view = tensor(places);
        return TorchRuntime.IsGpu ? view.to(TorchRuntime.Device) : view.clone();
    }

    /// <summary>1 - x.</summary>
    public static Tensor OneMinus(this Tensor x) => x.neg().add(One, One);
}
