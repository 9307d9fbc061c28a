namespace TransferLearning.Samples;

/// <summary>The folder where images arrive. Not thread-safe.</summary>
internal sealed class Inbox(string directory)
{
    private readonly DirectoryInfo _directory = Directory.CreateDirectory(directory);
    private Dictionary<string, (long Length, DateTime Written)> _before = [];

    /// <summary>
    /// The files that have not changed since the last call, so that a file is not read while it is being copied here. A program that pauses
    /// for longer than the time between two calls while it writes should write under a name that starts with a dot, and rename at the end.
    /// </summary>
    public IReadOnlyList<string> TakeCompleteFiles()
    {
        var now = new Dictionary<string, (long Length, DateTime Written)>();
        var complete = new List<string>();
        foreach (FileInfo file in _directory.EnumerateFiles().Where(f => !f.Name.StartsWith('.')))
        {
            (long Length, DateTime Written) state = (file.Length, file.LastWriteTimeUtc);
            now.Add(file.FullName, state);
            if (_before.TryGetValue(file.FullName, out (long Length, DateTime Written) before) && before == state && !IsOpenElsewhere(file))
            {
                complete.Add(file.FullName);
            }
        }

        _before = now;
        return complete;
    }

    /// <summary>Whether another program has the file open. Only Windows knows for certain; elsewhere this finds .NET programs.</summary>
    private static bool IsOpenElsewhere(FileInfo file)
    {
        try
        {
            using FileStream stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
