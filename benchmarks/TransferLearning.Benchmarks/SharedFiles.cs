namespace TransferLearning.Benchmarks;

/// <summary>Photos and networks in the folder <c>../shared</c> beside the repository.</summary>
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

    // BenchmarkDotNet runs from its own folder below the build output.
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
