using OpenCvSharp;
using static TorchSharp.torch;

namespace VideoGaze.Training;

/// <summary>Settings of the native libraries that hold for the whole process.</summary>
internal static class TorchRuntime
{
    /// <summary>Sets the tensor library's threads and keeps OpenCV to one: two thread pools on the same cores cost half the speed.</summary>
    public static void Use(int threads)
    {
        if (threads > 0)
        {
            set_num_threads(threads);
        }

        Cv2.SetNumThreads(1);
    }
}
