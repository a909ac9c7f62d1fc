namespace VideoGaze.TestSupport;

/// <summary>
/// Finds the material that tests use and the project does not ship: public ONNX models, real footage, performers.
/// It lies in <c>../shared</c> beside the repository or where <c>VIDEOGAZE_SHARED</c> points; a test that needs it and does not find it is skipped with a reason.
/// </summary>
internal static class SharedAssets
{
    /// <summary>The repository's root: the nearest folder above the test binary that holds <c>VideoGaze.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The folder of shared material, or null where this machine has none.</summary>
    public static string? Root { get; } = FindShared();

    /// <summary>An absolute path below the shared folder; skips the running test when it is absent.</summary>
    public static string Require(string relativePath)
    {
        Assert.SkipWhen(Root is null, "shared test material is absent: put it in ../shared or set VIDEOGAZE_SHARED");
        string path = Path.Combine(Root!, relativePath);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"shared test material lacks {relativePath}");
        return path;
    }

    /// <summary>A public ONNX model by file name, for instance <c>yunet_n_dynamic.onnx</c>.</summary>
    public static string Model(string fileName) => Require(Path.Combine("models", fileName));

    /// <summary>A file that ships with the project, below <c>sample-videos</c>.</summary>
    public static string Sample(string relativePath) => Path.Combine(RepositoryRoot, "sample-videos", relativePath);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VideoGaze.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository: no VideoGaze.sln above " + AppContext.BaseDirectory);
    }

    private static string? FindShared()
    {
        string? named = Environment.GetEnvironmentVariable("VIDEOGAZE_SHARED");
        string folder = string.IsNullOrEmpty(named) ? Path.Combine(RepositoryRoot, "..", "shared") : named;
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }
}
