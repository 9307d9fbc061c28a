namespace TransferLearning.Imaging.Tests;

/// <summary>Real photos in a folder beside the repository, on machines that have them.</summary>
internal static class SharedData
{
    /// <summary>A folder of the shared data; the test is skipped where it is absent.</summary>
    public static string Folder(string name)
    {
        string path = Path.Combine(RepositoryRoot(), "..", "shared", "data", name);
        Skip.IfNot(Directory.Exists(path), $"the shared data set '{name}' is not on this machine");
        return path;
    }

    /// <summary>The image files of a data set, in a fixed order.</summary>
    public static string[] Photos(string name)
    {
        string[] files = Directory.GetFiles(Folder(name), "*.jp*g", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "TransferLearning.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"no TransferLearning.sln above {AppContext.BaseDirectory}");
    }
}
