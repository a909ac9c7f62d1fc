using OpenCvSharp;
using TorchSharp;
using VideoGaze.Faces.Failures;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Where networks are trained.</summary>
public enum TrainingDevice
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU, where libtorch was built for one.</summary>
    Cuda,
}

/// <summary>Settings of the native libraries that hold for the whole process.</summary>
public static class TorchRuntime
{
    /// <summary>
    /// Where networks train and where <see cref="Networks.Numbers.Tensor"/> puts what they are given: the tensor library's own default, which is the processor until <see cref="Use"/> sets it.
    /// Files are read, written and checked on the processor.
    /// </summary>
    internal static Device Device => get_default_device();

    /// <summary>Batches drawn at the same time. A processor that trains has no time for more than one; a GPU is faster than any one thread that draws for it.</summary>
    internal static int Drawers => IsGpu ? Environment.ProcessorCount : 1;

    /// <summary>Whether networks train on a GPU.</summary>
    internal static bool IsGpu => Device.type != TorchSharp.DeviceType.CPU;

    /// <summary>Loads everything that training loads, by making one tensor. Throws what a native library that does not load throws.</summary>
    /// <returns>The version of libtorch.</returns>
    public static string Load()
    {
        using Tensor probe = ones(1);
        return __version__;
    }

    /// <summary>
    /// Sets the tensor library's threads and keeps OpenCV to one: two thread pools on the same cores cost half the speed. Chooses the device of the trainings to come.
    /// </summary>
    /// <exception cref="UserFacingException">There is no GPU, or libtorch was not built for one.</exception>
    internal static void Use(int threads, TrainingDevice device = TrainingDevice.Cpu)
    {
        if (threads > 0)
        {
            set_num_threads(threads);
        }

        Cv2.SetNumThreads(1);
        set_default_device(device == TrainingDevice.Cuda ? Gpu() : CPU);
    }

    /// <summary>Moves networks to where they train.</summary>
    internal static void Enter(params ReadOnlySpan<nn.Module> networks)
    {
        foreach (nn.Module network in networks)
        {
            network.to(Device);
        }
    }

    /// <summary>Back to the processor after a training, where networks are written and measured.</summary>
    internal static void Leave(params ReadOnlySpan<nn.Module> networks)
    {
        set_default_device(CPU);
        Enter(networks);
    }

    private static Device Gpu()
    {
        const string Remedy = "train with --device cpu, or see \"On a GPU\" in docs/training.md";
        try
        {
            return cuda.is_available()
                ? CUDA
                : throw new UserFacingException(FailureKind.ProviderMissing, $"No NVIDIA GPU was found that libtorch can train on: {Remedy}.");
        }
        catch (NotSupportedException missing)
        {
            throw new UserFacingException(FailureKind.ProviderMissing, $"The libtorch at hand was not built for NVIDIA GPUs: {Remedy}.", missing);
        }
    }
}
