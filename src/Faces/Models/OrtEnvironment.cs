using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VideoGaze.Faces.Models;

/// <summary>
/// Sets what native libraries read from the environment before any of them is loaded. It must be libc's own setenv:
/// on Unix <see cref="Environment.SetEnvironmentVariable(string, string)"/> changes only the copy that .NET keeps.
/// </summary>
internal static class OrtEnvironment
{
    /// <summary>Runs when this assembly is first used, which is before the first call into ONNX Runtime because only this assembly makes such calls.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "ONNX Runtime reads its telemetry switch when it is loaded; no constructor of ours is early enough for every caller.")]
    internal static void Prepare()
    {
        // ONNX Runtime for Linux collects telemetry unless told not to (Privacy.md in its package); people's videos are nobody's business.
        Set("ORT_DISABLE_TELEMETRY", "1");

        // libtorch brings an OpenMP runtime whose idle threads spin: measured 0.5..3.7 training steps/s spinning against 5.2..5.5 passive, beside inference.
        Set("OMP_WAIT_POLICY", "PASSIVE");
    }

    private static void Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows())
        {
            _ = SetNative(name, value, overwrite: 1);
        }
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Source-generated interop needs unsafe code to be allowed in the whole project; this is its one native call.")]
    [SuppressMessage("Globalization", "CA2101", Justification = "Names and values are ASCII.")]
    private static extern int SetNative(string name, string value, int overwrite);
}
