using System.Runtime.InteropServices;

namespace VideoGaze.Cli.Running;

/// <summary>
/// Keeps the C library from giving each thread a heap of its own. Pictures and tensors are made on one thread of the pool and freed on another, so every one of those heaps grows to its own peak, one after the
/// other as threads come by: memory grew by 12 % from 10 s to 60 s of video, and by 3 % with two heaps (benchmarks/README.md).
/// </summary>
internal static class NativeHeap
{
    // M_ARENA_MAX of glibc's malloc.h.
    private const int ArenaMax = -8;

    // One heap for all threads would make them wait for each other.
    private const int Heaps = 2;

    /// <summary>Call before threads are made. Does nothing where the C library is another.</summary>
    public static void Limit()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(ArenaMax, Heaps);
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            // musl has no such heaps.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
