using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VideoGaze.Faces.Models;

/// <summary>One input or output of a binding: memory that the network reads or writes in place, the same at every run.</summary>
public sealed class OnnxTensor
{
    private readonly byte[] pinned;

    internal OnnxTensor(TensorSpec spec)
    {
        Spec = spec;
        long count = 1;
        foreach (long size in spec.Shape)
        {
            count *= size;
        }

        Length = checked((int)count);
        pinned = GC.AllocateArray<byte>(checked(Length * SizeOf(spec.Kind)), pinned: true);
        Value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, ToOrt(spec.Kind), spec.Shape, Address, pinned.Length);
    }

    /// <summary>Name, type and the shape it was bound with (no free sizes).</summary>
    public TensorSpec Spec { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements of a <see cref="TensorKind.Float32"/> tensor, row-major.</summary>
    public Span<float> Floats => As<float>(TensorKind.Float32);

    /// <summary>The elements of a <see cref="TensorKind.Float16"/> tensor, row-major. <c>TensorPrimitives.ConvertToHalf</c> and <c>ConvertToSingle</c> convert whole rows.</summary>
    public Span<Half> Halves => As<Half>(TensorKind.Float16);

    /// <summary>The elements of a <see cref="TensorKind.Int64"/> tensor, row-major.</summary>
    public Span<long> Longs => As<long>(TensorKind.Int64);

    /// <summary>Where the elements lie, for native views (OpenCV); valid as long as the binding lives.</summary>
    public nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    internal OrtValue Value { get; }

    /// <summary>Fills the tensor from single precision, whatever floating-point type it has.</summary>
    public void Write(ReadOnlySpan<float> values)
    {
        if (Spec.Kind == TensorKind.Float16)
        {
            System.Numerics.Tensors.TensorPrimitives.ConvertToHalf(values, Halves);
        }
        else
        {
            values.CopyTo(Floats);
        }
    }

    /// <summary>Reads the whole tensor in single precision, whatever floating-point type it has.</summary>
    public void Read(Span<float> values)
    {
        if (Spec.Kind == TensorKind.Float16)
        {
            System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(Halves, values);
        }
        else
        {
            Floats.CopyTo(values);
        }
    }

    internal static TensorKind FromOrt(TensorElementType type) => type switch
    {
        TensorElementType.Float => TensorKind.Float32,
        TensorElementType.Float16 => TensorKind.Float16,
        TensorElementType.Int64 => TensorKind.Int64,
        TensorElementType.Int32 => TensorKind.Int32,
        TensorElementType.UInt8 => TensorKind.UInt8,
        _ => TensorKind.Other,
    };

    private static TensorElementType ToOrt(TensorKind kind) => kind switch
    {
        TensorKind.Float32 => TensorElementType.Float,
        TensorKind.Float16 => TensorElementType.Float16,
        TensorKind.Int64 => TensorElementType.Int64,
        TensorKind.Int32 => TensorElementType.Int32,
        TensorKind.UInt8 => TensorElementType.UInt8,
        _ => throw new NotSupportedException($"Tensors of kind {kind} cannot be bound."),
    };

    private static int SizeOf(TensorKind kind) => kind switch
    {
        TensorKind.Float16 => 2,
        TensorKind.Int64 => 8,
        TensorKind.UInt8 => 1,
        _ => 4,
    };

    private Span<T> As<T>(TensorKind kind)
        where T : unmanaged =>
        kind == Spec.Kind
            ? MemoryMarshal.Cast<byte, T>(pinned.AsSpan())
            : throw new InvalidOperationException($"The tensor '{Spec}' was read as {kind}.");
}
