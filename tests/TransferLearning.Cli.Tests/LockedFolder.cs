namespace TransferLearning.Cli.Tests;

/// <summary>Takes all permissions from a folder for a while; skips the test where that locks nobody out.</summary>
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
            throw new SkipException("this user may read and write everything, whatever the permissions say");
        }
    }

    public void Dispose() => SetMode(Owner);

    private void SetMode(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new SkipException("permission bits are a Unix matter");
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
