namespace TransferLearning.Runtime.Files;

/// <summary>
/// Writes files that appear under their names only when they are complete: to a temporary file in the same folder, which is then renamed.
/// A process that is killed leaves that file; the next write of the same file removes it.
/// </summary>
/// <remarks>
/// A process has its temporary file open until it is renamed, and no other process can meanwhile open it exclusively. So a temporary file
/// that can be opened exclusively is of a process that is gone. Process numbers would not tell: they are used again, and mean nothing on a
/// drive that several machines share.
/// </remarks>
internal static class WholeFile
{
    private const string Extension = ".tmp";
    private const int MarkLength = 16;
    private const int Attempts = 10;

    /// <summary>Writes a file. On failure, the old file stays as it was, or there is none.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="write">Writes the content to a stream.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write it.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string fullPath = Path.GetFullPath(path);
        using FileStream stream = Create(fullPath);
        bool isRenamed = false;
        try
        {
            RemoveLeftovers(fullPath, stream.Name);
            write(stream);
            stream.Flush(flushToDisk: true);

            // While it is open: once it is closed, another process may remove it.
            File.Move(stream.Name, fullPath, overwrite: true);
            isRenamed = true;
        }
        finally
        {
            if (!isRenamed)
            {
                TryDelete(stream.Name);
            }
        }
    }

    /// <summary>Checks that a file can be written, and removes what killed processes have left of it. Permission bits do not tell (owner,
    /// access lists, drives mounted for reading); creating a file does.</summary>
    /// <param name="path">The file; it is not changed.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write there.</exception>
    public static void CheckFolder(string path)
    {
        string fullPath = Path.GetFullPath(path);
        using FileStream stream = Create(fullPath);
        try
        {
            RemoveLeftovers(fullPath, stream.Name);
        }
        finally
        {
            TryDelete(stream.Name);
        }
    }

    private static FileStream Create(string fullPath)
    {
        for (int attempt = 1; ; attempt++)
        {
            string temporary = $"{fullPath}.{Guid.NewGuid().ToString("N")[..MarkLength]}{Extension}";
            try
            {
                // Deleting is shared, because Windows would not rename an open file otherwise.
                var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
                if (File.Exists(temporary) || attempt == Attempts)
                {
                    return stream;
                }

                stream.Dispose();
            }
            catch (IOException e) when (attempt < Attempts && e is not DirectoryNotFoundException)
            {
                // Between its creation and its lock, another process may have seen a leftover in it.
            }
        }
    }

    private static void RemoveLeftovers(string fullPath, string own)
    {
        if (TryOpenExclusively(own) is { } second)
        {
            // A drive without locks: a file of a process that still writes could not be told from a leftover.
            second.Dispose();
            return;
        }

        string name = Path.GetFileName(fullPath);
        foreach (string path in Temporaries(Path.GetDirectoryName(fullPath)!).Where(p => p != own && IsTemporaryOf(name, p)))
        {
            using FileStream? leftover = TryOpenExclusively(path);
            if (leftover is not null)
            {
                TryDelete(path);
            }
        }
    }

    private static string[] Temporaries(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, $"*{Extension}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that can be written but not listed.
            return [];
        }
    }

    private static bool IsTemporaryOf(string name, string path)
    {
        string file = Path.GetFileName(path);
        return file.Length == name.Length + 1 + MarkLength + Extension.Length
            && file.StartsWith($"{name}.", StringComparison.Ordinal)
            && file.EndsWith(Extension, StringComparison.Ordinal)
            && file.Skip(name.Length + 1).Take(MarkLength).All(char.IsAsciiHexDigitLower);
    }

    private static FileStream? TryOpenExclusively(string path)
    {
        try
        {
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, share);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next write of the same file removes it.
        }
    }
}
