using System.Text.Json;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.TestSupport;

namespace VideoGaze.Cli.Tests;

[Collection(Tool.OneAtATime)]
public sealed class StartTests
{
    [Fact]
    public async Task Version_is_one_line_on_standard_output()
    {
        ToolResult result = await Tool.RunAsync("--version");

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", result.Out);
    }

    [Fact]
    public async Task Doctor_finds_the_native_libraries_and_its_json_parses()
    {
        ToolResult result = await Tool.RunAsync("doctor", "--json");

        using JsonDocument report = JsonDocument.Parse(result.Out);
        Dictionary<string, string> states = report.RootElement.GetProperty("findings").EnumerateArray()
            .ToDictionary(finding => finding.GetProperty("name").GetString()!, finding => finding.GetProperty("state").GetString()!);
        Assert.Equal("ok", states["OpenCV"]);
        Assert.Equal("ok", states["libtorch"]);
        Assert.Equal(result.ExitCode == 0, report.RootElement.GetProperty("healthy").GetBoolean());
    }

    [Theory]
    [InlineData("videogaze")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    [InlineData("build/prerequisites.sh")]
    public async Task The_scripts_are_sound_shell(string script)
    {
        ToolResult result = await Tool.RunProgramAsync("bash", ["-n", Path.Combine(SharedAssets.RepositoryRoot, script)]);

        Assert.True(result.ExitCode == 0, result.ToString());
    }
}
