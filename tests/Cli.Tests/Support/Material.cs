using VideoGaze.Cli.Tests.Support;
using VideoGaze.Stages.Tests.Swap;
using VideoGaze.TestSupport;

[assembly: AssemblyFixture(typeof(Material))]

namespace VideoGaze.Cli.Tests.Support;

/// <summary>Clips and generators that many tests read, made once: small, so that a run takes a second or two.</summary>
public sealed class Material : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Twelve frames of the sample clip at half size, with sound.</summary>
    public string Talk => folder["talk.mp4"];

    /// <summary>Frames in <see cref="Talk"/>.</summary>
    public static int TalkFrames => 12;

    /// <summary>A picture that moves and has no face, twelve frames.</summary>
    public string NoFace => folder["noface.mp4"];

    /// <summary>A folder with a generator that gives back its input a little darker.</summary>
    public string Identity => folder["identity"];

    /// <summary>Models are needed by all tests that find faces; they are not part of the project.</summary>
    public static void RequireModels() => SharedAssets.Require("models");

    public async ValueTask InitializeAsync()
    {
        await Tool.FfmpegAsync("-i", SharedAssets.Sample("talk.mp4"), "-vf", "scale=640:-2", "-frames:v", "12", "-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "16", "-c:a", "copy", Talk);
        await Tool.FfmpegAsync("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-frames:v", "12", "-c:v", "libx264", "-preset", "ultrafast", NoFace);
        Directory.CreateDirectory(Identity);
        await File.WriteAllBytesAsync(Path.Combine(Identity, "generator.onnx"), new DfmStandIn { Size = 256, Gain = 0.9f }.ToBytes());
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
