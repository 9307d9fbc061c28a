using TransferLearning.Files;

namespace TransferLearning.MLNet.Vision.Workspaces;

/// <summary>
/// The folder of one fit, deleted on disposal. Fits cannot share a folder: the trainer opens its files exclusively, and would use another
/// fit's bottlenecks. Creating a workspace deletes those that a crashed process, or an open file on Windows, has left behind.
/// </summary>
internal sealed class TrainerWorkspace : IDisposable
{
    /// <summary>The limit of Windows, which TensorFlow's writer applies on every platform.</summary>
    private const int MaxPathLength = 255;

    /// <summary>The longest file name that the trainer writes, with the suffixes that TensorFlow appends while it writes.</summary>
    private const string LongestName = "m_resnet_v2_101_299.meta.data-00000-of-00001.tempstate00000000000000000000";

    private const string Prefix = "tl-";
    private const string LockSuffix = ".lock";

    private readonly IDisposable _lock;

    private TrainerWorkspace(string path, IDisposable fileLock) => (Path, _lock) = (path, fileLock);

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Adds a sentence for each reason why the trainer could not work in a folder.</summary>
    public static void Validate(string? parent, List<string> problems)
    {
        if (parent is { Length: 0 })
        {
            problems.Add("WorkspaceDirectory is empty: it must be a folder's path, or null for the system's folder for temporary files");
            return;
        }

        string path = Parent(parent);
        int longest = System.IO.Path.Combine(path, Prefix + new string('0', 16), LongestName).Length;
        if (longest > MaxPathLength)
        {
            problems.Add(
                $"the path of the workspace '{path}' is too long: with the trainer's file names it has {longest} characters, and "
                + $"TensorFlow writes at most {MaxPathLength}; set WorkspaceDirectory to a shorter path");
        }

        if (File.Exists(path))
        {
            problems.Add($"the workspace '{path}' is a file: set WorkspaceDirectory to a folder");
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
            IDisposable fileLock = FileLock.TryTake(path + LockSuffix, attempts: 1)!;
            Directory.CreateDirectory(path);
            return new TrainerWorkspace(path, fileLock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException(
                $"no workspace for ML.NET's trainer can be created in '{folder}': {e.Message}; set WorkspaceDirectory to a folder that is "
                + "writable",
                e);
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        TryDelete(Path);
    }

    private static string Parent(string? parent) => System.IO.Path.GetFullPath(parent ?? System.IO.Path.GetTempPath());

    private static void RemoveAbandoned(string folder)
    {
        foreach (string lockFile in Directory.EnumerateFiles(folder, $"{Prefix}*{LockSuffix}"))
        {
            if (IsAbandoned(lockFile))
            {
                TryDelete(lockFile[..^LockSuffix.Length]);
            }
        }
    }

    private static bool IsAbandoned(string lockFile)
    {
        try
        {
            using IDisposable? taken = FileLock.TryTake(lockFile, attempts: 1);
            return taken is not null;
        }
        catch (UnauthorizedAccessException)
        {
            // It belongs to another user.
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
            // The trainer never closes one of its files. On Windows the folder stays until the next process creates a workspace.
        }
    }
}
