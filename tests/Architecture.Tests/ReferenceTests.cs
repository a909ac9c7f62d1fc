using System.Reflection;
using System.Text.Json;
using NetArchTest.Rules;
using VideoGaze.TestSupport;

namespace VideoGaze.Architecture.Tests;

/// <summary>Who may use what: the drawing in ARCHITECTURE.md, as rules.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("Pipeline", "")]
    [InlineData("Faces", "")]
    [InlineData("Stages", "Faces Pipeline")]
    [InlineData("Training", "Faces")]
    [InlineData("Performers", "Faces")]
    [InlineData("Live", "Faces Stages")]
    [InlineData("Cli", "Faces Live Performers Pipeline Stages Training")]
    public void Projects_refer_to_each_other_as_drawn(string project, string allowed)
    {
        string[] drawn = allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Empty(Projects.References(project).Except(drawn));
    }

    [Fact]
    public void Every_project_below_src_is_in_the_drawing()
    {
        IEnumerable<string> projects = Directory.EnumerateFiles(Path.Combine(SharedAssets.RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension)!;
        Assert.Equal(["VideoGaze.Cli", "VideoGaze.Faces", "VideoGaze.Live", "VideoGaze.Performers", "VideoGaze.Pipeline", "VideoGaze.Stages", "VideoGaze.Training"], projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pipeline_uses_nothing_but_the_runtime()
    {
        Assert.Empty(Projects.Packages("Pipeline"));
        Assert.All(Projects.Pipeline.GetReferencedAssemblies(), used => Assert.StartsWith("System.", used.Name!, StringComparison.Ordinal));
    }

    [Fact]
    public void Dataflow_blocks_are_touched_in_one_namespace_only() =>
        AssertUsedOnlyIn("VideoGaze.Pipeline.Running", "System.Threading.Tasks.Dataflow");

    [Fact]
    public void Training_sees_neither_pipeline_nor_stages() =>
        AssertNoUse(Projects.Training, "VideoGaze.Pipeline", "VideoGaze.Stages");

    // It makes the truth that both are measured against.
    [Fact]
    public void Performers_see_neither_pipeline_nor_stages_nor_training() =>
        AssertNoUse(Projects.Performers, "VideoGaze.Pipeline", "VideoGaze.Stages", "VideoGaze.Training");

    [Fact]
    public void Stages_know_no_command_line() =>
        AssertNoUse(Projects.Stages, "VideoGaze.Cli", "System.CommandLine", "Spectre.Console");

    [Fact]
    public void Only_the_command_line_knows_the_console()
    {
        foreach (Assembly assembly in Projects.All.Except([Projects.Cli]))
        {
            AssertNoUse(assembly, "System.Console");
        }
    }

    [Fact]
    public void Torch_is_used_in_training_only()
    {
        AssertUsedOnlyIn("VideoGaze.Training", "TorchSharp");
        Assert.Contains("TorchSharp", Projects.Packages("Training"));
        foreach (string project in (string[])["Pipeline", "Faces", "Stages", "Performers", "Live", "Cli"])
        {
            Assert.DoesNotContain(Projects.Packages(project), package => package.Contains("torch", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Processes_are_started_in_one_namespace_only() =>
        AssertUsedOnlyIn("VideoGaze.Stages.Media", "System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo");

    // Decode and Encode each hold one pure function that writes a command line; running it is Media's.
    [Fact]
    public void The_ffmpeg_library_is_used_by_the_media_steps_only() =>
        AssertUsedOnlyIn(["VideoGaze.Stages.Media", "VideoGaze.Stages.Decode", "VideoGaze.Stages.Encode"], "FFMpegCore");

    // Nothing is uploaded, and nothing is fetched but by the command that says so.
    [Fact]
    public void The_network_is_used_in_one_namespace_only() =>
        AssertUsedOnlyIn("VideoGaze.Faces.Models.Pulling", "System.Net.Http");

    // Nobody waits for a web server to load in a run that nobody watches.
    [Fact]
    public void The_web_server_is_used_in_one_project_only()
    {
        AssertUsedOnlyIn("VideoGaze.Live", "Microsoft.AspNetCore", "Microsoft.Extensions.Hosting");
        Assert.Empty(Projects.Packages("Live"));
    }

    [Fact]
    public void Onnx_runtime_is_used_in_one_namespace_only() =>
        AssertUsedOnlyIn("VideoGaze.Faces.Models", "Microsoft.ML.OnnxRuntime");

    [Theory]
    [InlineData("false", "Microsoft.ML.OnnxRuntime")]
    [InlineData("true", "Microsoft.ML.OnnxRuntime.Gpu")]
    public async Task One_property_switches_the_package_of_onnx_runtime(string gpu, string expected)
    {
        string output = await Tool.RunAsync(Tool.Dotnet, "msbuild", Path.Combine("src", "Faces", "VideoGaze.Faces.csproj"), "-getItem:PackageReference", "-p:VideoGazeGpu=" + gpu);
        using JsonDocument evaluated = JsonDocument.Parse(output);
        IEnumerable<string> packages = evaluated.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);

        Assert.Equal([expected], packages.Where(package => package.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal)));
    }

    // A build finds the folder at the repository's root; copying it into every output would only take space.
    [Fact]
    public async Task A_published_program_has_its_models_beside_it()
    {
        string output = await Tool.RunAsync(Tool.Dotnet, "msbuild", Path.Combine("src", "Cli", "VideoGaze.Cli.csproj"), "-getItem:Content");
        using JsonDocument evaluated = JsonDocument.Parse(output);
        JsonElement[] models = [.. evaluated.RootElement.GetProperty("Items").GetProperty("Content").EnumerateArray().Where(item => item.GetProperty("Link").GetString()!.StartsWith("models/", StringComparison.Ordinal))];

        string[] expected = [.. Directory.EnumerateFiles(Path.Combine(SharedAssets.RepositoryRoot, "models")).Select(file => "models/" + Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Contains("models/manifest.json", expected);
        Assert.Equal(expected, models.Select(item => item.GetProperty("Link").GetString()).Order(StringComparer.Ordinal));
        Assert.All(models, item => Assert.Equal("PreserveNewest", item.GetProperty("CopyToPublishDirectory").GetString()));
    }

    private static void AssertUsedOnlyIn(string home, params string[] used) => AssertUsedOnlyIn([home], used);

    private static void AssertUsedOnlyIn(string[] homes, params string[] used)
    {
        foreach (Assembly assembly in Projects.All)
        {
            IEnumerable<string> users = Users(assembly, used);
            Assert.True(users.All(IsAtHome), $"{string.Join(", ", users.Where(user => !IsAtHome(user)))} must not use {string.Join(", ", used)}: that belongs into {string.Join(", ", homes)}");
        }

        // A rule about something nobody uses would hold for ever.
        Assert.Contains(Projects.All, assembly => Users(assembly, used).Any());

        bool IsAtHome(string user) => homes.Any(home => user.StartsWith(home + ".", StringComparison.Ordinal));
    }

    private static void AssertNoUse(Assembly assembly, params string[] used)
    {
        IEnumerable<string> users = Users(assembly, used);
        Assert.True(!users.Any(), $"{string.Join(", ", users)} must not use {string.Join(", ", used)}");
    }

    private static IEnumerable<string> Users(Assembly assembly, string[] used) =>
        Types.InAssembly(assembly).That().HaveDependencyOnAny(used).GetTypes().Select(type => type.FullName!);
}
