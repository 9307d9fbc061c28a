namespace TransferLearning.Files;

/// <summary>
/// A lock among processes: a file that only one of them can have open. The operating system releases it when its process dies, so the
/// file may stay.
/// </summary>
internal static class FileLock
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Takes the lock; null where another process holds it during all attempts.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="attempts">The number of attempts, 10 ms apart.</param>
    /// <exception cref="IOException">The lock file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to create it.</exception>
    public static IDisposable? TryTake(string path, int attempts)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock)
            {
                if (--attempts <= 0)
                {
                    return null;
                }

                Thread.Sleep(Pause);
            }
        }
    }
}
