namespace TransferLearning.Cli.Tests;

/// <summary>Takes all permissions from a folder until disposal; skips the test where the user can read it all the same.</summary>
internal sealed class LockedFolder : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _path;

    public LockedFolder(string path)
    {
        _path = path;
        SetMode(UnixFileMode.None);
        if (CanList())
        {
            SetMode(Owner);
            throw new SkipException("this user may read and write everything, whatever the permissions");
        }
    }

    public void Dispose() => SetMode(Owner);

    private void SetMode(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new SkipException("needs Unix permission bits");
        }

        File.SetUnixFileMode(_path, mode);
    }

    private bool CanList()
    {
        try
        {
            return Directory.GetFileSystemEntries(_path).Length >= 0;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
