using System.Globalization;
using System.Runtime.InteropServices;
using VideoGaze.Cli.Help;

namespace VideoGaze.Cli.Doctor;

/// <summary>Looks at the machine: what decides how fast networks run.</summary>
internal static class SystemExam
{
    /// <summary>Flags of /proc/cpuinfo that ONNX Runtime and libtorch have own kernels for, widest first.</summary>
    private static readonly string[] UsefulFeatures = ["amx_tile", "avx512_bf16", "avx512_vnni", "avx512f", "avx_vnni", "avx2", "fma", "f16c"];

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Examine()
    {
        yield return new("system", "videogaze", FindingState.Ok, ToolVersion.Full);
        yield return new("system", ".NET", FindingState.Ok, RuntimeInformation.FrameworkDescription);
        yield return new("system", "system", FindingState.Ok, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");
        yield return Processor(File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo") : []);
        double gibibytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        yield return new("system", "memory", FindingState.Ok, string.Create(CultureInfo.InvariantCulture, $"{gibibytes:0.0} GiB available to this process"));
    }

    /// <summary>The processor as Linux describes it.</summary>
    /// <param name="lines">Lines of /proc/cpuinfo; none on other systems.</param>
    internal static Finding Processor(IEnumerable<string> lines)
    {
        List<string> all = [.. lines];
        string model = Value(all, "model name") ?? "unknown processor";
        HashSet<string> flags = [.. (Value(all, "flags") ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        string features = string.Join(' ', UsefulFeatures.Where(flags.Contains));
        return new("system", "processor", FindingState.Ok, $"{model}, {Environment.ProcessorCount} threads, {(features.Length > 0 ? features : "features unknown")}");
    }

    private static string? Value(List<string> lines, string key) =>
        lines.Find(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim();
}
