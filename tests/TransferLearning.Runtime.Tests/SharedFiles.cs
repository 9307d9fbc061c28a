namespace TransferLearning.Runtime.Tests;

/// <summary>The shared images and networks beside the repository; tests that need one are skipped where it is absent.</summary>
internal static class SharedFiles
{
    /// <summary>The path of a shared file or folder, given by its parts.</summary>
    public static string Find(params string[] parts)
    {
        string path = Path.Combine([RepositoryRoot(), "..", "shared", .. parts]);
        Skip.IfNot(Path.Exists(path), $"the shared file {string.Join('/', parts)} is absent");
        return Path.GetFullPath(path);
    }

    public static string Network(string file) => Find("models", "onnx", file);

    public static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TransferLearning.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no folder above the tests holds TransferLearning.sln");
    }
}
