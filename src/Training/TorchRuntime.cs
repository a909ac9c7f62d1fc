using OpenCvSharp;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Settings of the native libraries that hold for the whole process.</summary>
public static class TorchRuntime
{
    /// <summary>Loads everything that training loads, by making one tensor. Throws what a native library that does not load throws.</summary>
    /// <returns>The version of libtorch.</returns>
    public static string Load()
    {
        using Tensor probe = ones(1);
        return __version__;
    }

    /// <summary>Sets the tensor library's threads and keeps OpenCV to one: two thread pools on the same cores cost half the speed.</summary>
    internal static void Use(int threads)
    {
        if (threads > 0)
        {
            set_num_threads(threads);
        }

        Cv2.SetNumThreads(1);
    }
}
