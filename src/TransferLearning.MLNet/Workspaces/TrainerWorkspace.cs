using TransferLearning.Bottlenecks.Caching;

namespace TransferLearning.MLNet.Workspaces;

/// <summary>
/// A folder of one fit's own, removed when it is disposed of: the trainer opens its files for itself alone, and would take another fit's
/// bottlenecks for its own. What a fit that died, or an open file on Windows, has left is removed by the next.
/// </summary>
internal sealed class TrainerWorkspace : IDisposable
{
    /// <summary>Windows' limit, which TensorFlow's writer keeps to everywhere.</summary>
    private const int LongestPath = 255;

    /// <summary>The longest name that the trainer makes of a network's file name, with what TensorFlow appends while it writes.</summary>
    private const string LongestName = "m_resnet_v2_101_299.meta.data-00000-of-00001.tempstate00000000000000000000";

    private const string Prefix = "tl-";
    private const string LockSuffix = ".lock";

    private readonly IDisposable _hold;

    private TrainerWorkspace(string path, IDisposable hold) => (Path, _hold) = (path, hold);

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Adds a sentence where the trainer could not work in a folder.</summary>
    public static void Validate(string? parent, List<string> problems)
    {
        if (parent is { Length: 0 })
        {
            problems.Add("WorkspaceDirectory is empty: it must be a folder's path, or null for the system's folder for temporary files");
            return;
        }

        string path = Parent(parent);
        int longest = System.IO.Path.Combine(path, Prefix + new string('0', 16), LongestName).Length;
        if (longest > LongestPath)
        {
            problems.Add(
                $"the workspace '{path}' is too long a path: with the trainer's file names it makes {longest} characters, and TensorFlow "
                + $"writes at most {LongestPath}; set WorkspaceDirectory to a folder nearer to the root");
        }

        if (File.Exists(path))
        {
            problems.Add($"the workspace '{path}' is a file: WorkspaceDirectory must be a folder");
        }
    }

    /// <exception cref="TransferLearningException">The folder cannot be made.</exception>
    public static TrainerWorkspace Create(string? parent)
    {
        string folder = Parent(parent);
        try
        {
            Directory.CreateDirectory(folder);
            RemoveAbandoned(folder);
            string path = System.IO.Path.Combine(folder, Prefix + Guid.NewGuid().ToString("N")[..16]);
            IDisposable hold = FileLock.TryTake(path + LockSuffix, attempts: 1)!;
            Directory.CreateDirectory(path);
            return new TrainerWorkspace(path, hold);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException(
                $"no workspace for ML.NET's trainer can be made in '{folder}': {e.Message}; set WorkspaceDirectory to a folder that can be "
                + "written",
                e);
        }
    }

    public void Dispose()
    {
        _hold.Dispose();
        TryDelete(Path);
    }

    private static string Parent(string? parent) => System.IO.Path.GetFullPath(parent ?? System.IO.Path.GetTempPath());

    private static void RemoveAbandoned(string folder)
    {
        foreach (string hold in Directory.EnumerateFiles(folder, $"{Prefix}*{LockSuffix}"))
        {
            if (IsAbandoned(hold))
            {
                TryDelete(hold[..^LockSuffix.Length]);
            }
        }
    }

    private static bool IsAbandoned(string hold)
    {
        try
        {
            using IDisposable? taken = FileLock.TryTake(hold, attempts: 1);
            return taken is not null;
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's.
            return false;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            File.Delete(path + LockSuffix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The trainer never closes one of its files: on Windows the folder stays until a fit of the next process.
        }
    }
}
