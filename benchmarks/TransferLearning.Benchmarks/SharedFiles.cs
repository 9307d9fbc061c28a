namespace TransferLearning.Benchmarks;

/// <summary>Photos and networks beside the repository, in <c>../shared</c>.</summary>
internal static class SharedFiles
{
    public static string PathOf(params string[] parts)
    {
        string path = Path.Combine([Folder(), .. parts]);
        return Path.Exists(path)
            ? path
            : throw new FileNotFoundException(
                $"'{path}' does not exist: these benchmarks need the shared photos and networks beside the repository");
    }

    // BenchmarkDotNet runs from a folder of its own below the build output.
    private static string Folder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TransferLearning.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new InvalidOperationException("no folder above holds TransferLearning.sln"), "..", "shared");
    }
}
