using System.Security.Cryptography;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Models.Catalog;
using VideoGaze.Faces.Models.Pulling;
using VideoGaze.TestSupport;

namespace VideoGaze.Faces.Tests.Models;

public sealed class ModelPullerTests : IDisposable
{
    private const string Name = "file.onnx", Partial = Name + ".partial";
    private static readonly byte[] Weights = [.. Enumerable.Range(0, 700_000).Select(i => (byte)(i * 31 >> 3))];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_model_arrives_whole_under_its_name_and_progress_ends_at_its_size()
    {
        await using FileServer server = new() { File = Weights };
        List<PullProgress> told = [];
        PulledModel pulled = await PullAsync(server, progress: new Told(told.Add));

        Assert.Equal(Weights, await File.ReadAllBytesAsync(pulled.Path, TestContext.Current.CancellationToken));
        Assert.Equal([Name], folder.Names);
        Assert.False(pulled.WasThere);
        Assert.Equal(new(Weights.Length, Weights.Length), told[^1]);
        Assert.Equal(told.Select(step => step.Bytes).Order(), told.Select(step => step.Bytes));
    }

    [Fact]
    public async Task A_model_that_is_there_is_not_fetched_again_and_another_file_under_its_name_is_replaced()
    {
        await using FileServer server = new() { File = Weights };
        folder.Write(Name, Weights);
        Assert.True((await PullAsync(server)).WasThere);
        Assert.Empty(server.Asked);
        Assert.Equal([Name], folder.Names);

        folder.Write(Name, [1, 2, 3]);
        Assert.False((await PullAsync(server)).WasThere);
        Assert.Equal(Weights, await File.ReadAllBytesAsync(folder[Name], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_an_interrupted_download_left_is_gone_on_with()
    {
        await using FileServer server = new() { File = Weights };
        folder.Write(Partial, Weights[..300_000]);
        PulledModel pulled = await PullAsync(server);

        Assert.Equal([300_000], server.Asked);
        Assert.Equal(300_000, pulled.ResumedFrom);
        Assert.Equal(Weights, await File.ReadAllBytesAsync(pulled.Path, TestContext.Current.CancellationToken));
        Assert.Equal([Name], folder.Names);
    }

    [Fact]
    public async Task A_server_without_ranges_starts_the_file_anew()
    {
        await using FileServer server = new() { File = Weights, KnowsRanges = false };
        folder.Write(Partial, [.. Enumerable.Repeat((byte)7, 300_000)]);
        PulledModel pulled = await PullAsync(server);
        Assert.Equal(Weights, await File.ReadAllBytesAsync(pulled.Path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_cut_now_and_then_is_taken_up_where_it_broke_off(bool statesLength)
    {
        await using FileServer server = new() { File = Weights, CutAfter = 250_000, StatesLength = statesLength };
        PulledModel pulled = await PullAsync(server);

        Assert.Equal(3, server.Asked.Count);
        Assert.Equal(0, server.Asked[0]);
        Assert.All(server.Asked.Skip(1), from => Assert.True(from > 0));
        Assert.Equal(Weights, await File.ReadAllBytesAsync(pulled.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_connection_that_brings_nothing_fails_and_keeps_what_there_was()
    {
        await using FileServer server = new() { File = Weights, CutAfter = 0 };
        folder.Write(Partial, Weights[..300_000]);
        await FailsAsync(server, FailureKind.DownloadFailed, "was cut after 300000 of 700000 bytes", "run the same command again");
        Assert.Equal([Partial], folder.Names);
        Assert.Equal(300_000, new FileInfo(folder[Partial]).Length);
    }

    [Fact]
    public async Task Another_file_at_the_address_is_refused_and_removed()
    {
        byte[] other = [.. Weights];
        other[5]++;
        await using FileServer server = new() { File = other };
        await FailsAsync(server, FailureKind.ModelMismatch, Hash(other), Hash(Weights));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task A_file_that_is_too_long_is_not_read_to_its_end()
    {
        await using FileServer server = new() { File = [.. Weights, .. Weights, .. Weights] };
        await FailsAsync(server, FailureKind.ModelMismatch, "is not the file that was checked");
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task A_partial_file_of_something_else_is_found_out_at_the_end_and_does_not_stay_in_the_way()
    {
        await using FileServer server = new() { File = Weights };
        folder.Write(Partial, [.. Enumerable.Repeat((byte)7, 300_000)]);
        await FailsAsync(server, FailureKind.ModelMismatch, "was removed");
        Assert.Equal(Weights, await File.ReadAllBytesAsync((await PullAsync(server)).Path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("404 Not Found", "has the model no more")]
    [InlineData("403 Forbidden", "does not give the model out")]
    [InlineData("503 Service Unavailable", "HTTP 503")]
    public async Task A_refusal_names_address_and_status(string status, string words)
    {
        await using FileServer server = new() { Refusal = status };
        await FailsAsync(server, FailureKind.DownloadFailed, words, server.Url.ToString(), Hash(Weights));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task Without_a_network_the_sentence_says_what_to_do()
    {
        Uri nobody;
        await using (FileServer server = new())
        {
            nobody = server.Url;
        }

        UserFacingException failure = await Assert.ThrowsAsync<UserFacingException>(() => PullAsync(nobody, null, TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.DownloadFailed, failure.Kind);
        Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--models DIR", failure.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task Who_stops_a_download_keeps_what_has_arrived()
    {
        await using FileServer server = new() { File = Weights };
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PullAsync(server.Url, new Told(step => StopAt(step, stop)), stop.Token));
        Assert.Equal([Partial], folder.Names);
        Assert.Equal(Weights, await File.ReadAllBytesAsync((await PullAsync(server)).Path, TestContext.Current.CancellationToken));
        Assert.True(server.Asked[1] > 0);

        static void StopAt(PullProgress step, CancellationTokenSource stop)
        {
            if (step.Bytes > 100_000)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_or_a_file_that_another_has_is_named()
    {
        await using FileServer server = new() { File = Weights };
        using (new FileStream(folder[Partial], FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await FailsAsync(server, FailureKind.OutputUnwritable, Partial, "--to DIR");
        }

        folder.Write("blocked", []);
        UserFacingException failure = await Assert.ThrowsAsync<UserFacingException>(() => PullAsync(server.Url, null, TestContext.Current.CancellationToken, folder["blocked"]));
        Assert.Equal(FailureKind.OutputUnwritable, failure.Kind);
    }

    [Fact]
    public async Task A_full_disk_is_called_that()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs Linux's device that is always full");
        await using FileServer server = new() { File = Weights };
        File.CreateSymbolicLink(folder[Partial], "/dev/full");
        await FailsAsync(server, FailureKind.DiskFull, Partial, "free some space");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private Task<PulledModel> PullAsync(FileServer server, IProgress<PullProgress>? progress = null) => PullAsync(server.Url, progress, TestContext.Current.CancellationToken);

#pragma warning disable CA1068 // The folder is the one argument that may be left out.
    private async Task<PulledModel> PullAsync(Uri url, IProgress<PullProgress>? progress, CancellationToken stop, string? folderName = null)
#pragma warning restore CA1068
    {
        // A proxy of this machine's environment would not find the way back here.
        using ModelPuller puller = new("videogaze/test", new HttpClientHandler { UseProxy = false });
        PublicModel model = new("a-model", "detector", Name, "none", url, Hash(Weights), Weights.Length, "MIT", "Free.");
        return await puller.PullAsync(model, folderName ?? folder.Path, progress, stop);
    }

    private async Task FailsAsync(FileServer server, FailureKind kind, params string[] parts)
    {
        UserFacingException failure = await Assert.ThrowsAsync<UserFacingException>(() => PullAsync(server));
        Assert.Equal(kind, failure.Kind);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', failure.Message);
    }

    private sealed class Told(Action<PullProgress> tell) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => tell(value);
    }
}
