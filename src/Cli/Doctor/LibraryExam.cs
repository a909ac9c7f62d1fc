using OpenCvSharp;
using VideoGaze.Training;

namespace VideoGaze.Cli.Doctor;

/// <summary>Loads the native libraries: a package that restores may still fail to load.</summary>
internal static class LibraryExam
{
    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Examine()
    {
        yield return Try("inference", "OpenCV", () => Cv2.GetVersionString() ?? "no version", FindingState.Broken);
        yield return Try("training", "libtorch", TorchRuntime.Load, FindingState.Broken);
    }

    /// <summary>A finding from a call that loads a native library.</summary>
    internal static Finding Try(string group, string name, Func<string> version, FindingState whenFailing)
    {
        try
        {
            return new(group, name, FindingState.Ok, version());
        }
        catch (Exception failure) when (failure is DllNotFoundException or TypeInitializationException or BadImageFormatException or NotSupportedException or EntryPointNotFoundException)
        {
            string reason = (failure.InnerException ?? failure).Message.Split('\n')[0];
            return new(group, name, whenFailing, $"does not load ({reason}); remove the folders bin, obj and artifacts and run ./videogaze again");
        }
    }
}
